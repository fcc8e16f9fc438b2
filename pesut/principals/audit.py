"""The audit log: reads of restricted data and every change, for ever."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts import new_id
from pesut.database.tables import AuditLogRow
from pesut.errors import ConflictError


@dataclass(frozen=True)
class Act:
    """What somebody did to what: `action` is a verb phrase ("observations.push"), `subject` a path-like name."""

    action: str
    subject: str
    principal_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict[str, Any])
    id: UUID = field(default_factory=new_id)


async def record_act(connection: AsyncConnection, act: Act) -> None:
    """Append `act` within the transaction of what it tells of, so that neither exists without the other."""
    await connection.execute(insert(AuditLogRow).values(**_values(act)))


async def record_once(connection: AsyncConnection, act: Act) -> bool:
    """As `record_act`, for an act whose id its caller chose, so that a repeated request finds it done. False: it was recorded before.

    Raises ConflictError when another act has the id.
    """
    statement = insert(AuditLogRow).values(**_values(act)).on_conflict_do_nothing(index_elements=["id"])
    if (await connection.execute(statement.returning(col(AuditLogRow.id)))).first():
        return True
    same = select(col(AuditLogRow.principal_id), col(AuditLogRow.action), col(AuditLogRow.subject))
    found = (await connection.execute(same.where(col(AuditLogRow.id) == act.id))).one()
    if tuple(found) != (act.principal_id, act.action, act.subject):
        raise ConflictError(f"The key {act.id} was used for another act.", remedy="Use a new key for a new act.")
    return False


def _values(act: Act) -> dict[str, Any]:
    return {
        "id": act.id,
        "at": func.clock_timestamp(),
        "principal_id": act.principal_id,
        "action": act.action,
        "subject": act.subject,
        "detail": act.detail,
    }
