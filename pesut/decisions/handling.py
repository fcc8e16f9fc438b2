"""The course of a disposition: what each act makes of it, and who may do what. Pure, so that a workflow may ask it too."""

from pesut.contracts import Principal, Role
from pesut.contracts.disposition import (
    Acknowledge,
    Cancel,
    DispositionMove,
    DispositionState,
    DispositionStatus,
    Finish,
    Progress,
    Proof,
)
from pesut.decisions.course import ensure_may_see
from pesut.errors import ConflictError, ForbiddenError

_S = DispositionStatus
OVER = frozenset({_S.DONE, _S.CANCELLED})


def handled(state: DispositionState, move: DispositionMove) -> DispositionState:
    """The state after the move. Raises ForbiddenError for who may not, ConflictError where it cannot be done now."""
    ensure_may_see(move.principal, restricted=state.restricted)
    if state.status in OVER:
        said = "is done" if state.status is _S.DONE else "was cancelled"
        raise ConflictError(f"The disposition {said}; nothing more is awaited.")
    if isinstance(move.motion, Cancel):
        if move.principal.role not in state.rules.approvers:
            raise ForbiddenError("Only who decides takes a disposition back.")
        return state.model_copy(update={"status": _S.CANCELLED})
    if not answers_for(move.principal, state.agency):
        raise ForbiddenError(f"You do not answer for {state.agency_name}.", remedy="Let the agency answer itself.")
    return state.model_copy(update=_answered(state, move))


def answers_for(principal: Principal, agency: str) -> bool:
    """Whether the principal is of this agency, or of the secretariat, which writes down what reaches it on paper."""
    return principal.role is Role.REVIEWER or (principal.agencies is not None and agency in principal.agencies)


def _answered(state: DispositionState, move: DispositionMove) -> dict[str, object]:
    match move.motion:
        case Acknowledge():
            if state.status is not _S.SENT:
                raise ConflictError("The disposition was acknowledged already.")
            return {"status": _S.ACKNOWLEDGED}
        case Progress():
            return {"status": _S.IN_PROGRESS}
        case Proof():
            return {"status": _S.IN_PROGRESS, "proofs": state.proofs + 1}
        case Finish():
            if not state.proofs:
                raise ConflictError("Nothing proves yet that it is done.", remedy="Attach a proof first.")
            return {"status": _S.DONE}
        case Cancel():
            raise AssertionError("an agency does not cancel")
