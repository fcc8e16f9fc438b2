"""What a morning briefing says of the highlands, and that all of it can be run again."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.loader import read_city
from pesut.contracts import Answer, AnswerStatus, BriefingPart, Claim, Principal, Role, new_id
from pesut.errors import ForbiddenError
from pesut.evidence import replay
from pesut.papers.briefing import briefing_paper
from pesut.papers.pdf import write_pdf
from pesut.runs.briefings import briefing_beside, briefing_of, ensure_may_read
from tests.workflows.conftest import HIGHLAND

CITY = read_city(HIGHLAND)
Brief = Callable[..., Awaitable[Answer]]


def said(answer: Answer, *parts: BriefingPart) -> list[Claim]:
    return [claim for claim in answer.claims if claim.part in parts]


async def test_it_says_what_grew_and_what_crosses_a_threshold(brief: Brief) -> None:
    answer = await brief()
    assert answer.status is AnswerStatus.ANSWERED, answer.text
    assert answer.cut == ()
    assert answer.staff_review is None, "a briefing says what there is; advice is asked for"
    (grown,) = said(answer, BriefingPart.GROWING)
    assert "Hama" in grown.rendered
    beyond = said(answer, BriefingPart.CROSSED, BriefingPart.BEYOND)
    assert any("Embun beku" in claim.rendered for claim in beyond), answer.text
    assert any("hama" in question for question in answer.follow_ups)


async def test_every_number_replays(brief: Brief, city: AsyncEngine) -> None:
    answer = await brief()
    replays = [await replay(city, each) for each in answer.evidence]
    assert len(replays) > 4
    assert all(each.same for each in replays)


async def test_a_day_that_is_over_is_told_as_it_was_known(brief: Brief) -> None:
    day = datetime.now(UTC).astimezone(CITY.zone).date() - timedelta(days=3)
    assert (await brief(day)).as_of == datetime.combine(day, CITY.briefing_at, CITY.zone)


async def test_the_newest_of_a_day_is_found_and_the_days_beside_it(brief: Brief, city: AsyncEngine) -> None:
    today = datetime.now(UTC).astimezone(CITY.zone).date()
    assert await briefing_of(city, today) is None
    before = await brief(today - timedelta(days=2))
    await brief()
    newer = await brief(key="again")
    found = await briefing_of(city, today)
    assert found is not None
    assert found.id == newer.id
    assert before.run_id != newer.run_id
    assert await briefing_beside(city, today, later=False) == today - timedelta(days=2)
    assert await briefing_beside(city, today, later=True) is None


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ANALYST, Role.OPERATOR])
def test_who_sees_less_may_not_read_it(role: Role) -> None:
    with pytest.raises(ForbiddenError):
        ensure_may_read(Principal(id=new_id(), name="x", role=role))


async def test_it_is_a_paper_that_a_screen_reader_reads_and_that_leads_back(brief: Brief) -> None:
    answer = await brief()
    day = datetime.now(UTC).astimezone(CITY.zone).date()
    paper = write_pdf(briefing_paper(answer, day, CITY))
    assert paper == write_pdf(briefing_paper(answer, day, CITY))
    reader = PdfReader(BytesIO(paper))
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    for said_there in (*(claim.rendered for claim in answer.claims), f"/ringkasan/{day}"):
        assert "".join(said_there.split()) in "".join(text.split())
    assert all(str(each.id) in "".join(text.split()) for each in answer.sources)
    root: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in root, "tagged"
