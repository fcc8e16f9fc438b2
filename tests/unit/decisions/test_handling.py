"""Agencies answer for themselves, and the calendar warns them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pesut.city.loader import CityFolder
from pesut.contracts import Principal, Role, new_id
from pesut.contracts.decision import DecisionRules
from pesut.contracts.disposition import (
    Acknowledge,
    Cancel,
    DispositionMotion,
    DispositionMove,
    DispositionState,
    DispositionStatus,
    Finish,
    Progress,
    Proof,
)
from pesut.decisions.dispatch import warned
from pesut.decisions.handling import handled
from pesut.errors import ConflictError, ForbiddenError
from tests.unit.decisions.conftest import person

S = DispositionStatus
TANI = Principal(id=new_id(), name="dinas tani", role=Role.ANALYST, agencies=("dinas_tani",))
JALAN = Principal(id=new_id(), name="dinas jalan", role=Role.ANALYST, agencies=("dinas_jalan",))
PROOF = Proof(title="Berita acara", address="https://halimun.example/ba.pdf")
SENT = DispositionState(
    disposition_id=new_id(),
    decision_id=new_id(),
    agency="dinas_tani",
    agency_name="Dinas Tani",
    deadline=date(2026, 12, 10),
    rules=DecisionRules(remind_workdays=2, escalate_workdays=3),
    warn_at=datetime(2026, 11, 24, tzinfo=UTC),
)


def after(state: DispositionState, *moves: tuple[Principal, DispositionMotion]) -> DispositionState:
    for principal, motion in moves:
        move = DispositionMove(
            disposition_id=state.disposition_id, principal=principal, key=str(new_id()), motion=motion
        )
        state = handled(state, move)
    return state


def test_from_sent_to_done() -> None:
    state = after(
        SENT, (TANI, Acknowledge()), (TANI, Progress(note="Penyuluh berangkat.")), (TANI, PROOF), (TANI, Finish())
    )
    assert (state.status, state.proofs) == (S.DONE, 1)


def test_the_secretariat_writes_down_what_comes_on_paper() -> None:
    assert after(SENT, (person(Role.REVIEWER), Acknowledge())).status is S.ACKNOWLEDGED


@pytest.mark.parametrize("who", [JALAN, person(Role.ANALYST), person(Role.MAYOR), person(Role.INSPECTOR)])
def test_nobody_else_answers_for_an_agency(who: Principal) -> None:
    with pytest.raises(ForbiddenError, match="do not answer for Dinas Tani"):
        after(SENT, (who, Acknowledge()))


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([(TANI, Finish())], "Nothing proves"),
        ([(TANI, Acknowledge()), (TANI, Acknowledge())], "already"),
        ([(TANI, PROOF), (TANI, Finish()), (TANI, PROOF)], "is done"),
        ([(person(Role.MAYOR), Cancel(reason="Tidak perlu lagi.")), (TANI, Acknowledge())], "cancelled"),
    ],
)
def test_what_cannot_be_done_now_is_refused(moves: Any, said: str) -> None:
    with pytest.raises(ConflictError, match=said):
        after(SENT, *moves)


def test_only_who_decides_takes_it_back() -> None:
    with pytest.raises(ForbiddenError):
        after(SENT, (TANI, Cancel(reason="Berat.")))


def test_warnings_follow_the_working_calendar(highland: CityFolder) -> None:
    """Thursday 10 December 2026 in a six-day week, seven hours ahead of UTC."""
    moments: list[str] = []
    state = SENT
    for number in range(4):
        state = warned(state.model_copy(update={"warnings": number}), highland.city, datetime(2026, 11, 24, tzinfo=UTC))
        moments.append(state.warn_at.isoformat())
    assert moments == [
        "2026-12-07T17:00:00+00:00",  # the morning of the 8th
        "2026-12-10T17:00:00+00:00",  # the end of the 10th
        "2026-12-14T17:00:00+00:00",  # the end of the 14th: 11, 12, 14
        "2026-12-17T17:00:00+00:00",
    ]


def test_a_reminder_whose_day_is_past_is_left_out(highland: CityFolder) -> None:
    state = warned(SENT, highland.city, datetime(2026, 12, 9, tzinfo=UTC))
    assert (state.warnings, state.warn_at) == (1, datetime(2026, 12, 10, 17, tzinfo=UTC))


def test_escalations_that_were_missed_are_given_once(highland: CityFolder) -> None:
    escalated = SENT.model_copy(update={"warnings": 2})
    state = warned(escalated, highland.city, datetime(2027, 3, 1, tzinfo=UTC))
    assert state.warnings > 20
    assert datetime(2027, 2, 24, tzinfo=UTC) < state.warn_at <= datetime(2027, 3, 1, tzinfo=UTC)
