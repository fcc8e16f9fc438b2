"""The morning briefing as a page: the day's, earlier ones, and a button that writes one where there is none."""

import asyncio
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from api.services import Services, WithServices
from api.web.answer_text import as_text
from api.web.answers import answer_soon
from api.web.figures import figures_of
from api.web.pages import page, pages_in
from api.web.sentences import sentence
from api.web.session import Reader
from pesut.contracts import Answer, BriefingPart, CaveatKind, Principal
from pesut.drawing.words import later
from pesut.errors import InvalidInputError, NotFoundError
from pesut.papers.briefing import briefing_paper
from pesut.papers.pdf import write_pdf
from pesut.runs.briefings import MORNING, briefing_beside, briefing_of, ensure_may_read, known_at, new_briefing
from pesut.sample.presence import holds_sample

router = APIRouter(prefix="/ringkasan")


@router.get("")
async def show_today(request: Request, reader: Reader, services: WithServices) -> HTMLResponse:
    return await show_day(request, today(services), reader, services)


@router.get("/{day}")
async def show_day(request: Request, day: date, reader: Reader, services: WithServices) -> HTMLResponse:
    """The newest briefing of the day."""
    ensure_may_read(reader)
    answer = await briefing_of(services.engine, day)
    shown = await _empty(services, day) if answer is None else await _shown(request, answer)
    shown["earlier"] = await briefing_beside(services.engine, day, later=False)
    shown["later"] = await briefing_beside(services.engine, day, later=True)
    return page(request, "briefing.html", day=day, **shown)


@router.post("")
async def write(reader: Reader, services: WithServices, day: Annotated[date, Form()]) -> RedirectResponse:
    """Write the day's briefing, unless it was written before or is being written."""
    ensure_may_read(reader)
    if day > today(services):
        raise InvalidInputError(later("Hari itu belum tiba."), remedy=later("Pilih hari ini atau hari yang lalu."))
    wanted = await new_briefing(services.engine, day, MORNING, known_at(day, services.city, datetime.now(UTC)))
    run_id, _ = await services.client.ask(wanted)
    await answer_soon(services, run_id)
    return RedirectResponse(f"/ringkasan/{day}", status_code=303)


@router.get("/{day}/teks")
async def show_text(request: Request, day: date, reader: Reader, services: WithServices) -> PlainTextResponse:
    """The briefing with its sources as text, to be sent on."""
    answer, own = await _written(services, reader, day), f"/ringkasan/{day}"
    return PlainTextResponse(as_text(answer, pages_in(request, answer.language).wording, str(request.base_url), own))


@router.get("/{day}/pdf")
async def show_paper(day: date, reader: Reader, services: WithServices) -> Response:
    """The briefing as a file to be saved, printed or sent on."""
    paper = briefing_paper(await _written(services, reader, day), day, services.city)
    headers = {"Content-Disposition": f'attachment; filename="ringkasan-{day}.pdf"'}
    return Response(await asyncio.to_thread(write_pdf, paper), media_type="application/pdf", headers=headers)


async def _written(services: Services, reader: Principal, day: date) -> Answer:
    """Raises NotFoundError where the day has none yet."""
    ensure_may_read(reader)
    answer = await briefing_of(services.engine, day)
    if answer is None:
        raise NotFoundError(
            later("Ringkasan hari itu belum ditulis."), remedy=later("Buka halamannya dan tulis dahulu.")
        )
    return answer


def today(services: Services) -> date:
    """The day that the city has now."""
    return datetime.now(UTC).astimezone(services.city.zone).date()


async def _empty(services: Services, day: date) -> dict[str, Any]:
    sample = await holds_sample(services.engine)
    return {"answer": None, "may_write": day <= today(services), "sample": sample}


async def _shown(request: Request, answer: Answer) -> dict[str, Any]:
    """Its sentences by part, and the chart of what grows."""
    said = {part: [claim for claim in answer.claims if claim.part is part] for part in BriefingPart}
    grows = {id_ for claim in said[BriefingPart.GROWING] for id_ in claim.evidence}
    figures = await figures_of(answer, pages_in(request, answer.language).wording)
    return {
        "answer": answer,
        "sample": answer.sample_data,
        "said": said,
        "figures": [each for each in figures if str(each.evidence.id) in grows],
        "caveats": [each for each in answer.caveats if each.kind is not CaveatKind.SAMPLE],
        "spoken_in": answer.language,
        "spoken": partial(sentence, labels={str(each.id): each.label for each in answer.evidence}),
    }
