"""What the workflows of decisions and dispositions, their activities and clients tell each other."""

from uuid import UUID

from pydantic import AwareDatetime

from pesut.contracts import Contract
from pesut.contracts.decision import DecisionState, Move
from pesut.contracts.disposition import DispositionMove, DispositionState

DECISIONS = "pesut-decisions"  # the task queue
DECIDE, MOVE = "Decide", "move"
FOLLOW_UP, HANDLE = "FollowUp", "handle"
BEGIN_DECISION, MOVE_DECISION, LAPSE_DECISION = "begin_decision", "move_decision", "lapse_decision"
CARRY_OUT, LOOK_UP_OUTCOME = "carry_out", "look_up_outcome"
HANDLE_DISPOSITION, WARN = "handle_disposition", "warn"


def decision_workflow(decision_id: UUID) -> str:
    return f"decision/{decision_id}"


def disposition_workflow(disposition_id: UUID) -> str:
    return f"disposition/{disposition_id}"


class Undecided(Contract):
    """Starts `Decide`; with a `state` it goes on from there."""

    decision_id: UUID
    state: DecisionState | None = None


class Begun(Contract):
    decision_id: UUID
    at: AwareDatetime


class Moved(Contract):
    move: Move
    at: AwareDatetime


class Lapsed(Contract):
    """The time that ended at `due` ran out."""

    decision_id: UUID
    due: AwareDatetime
    at: AwareDatetime


class Aftermath(Contract):
    """What follows on a decision: dispositions to watch over, and the moment to look at what came of it, if any."""

    dispositions: tuple[DispositionState, ...] = ()
    review_at: AwareDatetime | None = None


class Given(Contract):
    """Starts `FollowUp` on a disposition."""

    state: DispositionState


class Handled(Contract):
    move: DispositionMove
    at: AwareDatetime


class Warned(Contract):
    """Warning `number` of a disposition is due."""

    disposition_id: UUID
    number: int
    at: AwareDatetime
