"""The typed memory of a conversation."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Plan, Turn
from pesut.database.tables import RunRow

TURNS = 6  # as many as a Question carries


async def history_of(engine: AsyncEngine, conversation_id: UUID, before: UUID) -> tuple[Turn, ...]:
    """The last turns of the conversation that were understood, oldest first, up to the run `before`."""
    query = (
        select(col(RunRow.question), col(RunRow.plan))
        .where(col(RunRow.conversation_id) == conversation_id, col(RunRow.id) < before, col(RunRow.plan).is_not(None))
        .order_by(col(RunRow.id).desc())
        .limit(TURNS)
    )
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    return tuple(Turn(question=question, plan=Plan.model_validate(plan)) for question, plan in reversed(rows))
