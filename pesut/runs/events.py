"""What happens in a run, in order, told once."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import RunEvent, RunEventKind
from pesut.database.tables import RunEventRow, RunRow

CHANNEL = "pesut_run"  # notifications carry the run's id


@dataclass(frozen=True)
class NewEvent:
    """An event to tell; `key` makes it unique within its run, so that a repeated step tells it once."""

    kind: RunEventKind
    key: str
    message: str = ""
    data: dict[str, Any] = field(default_factory=dict[str, Any])


async def append_events(connection: AsyncConnection, run_id: UUID, events: Sequence[NewEvent]) -> None:
    """Append `events` within the caller's transaction and wake the run's listeners when it commits.

    The run's row is locked first, so that ids become visible in their order and a reader that goes on after the last id
    it saw misses none.
    """
    await connection.execute(
        select(col(RunRow.id), func.pg_notify(CHANNEL, str(run_id)))
        .where(col(RunRow.id) == run_id)
        .with_for_update(key_share=True)
    )
    rows = [
        {"run_id": run_id, "kind": event.kind, "key": event.key, "message": event.message, "data": event.data}
        for event in events
    ]
    await connection.execute(
        insert(RunEventRow)
        .values([row | {"at": func.clock_timestamp()} for row in rows])
        .on_conflict_do_nothing(index_elements=["run_id", "key"])
    )


@asynccontextmanager
async def unhurried(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A transaction for progress. It is not waited for to reach the disk: a step that is repeated after a crash tells it again."""
    async with engine.begin() as connection:
        await connection.execute(select(func.set_config("synchronous_commit", "off", True)))
        yield connection


async def tell(engine: AsyncEngine, run_id: UUID, *events: NewEvent) -> None:
    """Append progress in a transaction of its own."""
    async with unhurried(engine) as connection:
        await append_events(connection, run_id, events)


async def events_after(engine: AsyncEngine, run_id: UUID, after: int = 0) -> list[RunEvent]:
    """The run's events with an id greater than `after`, in order."""
    query = (
        select(RunEventRow)
        .where(col(RunEventRow.run_id) == run_id, col(RunEventRow.id) > after)
        .order_by(col(RunEventRow.id))
    )
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [RunEvent.model_validate(dict(row)) for row in rows]
