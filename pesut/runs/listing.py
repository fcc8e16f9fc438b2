"""A principal's conversations and what was asked in them."""

from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import RowMapping, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, new_id
from pesut.database.tables import ConversationRow, RunRow
from pesut.errors import NotFoundError
from pesut.runs.status import Run

MOST_LISTED = 100


class Conversation(Contract):
    """A thread of questions; `title` is its first one, shortened."""

    id: UUID
    title: str
    created_at: AwareDatetime


async def open_conversation(engine: AsyncEngine, principal_id: UUID) -> Conversation:
    """A new conversation of this principal, without a title until its first question."""
    statement = (
        insert(ConversationRow)
        .values(id=new_id(), principal_id=principal_id, title="", created_at=func.clock_timestamp())
        .returning(ConversationRow)
    )
    async with engine.begin() as connection:
        return _conversation((await connection.execute(statement)).mappings().one())


async def conversations_of(engine: AsyncEngine, principal_id: UUID) -> list[Conversation]:
    """This principal's conversations, newest first, at most MOST_LISTED."""
    query = (
        select(ConversationRow)
        .where(col(ConversationRow.principal_id) == principal_id)
        .order_by(col(ConversationRow.id).desc())
        .limit(MOST_LISTED)
    )
    async with engine.connect() as connection:
        return [_conversation(row) for row in (await connection.execute(query)).mappings()]


async def runs_of(engine: AsyncEngine, conversation_id: UUID, principal_id: UUID) -> list[Run]:
    """The conversation's runs, oldest first, at most MOST_LISTED. Raises NotFoundError unless it is the principal's."""
    owner = select(col(ConversationRow.principal_id)).where(col(ConversationRow.id) == conversation_id)
    runs = select(RunRow).where(col(RunRow.conversation_id) == conversation_id).order_by(col(RunRow.id))
    async with engine.connect() as connection:
        if (await connection.execute(owner)).scalar_one_or_none() != principal_id:
            raise NotFoundError(f"There is no conversation {conversation_id} of yours.", remedy="List yours first.")
        return [_run(row) for row in (await connection.execute(runs.limit(MOST_LISTED))).mappings()]


async def latest_runs(engine: AsyncEngine, principal_id: UUID, limit: int) -> list[Run]:
    """What this principal asked last, newest first."""
    query = select(RunRow).where(col(RunRow.principal_id) == principal_id).order_by(col(RunRow.id).desc()).limit(limit)
    async with engine.connect() as connection:
        return [_run(row) for row in (await connection.execute(query)).mappings()]


def _conversation(row: RowMapping) -> Conversation:
    return Conversation.model_validate({name: row[name] for name in Conversation.model_fields})


def _run(row: RowMapping) -> Run:
    return Run.model_validate({name: row[name] for name in Run.model_fields})
