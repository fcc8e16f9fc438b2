"""The answer: on its way, step by step, and then whole."""

import asyncio
from functools import partial
from typing import Annotated
from uuid import UUID

from ag_ui.core import EventType
from fastapi import APIRouter, Form, Header, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from sse_starlette import EventSourceResponse

from api.runs.agui import position
from api.runs.stream import KEEP_ALIVE_SECONDS, stream
from api.services import Services, WithServices
from api.web.answer_text import as_text
from api.web.figures import figures_of
from api.web.maps import MapView, map_view
from api.web.pages import page, pages_in
from api.web.sentences import sentence
from api.web.session import Reader
from pesut.contracts import REVIEWERS, Answer, CaveatKind, Principal, Row, RunStatus
from pesut.decisions.listing import decision_on
from pesut.drawing.wording import Wording
from pesut.drawing.words import later
from pesut.errors import NotFoundError
from pesut.evaluations.proposals import LONGEST_NOTE, thumbs_down
from pesut.runs import Run, answer_of, events_after, run_of
from pesut.sample.presence import holds_sample

router = APIRouter(prefix="/jawaban")
FEWEST_PLACES = 2  # below, a map says no more than the sentence
PATIENCE_SECONDS = 8  # for an answer before a page without scripts says that it is on its way
UNSEEN = frozenset({EventType.STATE_SNAPSHOT, EventType.TEXT_MESSAGE_CONTENT})  # the page loads the answer as a page


@router.get("/{run_id}")
async def show_answer(
    request: Request, run_id: UUID, reader: Reader, services: WithServices, follow: bool = False
) -> HTMLResponse:
    """The answer, or its steps so far. `follow`: a script follows the rest, so there is nothing to wait for."""
    run = await run_of(services.engine, run_id, reader.id)
    answer = await (answer_of(services.engine, run_id) if follow else answer_soon(services, run_id))
    return await (
        _waiting(request, services, run) if answer is None else _answered(request, services, run, answer, reader)
    )


@router.get("/{run_id}/langkah")
async def follow_answer(
    run_id: UUID, reader: Reader, services: WithServices, last_event_id: Annotated[str | None, Header()] = None
) -> EventSourceResponse:
    """The steps of the answer as AG-UI events."""
    run = await run_of(services.engine, run_id, reader.id)
    steps = stream(services, run, position(last_event_id), without=UNSEEN)
    return EventSourceResponse(steps, ping=KEEP_ALIVE_SECONDS)


@router.get("/{run_id}/teks")
async def show_text(request: Request, run_id: UUID, reader: Reader, services: WithServices) -> PlainTextResponse:
    """The answer with its sources as text, to be sent on."""
    await run_of(services.engine, run_id, reader.id)
    answer = await answer_of(services.engine, run_id)
    if answer is None:
        raise NotFoundError(later("Jawabannya belum ada."), remedy=later("Tunggu sampai selesai."))
    return PlainTextResponse(
        as_text(answer, pages_in(request, answer.language).wording, str(request.base_url), f"/jawaban/{run_id}")
    )


@router.post("/{run_id}/keliru")
async def judge_answer(
    run_id: UUID,
    reader: Reader,
    services: WithServices,
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
) -> RedirectResponse:
    """The reader finds the answer wrong; said twice, the newer note holds."""
    await thumbs_down(services.engine, reader, run_id, note)
    return RedirectResponse(f"/jawaban/{run_id}?dinilai=true#nilai", status_code=303)


async def answer_soon(services: Services, run_id: UUID) -> Answer | None:
    """The answer, where it comes within PATIENCE_SECONDS."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await services.client.wait_for_answer(run_id)
    except TimeoutError:
        return await answer_of(services.engine, run_id)


async def _waiting(request: Request, services: Services, run: Run) -> HTMLResponse:
    events = await events_after(services.engine, run.id)
    return page(request, "waiting.html", run=run, events=events, sample=await holds_sample(services.engine))


async def _answered(request: Request, services: Services, run: Run, answer: Answer, reader: Principal) -> HTMLResponse:
    wording = pages_in(request, answer.language).wording
    labels = {str(each.id): each.label for each in answer.evidence}
    return page(
        request,
        "answer.html",
        answer=answer,
        map=await _map(services, answer, wording),
        figures=await figures_of(answer, wording),
        spoken_in=answer.language,
        spoken=partial(sentence, labels=labels),
        sample=answer.sample_data,
        caveats=[each for each in answer.caveats if each.kind is not CaveatKind.SAMPLE],
        conversation=run.conversation_id,
        longest_note=LONGEST_NOTE,
        forward=run.status is RunStatus.AWAITING_REVIEW and reader.role in REVIEWERS,
        decision=await decision_on(services.engine, run.id),
    )


async def _map(services: Services, answer: Answer, wording: Wording) -> MapView | None:
    """The answer's map; a tap on a region opens its row of the evidence."""
    spec = answer.map
    evidence = next((each for each in answer.evidence if spec and each.label == spec.evidence), None)
    if spec is None or evidence is None or evidence.row_count < FEWEST_PLACES:
        return None

    def lead(_: Row, number: int) -> str:
        return f"/bukti/{evidence.id}?baris={number}"

    return await map_view(services.engine, spec, evidence, wording, lead)
