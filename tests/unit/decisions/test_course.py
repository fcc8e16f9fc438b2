"""Who may do what when, and what becomes of it."""

from typing import Any

import pytest

from pesut.contracts import Role, new_id
from pesut.contracts.decision import (
    Approve,
    Change,
    DecisionRules,
    DecisionState,
    DecisionStatus,
    Directive,
    Edit,
    Endorse,
    Motion,
    Move,
    Reject,
    ReviewStep,
    SendBack,
    Submit,
    Withdraw,
)
from pesut.decisions.course import begun, lapsed, late_readers, moved
from pesut.errors import ConflictError, ForbiddenError
from tests.unit.decisions.conftest import person

S = DecisionStatus
MAYOR, ANALYST, DRAFTER = person(Role.MAYOR), person(Role.ANALYST), person(Role.ANALYST, "perencana")
ASISTEN, SEKDA = person(Role.REVIEWER, "asisten"), person(Role.REVIEWER, "sekda")
STEPS = (ReviewStep(title="Asisten", principal="asisten"), ReviewStep(title="Sekretaris Daerah", principal="sekda"))
APPROVE = Approve(directives=(Directive(option=0),))
EDIT = Edit(changes=(Change(op="remove", path="/assumptions/0"),))


def opened(*steps: ReviewStep, in_order: bool = True, opener: Any = DRAFTER, **more: Any) -> DecisionState:
    rules = DecisionRules(reviewers=steps, in_order=in_order)
    state = DecisionState(
        decision_id=new_id(), asked_by=DRAFTER.id, opened_by=opener.id, rules=rules, restricted=False, **more
    )
    return begun(state, opener)


def after(state: DecisionState, *moves: tuple[Any, Motion]) -> DecisionState:
    for principal, motion in moves:
        move = Move(
            decision_id=state.decision_id, principal=principal, key=str(new_id()), version=state.version, motion=motion
        )
        state = moved(state, move)
    return state


def test_without_readers_a_draft_waits_for_approval_at_once() -> None:
    assert opened().status is S.APPROVAL
    assert after(opened(), (MAYOR, APPROVE)).status is S.APPROVED


def test_readers_one_after_the_other() -> None:
    state = opened(*STEPS)
    assert state.status is S.REVIEW
    with pytest.raises(ConflictError, match="turn"):
        after(state, (SEKDA, Endorse()))
    state = after(state, (ASISTEN, Endorse()))
    assert state.status is S.REVIEW
    with pytest.raises(ConflictError, match="already"):
        after(state, (ASISTEN, Endorse()))
    assert after(state, (SEKDA, Endorse())).status is S.APPROVAL


def test_readers_side_by_side() -> None:
    state = after(opened(*STEPS, in_order=False), (SEKDA, Endorse()))
    assert late_readers(state) == ("Asisten",)
    assert after(state, (ASISTEN, Endorse())).status is S.APPROVAL


def test_any_two_of_a_role_are_two_people() -> None:
    state = after(opened(ReviewStep(title="Pertama"), ReviewStep(title="Kedua")), (SEKDA, Endorse()))
    with pytest.raises(ConflictError, match="already"):
        after(state, (SEKDA, Endorse()))
    assert after(state, (ASISTEN, Endorse())).status is S.APPROVAL


def test_a_reader_who_opened_it_is_not_asked_again() -> None:
    assert opened(*STEPS, opener=ASISTEN).endorsements[0].principal_id == ASISTEN.id
    assert opened(*STEPS, opener=SEKDA).endorsements == ()


@pytest.mark.parametrize(
    ("principal", "motion"),
    [
        (ANALYST, Endorse()),
        (ANALYST, EDIT),
        (ANALYST, APPROVE),
        (SEKDA, APPROVE),
        (SEKDA, Reject(reason="Tidak.")),
        (ANALYST, SendBack(reason="Kurang.")),
        (MAYOR, Withdraw(reason="Batal.")),
        (MAYOR, Endorse()),
    ],
)
def test_who_may_not_is_told_so(principal: Any, motion: Motion) -> None:
    with pytest.raises(ForbiddenError):
        after(opened(*STEPS), (principal, motion))


def test_the_head_waits_for_the_readers() -> None:
    with pytest.raises(ConflictError, match="with its reviewers"):
        after(opened(*STEPS), (MAYOR, APPROVE))


def test_a_text_that_was_read_before_it_changed_is_not_decided_on() -> None:
    state = after(opened(), (MAYOR, EDIT))
    assert state.version == 2
    stale = Move(decision_id=state.decision_id, principal=MAYOR, key="k", version=1, motion=APPROVE)
    with pytest.raises(ConflictError, match="you saw version 1, now it is 2"):
        moved(state, stale)


@pytest.mark.parametrize(
    ("principal", "motion", "status"),
    [
        (MAYOR, Reject(reason="Mahal."), S.REJECTED),
        (DRAFTER, Withdraw(reason="Batal."), S.WITHDRAWN),
        (MAYOR, APPROVE, S.APPROVED),
    ],
)
def test_what_is_over_stays_over(principal: Any, motion: Motion, status: S) -> None:
    state = after(opened(), (principal, motion))
    assert state.status is status
    for late in (APPROVE, Reject(reason="Tidak."), EDIT, SendBack(reason="Kurang.")):
        with pytest.raises(ConflictError, match="nothing more"):
            after(state, (MAYOR, late))


def test_a_draft_that_was_sent_back_is_read_anew() -> None:
    state = after(opened(*STEPS), (ASISTEN, Endorse()), (SEKDA, SendBack(reason="Tambah bukti anggaran.")))
    assert (state.status, state.endorsements) == (S.RETURNED, ())
    with pytest.raises(ForbiddenError):
        after(state, (SEKDA, Submit()))
    again = after(state, (DRAFTER, EDIT), (DRAFTER, Submit()))
    assert (again.status, again.version) == (S.REVIEW, 2)


def test_another_text_needs_its_readers_anew_except_who_changed_it() -> None:
    state = after(opened(*STEPS, in_order=False), (ASISTEN, Endorse()), (DRAFTER, EDIT))
    assert state.endorsements == ()
    own = after(opened(*STEPS, in_order=False), (ASISTEN, Endorse()), (ASISTEN, EDIT))
    assert [each.principal_id for each in own.endorsements] == [ASISTEN.id]


def test_only_who_decides_changes_what_waits_for_approval() -> None:
    state = after(opened(*STEPS), (ASISTEN, Endorse()), (SEKDA, Endorse()))
    with pytest.raises(ForbiddenError):
        after(state, (DRAFTER, EDIT))
    assert after(state, (MAYOR, EDIT)).status is S.APPROVAL


def test_late_readers_are_passed_over_and_a_late_head_lets_it_expire() -> None:
    escalated = lapsed(after(opened(*STEPS), (ASISTEN, Endorse())))
    assert (escalated.status, late_readers(escalated)) == (S.APPROVAL, ("Sekretaris Daerah",))
    assert lapsed(escalated).status is S.EXPIRED


def test_what_rests_on_supervision_is_for_supervisors() -> None:
    state = opened().model_copy(update={"restricted": True})
    with pytest.raises(ForbiddenError, match="may not see"):
        after(state, (SEKDA, SendBack(reason="Kurang.")))
    assert after(state, (MAYOR, APPROVE)).status is S.APPROVED
