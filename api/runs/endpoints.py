"""A run: where it stands, what happens in it, its answer, and what a person may do to it."""

from typing import Annotated, Any
from uuid import UUID

from ag_ui.core import RunAgentInput
from fastapi import APIRouter, Header
from sse_starlette import EventSourceResponse

from api.access import Asker
from api.problems import problems
from api.runs.agui import position
from api.runs.resuming import resume, review_in, told
from api.runs.schemas import Judgement, ReviewDecision
from api.runs.stream import KEEP_ALIVE_SECONDS, stream
from api.services import WithServices
from pesut.contracts import Answer, Review
from pesut.errors import ConflictError, ForbiddenError, NotFoundError
from pesut.evaluations.proposals import thumbs_down
from pesut.runs import Run, answer_of, run_of

router = APIRouter(prefix="/v1/runs", tags=["runs"])
EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "AG-UI 1.0 events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@router.get("/{run_id}", responses=problems(NotFoundError))
async def show_run(run_id: UUID, asker: Asker, services: WithServices) -> Run:
    """A run of the asker's own: its question, its status, when it began and ended."""
    return await run_of(services.engine, run_id, asker.id)


@router.get("/{run_id}/answer", responses=problems(NotFoundError))
async def show_answer(run_id: UUID, asker: Asker, services: WithServices) -> Answer:
    """The run's answer, with all its evidence; 404 while there is none."""
    run = await run_of(services.engine, run_id, asker.id)
    answer = await answer_of(services.engine, run_id)
    if answer is None:
        raise NotFoundError(f"The run is {run.status}; it has no answer.", remedy="Follow its events, then ask again.")
    return answer


@router.get("/{run_id}/events", responses=problems(NotFoundError) | EVENT_STREAM, response_class=EventSourceResponse)
async def follow_run(
    run_id: UUID, asker: Asker, services: WithServices, last_event_id: Annotated[str | None, Header()] = None
) -> EventSourceResponse:
    """What happens in the run, as AG-UI events, until it ends; taken up after `Last-Event-ID`."""
    run = await run_of(services.engine, run_id, asker.id)
    return EventSourceResponse(stream(services, run, position(last_event_id)), ping=KEEP_ALIVE_SECONDS)


@router.post("/{run_id}/cancel", status_code=202, responses=problems(NotFoundError))
async def cancel_run(run_id: UUID, asker: Asker, services: WithServices) -> Run:
    """Ask a run to stop. One that has ended stays as it is."""
    await run_of(services.engine, run_id, asker.id)
    await services.client.cancel(run_id)
    return await run_of(services.engine, run_id, asker.id)


@router.post("/{run_id}/thumbs-down", status_code=204, responses=problems(NotFoundError))
async def judge_answer(run_id: UUID, judgement: Judgement, asker: Asker, services: WithServices) -> None:
    """Say that the answer to a question of one's own is wrong. It becomes a proposed case of the evaluation, once."""
    await thumbs_down(services.engine, asker, run_id, judgement.note)


@router.post("/{run_id}/review", status_code=202, responses=problems(NotFoundError, ForbiddenError, ConflictError))
async def review_run(run_id: UUID, decision: ReviewDecision, asker: Asker, services: WithServices) -> Run:
    """Decide on the staff review that the run's answer carries. Pesut prepares, a person decides."""
    await services.client.review(run_id, Review(principal=asker, verdict=decision.verdict, note=decision.note))
    return await run_of(services.engine, run_id)


@router.post(
    "/{run_id}/resume",
    responses=problems(NotFoundError, ForbiddenError, ConflictError) | EVENT_STREAM,
    response_class=EventSourceResponse,
)
async def resume_run(run_id: UUID, given: RunAgentInput, asker: Asker, services: WithServices) -> EventSourceResponse:
    """Answer the interrupt with which a run that drafted a staff review ended; the same answer again does nothing more."""
    run = await run_of(services.engine, run_id)
    reviewed = await resume(services, run, review_in(given, run, asker))
    return EventSourceResponse(told(given, run, reviewed))
