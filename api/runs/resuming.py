"""The answer to what a run stopped to ask, as AG-UI has it: a run of its own, which carries it. Sent again, it does nothing more."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

from ag_ui.core import BaseEvent, CustomEvent, ResumeEntry, RunAgentInput, RunFinishedEvent, RunStartedEvent
from ag_ui.core import EventType as T
from pydantic import ValidationError
from sse_starlette import ServerSentEvent

from api.runs.schemas import ReviewDecision
from api.services import Services
from pesut.contracts import Principal, Review, RunEventKind
from pesut.contracts.review import Verdict
from pesut.decisions.listing import decision_on
from pesut.errors import ConflictError, InvalidInputError
from pesut.runs import Run, events_after


def review_in(given: RunAgentInput, run: Run, asker: Principal) -> Review:
    """The verdict that answers the run's one interrupt; a cancelled one withdraws. Raises InvalidInputError for any other answer."""
    entries = given.resume or []
    if [entry.interrupt_id for entry in entries] != [str(run.id)]:
        raise InvalidInputError(
            "A resume answers each interrupt of the run once, and nothing else.",
            remedy=f"Answer the interrupt {run.id}.",
        )
    decision = _decision(entries[0])
    return Review(principal=asker, verdict=decision.verdict, note=decision.note)


async def resume(services: Services, run: Run, review: Review) -> dict[str, Any]:
    """Decide, unless this person decided so before; what was kept. Raises as `PesutClient.review`."""
    try:
        await services.client.review(run.id, review)
    except ConflictError:
        if not _same(await _reviewed(services, run.id), review):
            raise
        if decision_id := await decision_on(services.engine, run.id):
            await services.client.decisions.start(decision_id)  # which a crash may have kept from starting
    return await _reviewed(services, run.id)


async def told(given: RunAgentInput, run: Run, reviewed: dict[str, Any]) -> AsyncGenerator[ServerSentEvent]:
    """The events of the run that resumed."""
    thread = str(run.conversation_id)
    events: tuple[BaseEvent, ...] = (
        RunStartedEvent(type=T.RUN_STARTED, thread_id=thread, run_id=given.run_id, parent_run_id=str(run.id)),
        CustomEvent(type=T.CUSTOM, name="reviewed", value=reviewed),
        RunFinishedEvent(type=T.RUN_FINISHED, thread_id=thread, run_id=given.run_id, result=reviewed),
    )
    for event in events:
        yield ServerSentEvent(event.model_dump_json(by_alias=True), event=event.type.value)


def _decision(entry: ResumeEntry) -> ReviewDecision:
    if entry.status == "cancelled":
        return ReviewDecision(verdict=Verdict.WITHDRAWN)
    try:
        return ReviewDecision.model_validate(entry.payload)
    except ValidationError as error:
        raise InvalidInputError("The payload is no verdict.", remedy='Send {"verdict": "approved"}.') from error


async def _reviewed(services: Services, run_id: UUID) -> dict[str, Any]:
    """What the run tells of its review; empty while there is none."""
    events = await events_after(services.engine, run_id)
    return next((event.data for event in events if event.kind is RunEventKind.REVIEWED), dict[str, Any]())


def _same(kept: dict[str, Any], review: Review) -> bool:
    return (kept.get("verdict"), kept.get("principal_id")) == (review.verdict.value, str(review.principal.id))
