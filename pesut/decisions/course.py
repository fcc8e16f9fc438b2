"""The course of a decision: what each act makes of it, and who may do what when. Pure, so that a workflow may ask it too."""

from collections.abc import Iterator

from pesut.contracts import Principal, Scope
from pesut.contracts.decision import (
    Approve,
    Change,
    DecisionState,
    DecisionStatus,
    Directive,
    Edit,
    Endorse,
    Endorsement,
    Motion,
    Move,
    Reject,
    ReviewStep,
    SendBack,
    Submit,
    Withdraw,
)
from pesut.errors import ConflictError, ForbiddenError

OPEN = frozenset(
    {DecisionStatus.DRAFT, DecisionStatus.REVIEW, DecisionStatus.RETURNED, DecisionStatus.APPROVAL}
)  # the text may still change
APPROVED = frozenset({DecisionStatus.APPROVED, DecisionStatus.CLOSED})  # its dispositions are out
_ONWARD = frozenset({"endorse", "submit", "approve"})
_TRIED: tuple[Motion, ...] = (
    Endorse(),
    SendBack(reason="-"),
    Submit(),
    Approve(directives=(Directive(option=0),)),
    Reject(reason="-"),
    Withdraw(reason="-"),
)
_S = DecisionStatus
_SAID = {
    _S.DRAFT: "is not with its readers yet",
    _S.REVIEW: "is with its reviewers",
    _S.RETURNED: "was sent back to its drafter",
    _S.APPROVAL: "waits for approval",
    _S.APPROVED: "was approved",
    _S.CLOSED: "was approved and its outcome is known",
    _S.REJECTED: "was rejected",
    _S.WITHDRAWN: "was withdrawn",
    _S.EXPIRED: "expired",
}


def begun(state: DecisionState, opener: Principal) -> DecisionState:
    """The draft goes to its readers; one of them who opened it has thereby endorsed it."""
    steps = [number for number, step in _waiting(state) if _is(step, opener)]
    given = tuple(Endorsement(step=each, principal_id=opener.id, version=state.version) for each in steps[:1])
    return _with_readers(state, given)


def moved(state: DecisionState, move: Move) -> DecisionState:
    """The state after the move; `due` is left out where the status changed.

    Raises ForbiddenError for who may not, ConflictError where the decision's status or text is another than thought.
    """
    ensure_may_see(move.principal, restricted=state.restricted)
    if state.status not in OPEN:
        raise ConflictError(f"The decision {_SAID[state.status]}; nothing more can be done to its draft.")
    if move.version != state.version:
        raise ConflictError(
            f"The text changed since you read it: you saw version {move.version}, now it is {state.version}.",
            remedy="Read it again, then decide.",
        )
    match move.motion:
        case Endorse():
            return _endorsed(state, move.principal)
        case SendBack():
            return _sent_back(state, move.principal)
        case Edit():
            return _edited(state, move.principal)
        case Submit():
            _ensure_status(state, _S.RETURNED)
            _ensure(_drafted(state, move.principal), "sends a draft on")
            return _with_readers(state, ())
        case Approve():
            _ensure(_approves(state, move.principal), "approves")
            _ensure_status(state, _S.APPROVAL)
            return _to(state, _S.APPROVED)
        case Reject():
            _ensure(_approves(state, move.principal), "rejects")
            return _to(state, _S.REJECTED)
        case Withdraw():
            _ensure(move.principal.id in {state.asked_by, state.opened_by}, "withdraws")
            return _to(state, _S.WITHDRAWN)


def possible(state: DecisionState, principal: Principal) -> frozenset[str]:
    """Kinds of the motions that the principal could make now. An edit, which needs a text, is not among them."""
    return frozenset(motion.kind for motion in _TRIED if _is_possible(state, principal, motion))


def may_edit(state: DecisionState, principal: Principal) -> bool:
    """Whether the principal could change the text now."""
    return _is_possible(state, principal, Edit(changes=(Change(op="remove", path="/-"),)))


def is_theirs(state: DecisionState, principal: Principal) -> bool:
    """Whether it is the principal's turn to move the decision on."""
    return any(_is_possible(state, principal, motion) for motion in _TRIED if motion.kind in _ONWARD)


