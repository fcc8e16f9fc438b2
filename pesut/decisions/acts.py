"""What happened to a decision: appended together with its audit entry and the state it led to, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts import new_id
from pesut.contracts.decision import DecisionAct, DecisionActKind, DecisionState
from pesut.database.tables import DecisionActRow, DecisionRow, PrincipalRow
from pesut.principals.audit import Act, record_act


@dataclass(frozen=True)
class NewAct:
    """An act to append; without a moment it happens now. `principal_id` None: Pesut itself."""

    kind: DecisionActKind
    key: str
    principal_id: UUID | None = None
    note: str = ""
    at: datetime | None = None


async def append_act(connection: AsyncConnection, state: DecisionState, act: NewAct) -> None:
    """Append the act that led to `state`, and make that the decision's state, within the caller's transaction."""
    values: dict[str, Any] = {
        "id": new_id(),
        "decision_id": state.decision_id,
        "kind": act.kind,
        "key": act.key,
        "principal_id": act.principal_id,
        "version": state.version,
        "status": state.status,
        "note": act.note,
        "at": act.at or func.clock_timestamp(),
    }
    await connection.execute(insert(DecisionActRow).values(**values))
    detail = {"key": act.key, "version": state.version, "status": state.status, "note": act.note}
    subject = f"decision/{state.decision_id}"
    await record_act(connection, Act(f"decision.{act.kind}", subject, act.principal_id, detail))
    await connection.execute(
        update(DecisionRow)
        .where(col(DecisionRow.id) == state.decision_id)
        .values(status=state.status, restricted=state.restricted, state=state.model_dump(mode="json"))
    )


async def happened(connection: AsyncConnection, decision_id: UUID, key: str) -> bool:
    """Whether an act with this key was appended before."""
    query = select(col(DecisionActRow.id)).where(
        col(DecisionActRow.decision_id) == decision_id, col(DecisionActRow.key) == key
    )
    return (await connection.execute(query)).first() is not None


async def acts_of(connection: AsyncConnection, decision_id: UUID) -> tuple[DecisionAct, ...]:
    """All acts, in order, with the names of who acted."""
    query = (
        select(DecisionActRow, func.coalesce(col(PrincipalRow.name), "").label("principal"))
        .outerjoin(PrincipalRow, col(PrincipalRow.id) == col(DecisionActRow.principal_id))
        .where(col(DecisionActRow.decision_id) == decision_id)
        .order_by(col(DecisionActRow.id))
    )
    rows = (await connection.execute(query)).mappings()
    return tuple(DecisionAct.model_validate(dict(row)) for row in rows)
