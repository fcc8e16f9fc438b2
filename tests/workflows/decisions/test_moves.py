"""What is kept of a decision: each act once, with its audit entry, its text, its record and its dispositions, or nothing."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import SQLModel, col

from pesut.city.loader import read_city
from pesut.contracts import Answer, Principal, Role
from pesut.contracts.decision import (
    Approve,
    Change,
    DecisionActKind,
    DecisionState,
    DecisionStatus,
    Directive,
    Edit,
    Motion,
    Move,
    Reject,
    Withdraw,
)
from pesut.database.tables import AuditLogRow, DecisionActRow, DecisionVersionRow, DispositionRow
from pesut.decisions.deciding import Effects
from pesut.decisions.edits import changed
from pesut.decisions.listing import decision_of, decisions_for
from pesut.decisions.moves import DecisionMoves
from pesut.decisions.orders import Order
from pesut.decisions.record import canonical, digest_of_text, record_of
from pesut.decisions.texts import sources_of, text_of
from pesut.errors import ConflictError, ForbiddenError, NotFoundError
from tests.workflows.conftest import HIGHLAND

NOW = datetime.now(UTC)
CITY = read_city(HIGHLAND)
ORDER = Order(
    number=1, option=0, agency="badan_bencana", agency_name="BPBD", instruction="Bagikan selimut.",
    deadline=(NOW + timedelta(days=20)).date(),
)  # fmt: skip
APPROVE = Approve(directives=(Directive(option=0),))


class Desk:
    """Moves one decision on, as the activities do."""

    def __init__(self, engine: AsyncEngine, decision_id: UUID, answer: Answer) -> None:
        self.engine, self.id, self.answer = engine, decision_id, answer
        self.moves = DecisionMoves(engine, CITY)

    async def move(
        self, principal: Principal, motion: Motion, effects: Effects | None = None, *, key: str = "k", version: int = 1
    ) -> DecisionState:
        move = Move(decision_id=self.id, principal=principal, key=key, version=version, motion=motion)
        return await self.moves.move(move, effects or Effects(), self.answer, NOW)

    async def edit(self, principal: Principal, **more: Any) -> DecisionState:
        sources = await sources_of(self.engine, self.answer, CITY)
        edit = Edit(
            changes=(Change(op="replace", path="/conclusion/text", value="Selimut dibagikan"),), note="Lebih jelas."
        )
        async with self.engine.connect() as connection:
            before = await text_of(connection, self.id, more.get("version", 1))
        return await self.move(principal, edit, Effects(text=changed(before, edit.changes, sources)), **more)


@pytest.fixture
async def desk(engine: AsyncEngine, opened: UUID, drafted: Answer) -> AsyncGenerator[Desk]:
    desk = Desk(engine, opened, drafted)
    await desk.moves.begin(opened, NOW, restricted=False)
    yield desk


async def _count(engine: AsyncEngine, table: type[SQLModel]) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_an_approved_staff_review_opens_one_decision(desk: Desk, mayor: Principal) -> None:
    decision = await decision_of(desk.engine, desk.id, mayor)
    assert decision.state.status is DecisionStatus.APPROVAL, "the highlands name no reviewers"
    assert decision.state.due is not None
    assert [act.kind for act in decision.acts] == [DecisionActKind.OPENED, DecisionActKind.BEGUN]
    assert decision.acts[0].principal == "bupati"
    assert desk.answer.staff_review is not None
    assert [point.rendered for point in decision.review.points] == [
        point.rendered for point in desk.answer.staff_review.points
    ]
    assert set(decision.review.facts[0].evidence) <= set(decision.evidence)
    again = await desk.moves.begin(desk.id, NOW + timedelta(days=3), restricted=True)
    assert again == decision.state


async def test_an_edit_is_kept_as_a_difference(desk: Desk, mayor: Principal) -> None:
    state = await desk.edit(mayor)
    assert (state.version, state.status) == (2, DecisionStatus.APPROVAL)
    async with desk.engine.connect() as connection:
        query = select(DecisionVersionRow).order_by(col(DecisionVersionRow.version))
        first, second = (await connection.execute(query)).mappings().all()
    assert (first["draft"] is None, second["draft"]) == (False, None)
    assert [each["path"] for each in second["difference"]] == ["/conclusion/text"]
    assert (await decision_of(desk.engine, desk.id, mayor)).review.conclusion.text == "Selimut dibagikan"


async def test_approval_freezes_and_dispatches_in_one(desk: Desk, mayor: Principal) -> None:
    await desk.edit(mayor, key="edit")
    state = await desk.move(mayor, APPROVE, Effects(orders=(ORDER,)), version=2)
    assert (state.status, state.due) == (DecisionStatus.APPROVED, None)
    digest, record = await record_of(desk.engine, desk.id)
    assert digest_of_text(canonical(record)) == digest
    assert (record.verdict, record.version, record.orders) == ("approved", 2, (ORDER,))
    assert record.review.conclusion.text == "Selimut dibagikan" != record.draft.conclusion.text
    assert record.acts[-1].kind is DecisionActKind.APPROVE
    assert record.evidence == desk.answer.evidence
    assert record.government.letterhead.lines == ("PEMERINTAH KABUPATEN LEMBAH HALIMUN",)
    assert (await decision_of(desk.engine, desk.id, mayor)).record == digest
    assert await _count(desk.engine, DispositionRow) == 1


async def test_the_same_key_does_nothing_twice(desk: Desk, mayor: Principal) -> None:
    for _ in range(2):
        await desk.move(mayor, APPROVE, Effects(orders=(ORDER,)))
    assert await _count(desk.engine, DispositionRow) == 1
    assert await _count(desk.engine, DecisionActRow) == 3
    with pytest.raises(ConflictError, match="was approved"):
        await desk.move(mayor, Reject(reason="Ternyata mahal."), key="other")


async def test_what_fails_leaves_nothing_half_done(desk: Desk, mayor: Principal) -> None:
    twice = (ORDER, ORDER)  # the same number, which the table refuses
    with pytest.raises(DBAPIError):
        await desk.move(mayor, APPROVE, Effects(orders=twice))
    assert await _count(desk.engine, DispositionRow) == 0
    assert (await decision_of(desk.engine, desk.id, mayor)).state.status is DecisionStatus.APPROVAL
    with pytest.raises(ConflictError):
        await record_of(desk.engine, desk.id)


async def test_a_rejection_keeps_its_reason_and_a_record(desk: Desk, mayor: Principal) -> None:
    await desk.move(mayor, Reject(reason="Tidak ada anggaran."))
    _, record = await record_of(desk.engine, desk.id)
    assert (record.verdict, record.acts[-1].note, record.orders) == ("rejected", "Tidak ada anggaran.", ())


async def test_time_runs_out_once(desk: Desk, mayor: Principal) -> None:
    due = (await decision_of(desk.engine, desk.id, mayor)).state.due
    assert due is not None
    early = await desk.moves.lapse(desk.id, due - timedelta(days=1), NOW)
    assert early.status is DecisionStatus.APPROVAL
    for _ in range(2):
        assert (await desk.moves.lapse(desk.id, due, due)).status is DecisionStatus.EXPIRED
    assert await _count(desk.engine, DecisionActRow) == 3


async def test_every_act_is_audited(desk: Desk, mayor: Principal) -> None:
    await desk.edit(mayor, key="edit")
    await desk.move(mayor, Withdraw(reason="Ditanyakan ulang."), version=2)
    async with desk.engine.connect() as connection:
        subject = f"decision/{desk.id}"
        audited = await connection.execute(
            select(col(AuditLogRow.action), col(AuditLogRow.principal_id)).where(col(AuditLogRow.subject) == subject)
        )
        acted = await connection.execute(select(col(DecisionActRow.kind), col(DecisionActRow.principal_id)))
        assert sorted(audited.all()) == sorted((f"decision.{kind}", who) for kind, who in acted.all())


async def test_who_may_not_see_it_does_not(opened: UUID, drafted: Answer, engine: AsyncEngine, people: Any) -> None:
    sekda = await people(Role.REVIEWER, "sekda")
    assert await decisions_for(engine, sekda) == []
    with pytest.raises(ForbiddenError):
        await decision_of(engine, opened, sekda)
    await DecisionMoves(engine, CITY).begin(opened, NOW, restricted=False)
    assert [each.title for each in await decisions_for(engine, sekda, DecisionStatus.APPROVAL)] == ["Sedingin apa?"]
    assert await decisions_for(engine, sekda, DecisionStatus.REJECTED) == []
    assert await decisions_for(engine, sekda, before=opened) == []


async def test_what_is_not_there_is_not_found(desk: Desk, mayor: Principal, drafted: Answer) -> None:
    with pytest.raises(NotFoundError):
        await decision_of(desk.engine, drafted.id, mayor)
    with pytest.raises(NotFoundError):
        await desk.moves.begin(drafted.id, NOW, restricted=False)


@pytest.mark.parametrize("table", ["decision_act", "decision_record", "decision_version", "disposition_act", "outcome"])
async def test_what_was_done_cannot_be_undone(table: str, desk: Desk, mayor: Principal) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(DBAPIError, match=f"{table} only grows"):
            async with desk.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_a_record_that_was_tampered_with_is_noticed(desk: Desk, mayor: Principal) -> None:
    await desk.move(mayor, APPROVE, Effects(orders=(ORDER,)))
    async with desk.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE decision_record DISABLE TRIGGER only_grows"))
        await connection.execute(text("UPDATE decision_record SET body = replace(body, 'selimut', 'bantal')"))
    with pytest.raises(ConflictError, match="not what was frozen"):
        await record_of(desk.engine, desk.id)
