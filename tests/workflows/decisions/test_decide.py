"""The durable life of a decision, on a server whose time the test lets pass."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from pesut.contracts import Principal, Role, new_id
from pesut.contracts.decision import (
    Approve,
    Change,
    DecisionActKind,
    DecisionRules,
    DecisionState,
    DecisionStatus,
    Directive,
    Edit,
    Endorse,
    Expectation,
    Reject,
    ReviewStep,
    SendBack,
    Submit,
    Withdraw,
)
from pesut.decisions.dispositions import disposition_states
from pesut.decisions.listing import decision_of, state_of
from pesut.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.workflows.decisions.conftest import Office, eventually

S = DecisionStatus
READERS = DecisionRules(
    reviewers=(
        ReviewStep(title="Asisten", principal="asisten"),
        ReviewStep(title="Sekretaris Daerah", principal="sekda"),
    )
)
CHANGE = Change(op="replace", path="/conclusion/text", value="Selimut dibagikan lebih dahulu")


def approve(office: Office, **more: Any) -> Approve:
    return Approve(directives=(Directive(option=0, **more),))


async def test_edited_approved_and_dispatched(office: Office, begun: UUID, mayor: Principal) -> None:
    edited = await office.move(mayor, begun, Edit(changes=(CHANGE,)))
    assert edited.version == 2
    approved = await office.move(mayor, begun, approve(office), version=2)
    assert approved.status is S.APPROVED
    decision = await decision_of(office.engine, begun, mayor)
    assert decision.review.conclusion.rendered == "Selimut dibagikan lebih dahulu"
    assert [act.kind for act in decision.acts][-2:] == [DecisionActKind.EDIT, DecisionActKind.APPROVE]
    assert len(await disposition_states(office.engine, begun)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(op="replace", path="/conclusion/text", value="Bagikan 500 selimut"), "tidak berasal dari bukti"),
        (Change(op="replace", path="/facts/0/text", value="Suhu terendah 9 °C"), "tidak berasal dari bukti"),
        (Change(op="replace", path="/nothing", value="x"), "staff review|points at nothing"),
    ],
)
async def test_an_edit_that_adds_a_number_without_evidence_is_refused(
    change: Change, said: str, office: Office, begun: UUID, mayor: Principal
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        await office.move(mayor, begun, Edit(changes=(change,)))
    assert (await state_of(office.engine, begun)).version == 1


async def test_two_people_deciding_at_once(office: Office, begun: UUID, mayor: Principal, people: Any) -> None:
    deputy = await people(Role.MAYOR, "wakil bupati")
    outcomes = await asyncio.gather(
        office.move(mayor, begun, approve(office)),
        office.move(deputy, begun, Reject(reason="Tidak perlu.")),
        return_exceptions=True,
    )
    won = [each for each in outcomes if not isinstance(each, BaseException)]
    lost = [each for each in outcomes if isinstance(each, BaseException)]
    assert len(won) == len(lost) == 1
    assert isinstance(lost[0], ConflictError)
    assert (await state_of(office.engine, begun)).status is won[0].status


async def test_a_repeated_key_finds_what_was_done(office: Office, begun: UUID, mayor: Principal) -> None:
    first = await office.move(mayor, begun, approve(office), key="once")
    again = await asyncio.gather(*(office.move(mayor, begun, approve(office), key="once") for _ in range(3)))
    assert {state.status for state in (first, *again)} == {S.APPROVED}
    assert len(await disposition_states(office.engine, begun)) == 1


async def test_a_withdrawn_draft_is_not_decided_on(office: Office, begun: UUID, mayor: Principal) -> None:
    await office.move(mayor, begun, Withdraw(reason="Ditanyakan ulang."))
    with pytest.raises(ConflictError, match="was withdrawn"):
        await office.move(mayor, begun, approve(office))


async def test_a_text_that_changed_meanwhile_is_not_decided_on(office: Office, begun: UUID, mayor: Principal) -> None:
    await office.move(mayor, begun, Edit(changes=(CHANGE,)))
    with pytest.raises(ConflictError, match="version 1, now it is 2"):
        await office.move(mayor, begun, approve(office))


async def test_who_may_not_is_refused_before_anything_is_kept(office: Office, begun: UUID, people: Any) -> None:
    analyst = await people(Role.ANALYST, "analis")
    with pytest.raises(ForbiddenError):
        await office.move(analyst, begun, approve(office))
    with pytest.raises(NotFoundError):
        await office.move(analyst, new_id(), approve(office))


async def test_what_cannot_be_carried_out_is_not_approved(office: Office, begun: UUID, mayor: Principal) -> None:
    today = (await office.now()).date()
    past = approve(office, deadline=today - timedelta(days=2))
    gone = approve(office, agency="dinas_antariksa")
    removed = Approve(
        directives=(Directive(option=0),),
        expectation=Expectation(metric="dihapus", review_on=today + timedelta(days=90)),
    )
    for motion, said in ((past, "in the past"), (gone, "no agency"), (removed, "no metric dihapus")):
        with pytest.raises(InvalidInputError, match=said):
            await office.move(mayor, begun, motion)
    assert await disposition_states(office.engine, begun) == []


async def test_sent_back_edited_and_submitted(office: Office, begun: UUID, mayor: Principal) -> None:
    assert (await office.move(mayor, begun, SendBack(reason="Tambah bukti."))).status is S.RETURNED
    await office.move(mayor, begun, Edit(changes=(CHANGE,)))
    assert (await office.move(mayor, begun, Submit(), version=2)).status is S.APPROVAL


async def test_nobody_decides_in_time(office: Office, begun: UUID, mayor: Principal) -> None:
    due = (await state_of(office.engine, begun)).due
    assert due is not None
    await office.until(due)

    async def look() -> bool | None:
        return (await state_of(office.engine, begun)).status is S.EXPIRED or None

    await eventually(look)
    with pytest.raises(ConflictError, match="expired"):
        await office.move(mayor, begun, approve(office))


@pytest.mark.parametrize("rules", [READERS])
async def test_readers_one_after_the_other_and_one_who_is_late(
    rules: DecisionRules, office: Office, begun: UUID, mayor: Principal, people: Any
) -> None:
    asisten, sekda = await people(Role.REVIEWER, "asisten"), await people(Role.REVIEWER, "sekda")
    with pytest.raises(ConflictError, match="turn"):
        await office.move(sekda, begun, Endorse())
    state = await office.move(asisten, begun, Endorse(note="Sudah sesuai."))
    assert (state.status, len(state.endorsements)) == (S.REVIEW, 1)
    with pytest.raises(ConflictError, match="with its reviewers"):
        await office.move(mayor, begun, approve(office))
    assert state.due is not None
    await office.until(state.due)

    async def look() -> DecisionState | None:
        found = await state_of(office.engine, begun)
        return found if found.status is S.APPROVAL else None

    escalated = await eventually(look)
    assert escalated.due is not None and escalated.due > state.due
    act = (await decision_of(office.engine, begun, mayor)).acts[-1]
    assert (act.kind, act.note, act.principal_id) == (DecisionActKind.ESCALATED, "Sekretaris Daerah", None)
    assert (await office.move(mayor, begun, approve(office))).status is S.APPROVED


async def test_a_decision_whose_workflow_was_ended_goes_on(office: Office, begun: UUID, mayor: Principal) -> None:
    await office.environment.client.get_workflow_handle(f"decision/{begun}").terminate()
    assert (await office.move(mayor, begun, approve(office))).status is S.APPROVED
