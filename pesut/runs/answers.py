"""Answers: one per run. The evidence of an answer lies in its own table and is not stored twice."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Answer, AnswerStatus, Evidence, RunEventKind, RunStatus
from pesut.database.tables import AnswerRow, EvidenceRow, RunRow
from pesut.runs.events import NewEvent, append_events


async def store_answer(engine: AsyncEngine, answer: Answer, *, error: str | None = None) -> Answer:
    """Store the run's answer, tell of it and end the run, or let it wait for its review: all or nothing.

    `error` says to operators why it failed. Returns the answer that holds: an earlier one when the run was answered before.
    """
    async with engine.begin() as connection:
        if not await _insert(connection, answer):
            stored = await _stored(connection, answer.run_id)
            return stored if stored is not None else answer
        await _end(connection, answer, error)
        await append_events(connection, answer.run_id, [_event(answer)])
    return answer


async def answer_of(engine: AsyncEngine, run_id: UUID) -> Answer | None:
    """The run's answer with its evidence, or None while there is none."""
    async with engine.connect() as connection:
        return await _stored(connection, run_id)


async def evidence_of(engine: AsyncEngine, run_id: UUID) -> dict[str, Evidence]:
    """All evidence that the run has gathered, by label."""
    query = select(col(EvidenceRow.body)).where(col(EvidenceRow.run_id) == run_id)
    async with engine.connect() as connection:
        bodies = (await connection.execute(query)).scalars().all()
    found = [Evidence.model_validate(body) for body in bodies]
    return {evidence.label: evidence for evidence in found}


def _event(answer: Answer) -> NewEvent:
    data = {"answer_id": str(answer.id), "status": answer.status.value}
    kind = RunEventKind.FAILED if answer.status is AnswerStatus.FAILED else RunEventKind.ANSWER
    return NewEvent(kind, "answer", answer.text, data)


async def _insert(connection: AsyncConnection, answer: Answer) -> bool:
    body = answer.model_dump(mode="json", exclude={"evidence"})
    body["evidence"] = [str(evidence.id) for evidence in answer.evidence]
    statement = (
        insert(AnswerRow)
        .values(id=answer.id, run_id=answer.run_id, body=body, created_at=answer.created_at)
        .on_conflict_do_nothing(index_elements=["run_id"])
        .returning(col(AnswerRow.id))
    )
    return (await connection.execute(statement)).first() is not None


async def _end(connection: AsyncConnection, answer: Answer, error: str | None) -> None:
    waits = answer.staff_review is not None
    failed = answer.status is AnswerStatus.FAILED
    status = RunStatus.AWAITING_REVIEW if waits else RunStatus.FAILED if failed else RunStatus.FINISHED
    await connection.execute(
        update(RunRow)
        .where(col(RunRow.id) == answer.run_id, col(RunRow.status) == RunStatus.RUNNING)
        .values(
            status=status,
            error=error,
            finished_at=None if waits else func.clock_timestamp(),
        )
    )


async def _stored(connection: AsyncConnection, run_id: UUID) -> Answer | None:
    query = select(col(AnswerRow.body)).where(col(AnswerRow.run_id) == run_id)
    body: dict[str, Any] | None = (await connection.execute(query)).scalar_one_or_none()
    if body is None:
        return None
    ids = [UUID(each) for each in body["evidence"]]
    found = await connection.execute(
        select(col(EvidenceRow.id), col(EvidenceRow.body)).where(col(EvidenceRow.id).in_(ids))
    )
    bodies: dict[UUID, dict[str, Any]] = dict(found.all())
    return Answer.model_validate(body | {"evidence": [bodies[each] for each in ids]})
