"""A run for evidence to belong to."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import new_id
from pesut.database.tables import ConversationRow, PrincipalRow, RunRow


async def start_run(engine: AsyncEngine) -> UUID:
    """Store a principal, a conversation and a run, and return the run's id."""
    now = datetime.now(UTC)
    principal, conversation, run = new_id(), new_id(), new_id()
    asker = {"id": principal, "name": str(principal), "role": "analyst", "token_sha256": str(principal)}
    asked = {"idempotency_key": "k", "question": "?", "status": "running", "started_at": now}
    async with engine.begin() as connection:
        await connection.execute(insert(PrincipalRow).values(**asker, created_at=now))
        await connection.execute(
            insert(ConversationRow).values(id=conversation, principal_id=principal, title="", created_at=now)
        )
        await connection.execute(
            insert(RunRow).values(id=run, conversation_id=conversation, principal_id=principal, **asked)
        )
    return run