def _is_possible(state: DecisionState, principal: Principal, motion: Motion) -> bool:
    move = Move(decision_id=state.decision_id, principal=principal, key="-", version=state.version, motion=motion)
    try:
        moved(state, move)
    except (ForbiddenError, ConflictError):
        return False
    return True


def lapsed(state: DecisionState) -> DecisionState:
    """The state when its time ran out: late readers are passed over, anything else expires."""
    return _to(state, _S.APPROVAL if state.status is _S.REVIEW else _S.EXPIRED)


def late_readers(state: DecisionState) -> tuple[str, ...]:
    """Titles of the readers who did not endorse the draft."""
    return tuple(step.title for _, step in _missing(state))


def ensure_may_see(principal: Principal, *, restricted: bool) -> None:
    """Raises ForbiddenError."""
    if restricted and not principal.scope.covers(Scope(supervision=True)):
        raise ForbiddenError("This decision rests on data that your role may not see.")


def _endorsed(state: DecisionState, principal: Principal) -> DecisionState:
    _ensure(any(_is(step, principal) for step in state.rules.reviewers), "endorses")
    _ensure_status(state, _S.REVIEW)
    if any(each.principal_id == principal.id for each in state.endorsements):
        raise ConflictError("You have endorsed this draft already.")
    steps = [number for number, step in _waiting(state) if _is(step, principal)]
    if not steps:
        raise ConflictError("It is not your turn to read this draft.", remedy="Wait for the readers before you.")
    given = Endorsement(step=steps[0], principal_id=principal.id, version=state.version)
    return _with_readers(state, (*state.endorsements, given))


def _sent_back(state: DecisionState, principal: Principal) -> DecisionState:
    _ensure(_reads(state, principal) or _approves(state, principal), "sends a draft back")
    _ensure_status(state, _S.REVIEW, _S.APPROVAL)
    return _to(state, _S.RETURNED).model_copy(update={"endorsements": ()})


def _edited(state: DecisionState, principal: Principal) -> DecisionState:
    """Another text needs its readers anew, except by who changed it. Who decides may change it last."""
    _ensure(_drafted(state, principal) or _reads(state, principal) or _approves(state, principal), "edits")
    _ensure_status(state, _S.REVIEW, _S.RETURNED, _S.APPROVAL)
    if state.status is _S.APPROVAL:
        _ensure(_approves(state, principal), "edits what waits for approval")
    later = state.model_copy(update={"version": state.version + 1})
    if state.status is not _S.REVIEW:
        return later
    own = tuple(each for each in state.endorsements if each.principal_id == principal.id)
    return _with_readers(later, own)


def _with_readers(state: DecisionState, endorsements: tuple[Endorsement, ...]) -> DecisionState:
    given = state.model_copy(update={"endorsements": endorsements})
    return _to(given, _S.REVIEW if any(_missing(given)) else _S.APPROVAL)


def _to(state: DecisionState, status: DecisionStatus) -> DecisionState:
    return state if state.status is status else state.model_copy(update={"status": status, "due": None})


def _missing(state: DecisionState) -> Iterator[tuple[int, ReviewStep]]:
    done = {each.step for each in state.endorsements}
    return ((number, step) for number, step in enumerate(state.rules.reviewers) if number not in done)


def _waiting(state: DecisionState) -> list[tuple[int, ReviewStep]]:
    """The readers whose turn it is."""
    missing = list(_missing(state))
    return missing[:1] if state.rules.in_order else missing


def _is(step: ReviewStep, principal: Principal) -> bool:
    return principal.role is step.role and step.principal in {"", principal.name}


def _reads(state: DecisionState, principal: Principal) -> bool:
    return any(_is(step, principal) for step in state.rules.reviewers)


def _approves(state: DecisionState, principal: Principal) -> bool:
    return principal.role in state.rules.approvers


def _drafted(state: DecisionState, principal: Principal) -> bool:
    return principal.id in {state.asked_by, state.opened_by}


def _ensure(allowed: bool, does: str) -> None:
    if not allowed:
        raise ForbiddenError(f"It is not for you to be the one who {does}.")


def _ensure_status(state: DecisionState, *statuses: DecisionStatus) -> None:
    if state.status not in statuses:
        raise ConflictError(f"The decision {_SAID[state.status]}.", remedy="Look at it again before you go on.")
