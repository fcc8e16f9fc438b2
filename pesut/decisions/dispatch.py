"""Dispositions: given with their decision, answered by agencies, and warned about by the calendar."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.city.workdays import end_of, start_of, workday
from pesut.contracts import new_id
from pesut.contracts.decision import DecisionState, Expectation
from pesut.contracts.disposition import DispositionActKind, DispositionState
from pesut.database.tables import DispositionActRow, DispositionRow
from pesut.decisions.missing import missing_disposition
from pesut.decisions.orders import Order
from pesut.principals.audit import Act, record_act

_ESCALATION = 2  # the number of the first warning that goes to who decides


@dataclass(frozen=True)
class NewDispositionAct:
    """An act to append. `principal_id` None: Pesut itself."""

    kind: DispositionActKind
    key: str
    at: datetime
    principal_id: UUID | None = None
    note: str = ""
    detail: dict[str, Any] = field(default_factory=dict[str, Any])


async def dispatch(
    connection: AsyncConnection,
    decision: DecisionState,
    orders: Sequence[Order],
    expectation: Expectation | None,
    city: City,
    at: datetime,
) -> None:
    """Give each order to its agency, within the transaction that decides."""
    for order in orders:
        state = warned(
            DispositionState(
                disposition_id=new_id(),
                decision_id=decision.decision_id,
                agency=order.agency,
                agency_name=order.agency_name,
                deadline=order.deadline,
                rules=decision.rules,
                restricted=decision.restricted,
                warn_at=at,
            ),
            city,
            at,
        )
        await connection.execute(
            insert(DispositionRow).values(
                id=state.disposition_id,
                decision_id=state.decision_id,
                number=order.number,
                option=order.option,
                instruction=order.instruction,
                metric=expectation.metric if expectation else None,
                **_columns(state),
            )
        )
        await append_disposition_act(connection, state, NewDispositionAct(DispositionActKind.SENT, "sent", at))


@asynccontextmanager
async def locked_disposition(
    engine: AsyncEngine, disposition_id: UUID
) -> AsyncGenerator[tuple[AsyncConnection, DispositionState]]:
    """One transaction with the disposition's row to itself. Raises NotFoundError."""
    query = select(col(DispositionRow.state)).where(col(DispositionRow.id) == disposition_id).with_for_update()
    async with engine.begin() as connection:
        body = (await connection.execute(query)).scalar_one_or_none()
        if body is None:
            raise missing_disposition(disposition_id)
        yield connection, DispositionState.model_validate(body)


async def append_disposition_act(connection: AsyncConnection, state: DispositionState, act: NewDispositionAct) -> None:
    """Append the act that led to `state`, audit it, and make that the disposition's state."""
    values: dict[str, Any] = {
        "id": new_id(),
        "disposition_id": state.disposition_id,
        "kind": act.kind,
        "key": act.key,
        "principal_id": act.principal_id,
        "status": state.status,
        "note": act.note,
        "detail": act.detail,
        "at": act.at,
    }
    await connection.execute(insert(DispositionActRow).values(**values))
    detail = {"key": act.key, "status": state.status, "note": act.note, "agency": state.agency} | act.detail
    subject = f"disposition/{state.disposition_id}"
    await record_act(connection, Act(f"disposition.{act.kind}", subject, act.principal_id, detail))
    statement = update(DispositionRow).where(col(DispositionRow.id) == state.disposition_id)
    await connection.execute(statement.values(**_columns(state)))


def warned(state: DispositionState, city: City, at: datetime) -> DispositionState:
    """With the moment of its next warning, counted from those that were given.

    A reminder whose day is past is left out, and of escalations that were missed all but the last.
    """
    given = 1 if state.warnings == 0 and _moment_of(state, 0, city) <= at else state.warnings
    while given >= _ESCALATION and _moment_of(state, given + 1, city) <= at:
        given += 1
    return state.model_copy(update={"warnings": given, "warn_at": _moment_of(state, given, city)})


def _moment_of(state: DispositionState, number: int, city: City) -> datetime:
    """When the warning with this number (from 0) is due."""
    if number == 0:
        return start_of(workday(state.deadline, -state.rules.remind_workdays, city), city)
    late = (number - 1) * state.rules.escalate_workdays
    return end_of(workday(state.deadline, late, city), city)


def _columns(state: DispositionState) -> dict[str, Any]:
    return {
        "agency_code": state.agency,
        "deadline": state.deadline,
        "status": state.status,
        "state": state.model_dump(mode="json"),
    }
