"""Keeping what each try of a node did. Told in the transactions that tell the asker of the step, so it costs no further ones."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract
from pesut.contracts.trace import ModelCall, NodeTry, ToolCall
from pesut.database.tables import NodeTryRow
from pesut.runs.events import NewEvent, append_events, unhurried

Json = dict[str, Any]
LONGEST_ERROR = 500  # characters


class Ended(Contract):
    """How a try ended."""

    gave: Json
    tools: tuple[ToolCall, ...] = ()
    models: tuple[ModelCall, ...] = ()
    error: str = ""


async def begin_try(engine: AsyncEngine, begun: NodeTry, event: NewEvent) -> None:
    """Keep that a try began, and tell the asker."""
    values = {"id": begun.id, "run_id": begun.run_id, "node": begun.node, "received": begun.received}
    async with unhurried(engine) as connection:
        await append_events(connection, begun.run_id, [event])
        await connection.execute(insert(NodeTryRow).values(**values, started_at=begun.started_at))


async def end_try(engine: AsyncEngine, begun: NodeTry, ended: Ended, *events: NewEvent) -> None:
    """Keep what came of it, and tell the asker, where there is something to tell."""
    statement = update(NodeTryRow).where(col(NodeTryRow.id) == begun.id)
    values = ended.model_dump(mode="json") | {"error": ended.error[:LONGEST_ERROR]}
    async with unhurried(engine) as connection:
        if events:
            await append_events(connection, begun.run_id, events)
        await connection.execute(statement.values(**values, finished_at=func.clock_timestamp()))


async def tries_of(engine: AsyncEngine, run_id: UUID) -> list[NodeTry]:
    """Every try of the run's nodes, in the order in which they began."""
    query = select(NodeTryRow).where(col(NodeTryRow.run_id) == run_id).order_by(col(NodeTryRow.id))
    async with engine.connect() as connection:
        return [NodeTry.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]
