"""A briefing tells of decisions that wait and of dispositions that are late, and each of them replays as it was known."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from pesut.city.loader import read_city
from pesut.contracts import Answer, BriefingPart, Principal, Scope
from pesut.contracts.decision import Approve, Directive
from pesut.database.access import reading_as
from pesut.evidence import replay
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import Office

CITY = read_city(HIGHLAND)
Brief = Callable[..., Awaitable[Answer]]


def said(answer: Answer, part: BriefingPart) -> list[str]:
    return [claim.rendered for claim in answer.claims if claim.part is part]


async def test_decisions_wait_and_dispositions_are_late(
    brief: Brief, office: Office, begun: UUID, mayor: Principal
) -> None:
    today = (await office.now()).astimezone(CITY.zone).date()
    waiting = await brief()
    (waits,) = said(waiting, BriefingPart.DUE)
    assert "menunggu" in waits
    assert said(waiting, BriefingPart.LATE) == []
    await office.move(mayor, begun, Approve(directives=(Directive(option=0, agency="badan_bencana"),)))
    async with office.engine.begin() as connection:
        await connection.execute(text("UPDATE disposition SET deadline = :day"), {"day": today - timedelta(days=4)})
    late = await brief(key="later")
    (claim,) = said(late, BriefingPart.LATE)
    assert "terlambat 4 hari" in claim
    assert said(late, BriefingPart.DUE) == [], "it was decided"
    for answer in (waiting, late):
        assert all([(await replay(office.engine, each)).same for each in answer.evidence])


async def test_a_restricted_decision_is_hidden_from_who_may_not_see_it(office: Office, begun: UUID) -> None:
    async with office.engine.begin() as connection:
        await connection.execute(text("UPDATE decision SET restricted = true"))
    for scope, seen in (
        (Scope(), 0),
        (Scope(supervision=True, agencies=("dinas_tani",)), 0),
        (Scope(supervision=True), 1),
    ):
        async with reading_as(office.engine, scope) as connection:
            for table in ("decision", "decision_act"):
                found = (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
                assert min(found, 1) == seen, (table, scope, begun)
