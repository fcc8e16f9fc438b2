"""A run's events in the words of AG-UI 1.0, with ids that a stream can be taken up from."""

from collections.abc import Iterator
from typing import Any

from ag_ui.core import (
    BaseEvent,
    CustomEvent,
    Interrupt,
    RunErrorEvent,
    RunFinishedEvent,
    RunFinishedInterruptOutcome,
    RunStartedEvent,
    StateSnapshotEvent,
    StepFinishedEvent,
    StepStartedEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
)
from ag_ui.core import (
    EventType as T,
)

from pesut.contracts import Answer, RunEvent, RunEventKind
from pesut.contracts.review import Verdict
from pesut.runs import Run

ENDS = frozenset({RunEventKind.ANSWER, RunEventKind.FAILED, RunEventKind.CANCELLED})


def translate(event: RunEvent, run: Run, answer: Answer | None) -> Iterator[tuple[str, BaseEvent]]:
    """AG-UI events of one run event, each with its id "<event>.<part>"."""
    for part, told in enumerate(_parts(event, run, answer)):
        yield f"{event.id}.{part}", told.model_copy(update={"timestamp": int(event.at.timestamp() * 1000)})


def opening(run: Run) -> tuple[str, BaseEvent]:
    """What every stream begins with, before the first event of the run."""
    started = RunStartedEvent(
        type=T.RUN_STARTED,
        thread_id=str(run.conversation_id),
        run_id=str(run.id),
        timestamp=int(run.started_at.timestamp() * 1000),
    )
    return "0.0", started


def asked(run: Run) -> Interrupt:
    """What a run with a staff review stops to ask: a person's verdict. Its id is the run's, since a run asks one thing."""
    verdicts = [Verdict.APPROVED.value, Verdict.REJECTED.value]
    shape: dict[str, Any] = {
        "type": "object",
        "properties": {"verdict": {"enum": verdicts}, "note": {"type": "string", "maxLength": 2000}},
        "required": ["verdict"],
    }
    said = "Take the staff review forward as a decision, or reject it with a reason."
    return Interrupt(id=str(run.id), reason="staff_review", message=said, response_schema=shape)


def position(last_event_id: str | None) -> tuple[int, int]:
    """Event and part that a client saw last; (0, -1) for a new stream or an id that is not one of ours."""
    event, _, part = (last_event_id or "").partition(".")
    if not (event.isascii() and event.isdigit() and part.isascii() and part.isdigit()):
        return 0, -1
    return int(event), int(part)


def _parts(event: RunEvent, run: Run, answer: Answer | None) -> list[BaseEvent]:
    thread, run_id = str(run.conversation_id), str(run.id)
    match event.kind:
        case RunEventKind.STARTED:
            return []  # `opening` has told it
        case RunEventKind.STEP_STARTED:
            told = {"message": event.message}
            return [StepStartedEvent(type=T.STEP_STARTED, step_name=_step(event), metadata=told)]
        case RunEventKind.STEP_FINISHED:
            return [StepFinishedEvent(type=T.STEP_FINISHED, step_name=_step(event), metadata=event.data)]
        case RunEventKind.EVIDENCE:
            return [CustomEvent(type=T.CUSTOM, name="evidence", value={"message": event.message} | event.data)]
        case RunEventKind.REVIEWED:
            return [CustomEvent(type=T.CUSTOM, name="reviewed", value=event.data)]
        case RunEventKind.FAILED | RunEventKind.CANCELLED:
            return [RunErrorEvent(type=T.RUN_ERROR, message=event.message or "The run failed.", code=run.status.value)]
        case RunEventKind.ANSWER:
            outcome = RunFinishedInterruptOutcome(interrupts=[asked(run)]) if answer and answer.staff_review else None
            ended = RunFinishedEvent(type=T.RUN_FINISHED, thread_id=thread, run_id=run_id, outcome=outcome)
            return [*_message(answer), ended]


def _step(event: RunEvent) -> str:
    return str(event.data.get("step", event.key))


def _message(answer: Answer | None) -> list[BaseEvent]:
    if answer is None:
        return []
    message = str(answer.id)
    text = answer.text or answer.status.value
    return [
        TextMessageStartEvent(type=T.TEXT_MESSAGE_START, message_id=message, role="assistant"),
        TextMessageContentEvent(type=T.TEXT_MESSAGE_CONTENT, message_id=message, delta=text),
        TextMessageEndEvent(type=T.TEXT_MESSAGE_END, message_id=message),
        StateSnapshotEvent(type=T.STATE_SNAPSHOT, snapshot={"answer": answer.model_dump(mode="json")}),
    ]
