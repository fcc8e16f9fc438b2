"""The audit log: reads of restricted data and every change, for ever."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.contracts import new_id
from pesut.database.tables import AuditLogRow


@dataclass(frozen=True)
class Act:
    """What somebody did to what: `action` is a verb phrase ("observations.push"), `subject` a path-like name."""

    action: str
    subject: str
    principal_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict[str, Any])


async def record_act(connection: AsyncConnection, act: Act) -> None:
    """Append `act` within the transaction of what it tells of, so that neither exists without the other."""
    await connection.execute(
        insert(AuditLogRow).values(
            id=new_id(),
            at=func.clock_timestamp(),
            principal_id=act.principal_id,
            action=act.action,
            subject=act.subject,
            detail=act.detail,
        )
    )
