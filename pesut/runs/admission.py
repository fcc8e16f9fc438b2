"""Taking a question in: once per idempotency key, and only while there is room."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import MAX_QUESTION_CHARACTERS, RunStatus, new_id
from pesut.database.locks import AdvisoryLock
from pesut.database.tables import ConversationRow, RunRow
from pesut.errors import ConflictError, InvalidInputError, NotFoundError, TooMuchWorkError
from pesut.switches import ensure_answering

MAX_KEY_CHARACTERS = 200
TITLE_CHARACTERS = 80


@dataclass(frozen=True)
class NewRun:
    """A question that asks to be taken in. Without a `conversation_id` it opens a conversation."""

    principal_id: UUID
    idempotency_key: str
    question: str
    conversation_id: UUID | None = None
    as_of: datetime | None = None
    briefing: date | None = None
    repeats: UUID | None = None
    reasoner: Literal["offline"] | None = None

    def __post_init__(self) -> None:
        if not self.question.strip():
            raise InvalidInputError("The question is empty.", remedy="Ask in a sentence.")
        if len(self.question) > MAX_QUESTION_CHARACTERS:
            raise InvalidInputError(
                f"The question has {len(self.question)} characters.",
                remedy=f"Ask in at most {MAX_QUESTION_CHARACTERS} characters.",
            )
        if not _is_text(self.question):
            raise InvalidInputError("The question is not text.", remedy="Send it as readable UTF-8 text.")
        if not 0 < len(self.idempotency_key) <= MAX_KEY_CHARACTERS or not self.idempotency_key.isprintable():
            raise InvalidInputError(
                "The idempotency key cannot be used.", remedy=f"Use 1 to {MAX_KEY_CHARACTERS} printable characters."
            )


def _is_text(question: str) -> bool:
    strange = sum(not (each.isprintable() or each.isspace()) or each == "\ufffd" for each in question)
    return "\0" not in question and strange * 10 <= len(question)


async def admit(engine: AsyncEngine, run: NewRun, limit: int) -> tuple[UUID, UUID]:
    """Ids of the run and its conversation: new ones, or those that this key was given before.

    Raises AnsweringOffError, TooMuchWorkError when `limit` runs are open, ConflictError when the key was used for another
    question, and NotFoundError when the conversation is not the principal's.
    """
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AdvisoryLock.ADMISSION.value})
        if known := await _known(connection, run):
            return known
        await ensure_answering(connection)
        await _refuse_above(connection, limit)
        conversation_id = await _conversation(connection, run)
        run_id = new_id()
        await connection.execute(
            insert(RunRow).values(
                id=run_id,
                conversation_id=conversation_id,
                principal_id=run.principal_id,
                idempotency_key=run.idempotency_key,
                question=run.question,
                as_of=run.as_of,
                briefing=run.briefing,
                repeats=run.repeats,
                reasoner=run.reasoner,
                status=RunStatus.RUNNING,
                started_at=func.clock_timestamp(),
            )
        )
    return run_id, conversation_id


async def _known(connection: AsyncConnection, run: NewRun) -> tuple[UUID, UUID] | None:
    query = select(col(RunRow.id), col(RunRow.conversation_id), col(RunRow.question)).where(
        col(RunRow.principal_id) == run.principal_id, col(RunRow.idempotency_key) == run.idempotency_key
    )
    found = (await connection.execute(query)).first()
    if found is None:
        return None
    run_id, conversation_id, question = found
    if question != run.question or run.conversation_id not in {None, conversation_id}:
        raise ConflictError(
            f"The idempotency key {run.idempotency_key!r} was already used for another question.",
            remedy="Use a new key for a new question.",
        )
    return run_id, conversation_id


async def _refuse_above(connection: AsyncConnection, limit: int) -> None:
    query = select(func.count()).select_from(RunRow).where(col(RunRow.status) == RunStatus.RUNNING)
    running = (await connection.execute(query)).scalar_one()
    if running >= limit:
        raise TooMuchWorkError(
            f"{running} questions are being answered, which is as many as fit.", remedy="Ask again in a few seconds."
        )


async def _conversation(connection: AsyncConnection, run: NewRun) -> UUID:
    if run.conversation_id is None:
        return await _open_conversation(connection, run)
    query = select(col(ConversationRow.principal_id)).where(col(ConversationRow.id) == run.conversation_id)
    if (await connection.execute(query)).scalar_one_or_none() != run.principal_id:
        raise NotFoundError(
            f"There is no conversation {run.conversation_id} of yours.", remedy="Start one by asking without it."
        )
    return run.conversation_id


async def _open_conversation(connection: AsyncConnection, run: NewRun) -> UUID:
    conversation_id = new_id()
    await connection.execute(
        insert(ConversationRow).values(
            id=conversation_id,
            principal_id=run.principal_id,
            title=" ".join(run.question.split())[:TITLE_CHARACTERS],
            created_at=func.clock_timestamp(),
        )
    )
    return conversation_id
