"""Whatever people and the calendar do, in whatever order and however often: audit, acts and where things stand agree."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.loader import read_city
from pesut.contracts import Answer, Principal, Role
from pesut.contracts.decision import (
    Approve,
    DecisionStatus,
    Endorse,
    Motion,
    Move,
    Reject,
    ReviewStep,
    SendBack,
    Submit,
    Withdraw,
)
from pesut.contracts.disposition import (
    Acknowledge,
    Cancel,
    DispositionMotion,
    DispositionMove,
    Finish,
    Progress,
    Proof,
)
from pesut.database.tables import AuditLogRow, DecisionActRow, DecisionRow, DispositionActRow, DispositionRow
from pesut.decisions.deciding import Effects
from pesut.decisions.dispositions import disposition_states
from pesut.decisions.following import DispositionMoves
from pesut.decisions.listing import state_of
from pesut.decisions.moves import DecisionMoves
from pesut.decisions.orders import Order
from pesut.errors import PesutError
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import People

STEPS = 30
READ = (ReviewStep(title="Sekretaris Daerah"), ReviewStep(title="Asisten"))
HALIMUN = read_city(HIGHLAND)
RULES = HALIMUN.decisions.model_copy(update={"reviewers": READ, "in_order": False})
CITY = HALIMUN.model_copy(update={"decisions": RULES})
PROOF = Proof(title="Foto", address="https://halimun.example/f.jpg")


def approval() -> Effects:
    """Two agencies told about the first option."""
    deadline = datetime.now(UTC).date() + timedelta(days=20)
    told = (("badan_bencana", "BPBD"), ("dinas_tani", "Dinas Pertanian"))
    return Effects(
        orders=tuple(
            Order(number=n, option=0, agency=code, agency_name=name, instruction="-", deadline=deadline)
            for n, (code, name) in enumerate(told, 1)
        )
    )


MOTIONS: tuple[Callable[[], Motion], ...] = (
    Endorse, Endorse, Submit, Submit, lambda: SendBack(reason="-"), lambda: Approve.model_validate({"directives": [{"option": 0}]}),
    lambda: Reject(reason="-"), lambda: Withdraw(reason="-"),
)  # fmt: skip
ANSWERS: tuple[Callable[[], DispositionMotion], ...] = (
    Acknowledge, lambda: Progress(note="-"), lambda: PROOF, Finish, lambda: Cancel(reason="-"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
async def test_audit_and_dispatch_always_agree(
    seed: int, city: AsyncEngine, opened: UUID, drafted: Answer, mayor: Principal, people: People
) -> None:
    dice = random.Random(seed)
    everybody = [mayor, await people(Role.REVIEWER, "sekda"), await people(Role.REVIEWER, "asisten")]
    agency = await people(Role.ANALYST, "bpbd", ("badan_bencana",))
    decisions, followed = DecisionMoves(city, CITY), DispositionMoves(city, CITY)
    now = datetime.now(UTC)
    await decisions.begin(opened, now, restricted=False)
    for step in range(STEPS):
        state, at = await state_of(city, opened), now + timedelta(hours=step)
        key = f"k{dice.randrange(STEPS)}"
        with suppress(PesutError):
            if state.status is DecisionStatus.APPROVED:
                given = dice.choice(await disposition_states(city, opened))
                if dice.random() < 0.2:
                    await followed.warn(given.disposition_id, dice.randrange(3), at)
                who, motion = dice.choice([agency, *everybody]), dice.choice(ANSWERS)()
                told = DispositionMove(disposition_id=given.disposition_id, principal=who, key=key, motion=motion)
                await followed.handle(told, at)
            elif dice.random() < 0.1 and state.due is not None:
                await decisions.lapse(opened, dice.choice([state.due, at]), at)
            else:
                motion = dice.choice(MOTIONS)()
                effects = approval() if isinstance(motion, Approve) else Effects()
                move = Move(decision_id=opened, principal=dice.choice(everybody), key=key, version=1, motion=motion)
                await decisions.move(move, effects, drafted, at)
    async with city.connect() as connection:
        await _agree(connection, "decision", opened, DecisionRow, DecisionActRow, col(DecisionActRow.decision_id))
        for each in await disposition_states(city, opened):
            acts = col(DispositionActRow.disposition_id)
            await _agree(connection, "disposition", each.disposition_id, DispositionRow, DispositionActRow, acts)


async def _agree(connection: AsyncConnection, name: str, id_: UUID, table: Any, acts: Any, belongs: Any) -> None:
    """The trail has the same acts in the same order, and the row stands where the last of them left it."""
    trail = select(
        col(AuditLogRow.action), col(AuditLogRow.detail)["key"].astext, col(AuditLogRow.detail)["status"].astext
    )
    audited = await connection.execute(
        trail.where(col(AuditLogRow.subject) == f"{name}/{id_}").order_by(col(AuditLogRow.id))
    )
    told = (
        await connection.execute(select(acts.kind, acts.key, acts.status).where(belongs == id_).order_by(acts.id))
    ).all()
    status, state = (await connection.execute(select(table.status, table.state).where(table.id == id_))).one()
    assert [tuple(row) for row in audited] == [(f"{name}.{kind}", key, stood) for kind, key, stood in told]
    assert len({key for _, key, _ in told}) == len(told)
    assert status == state["status"] == told[-1][2]
