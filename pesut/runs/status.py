"""A run's row, from its start to its end."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Plan, Question, RunStatus
from pesut.database.tables import PrincipalRow, RunRow
from pesut.errors import NotFoundError
from pesut.principals.store import principal_in
from pesut.runs.conversations import history_of
from pesut.runs.events import NewEvent, append_events

OPEN = (RunStatus.RUNNING, RunStatus.AWAITING_REVIEW)


class Run(Contract):
    """A run as it stands; times are UTC. `error` says why it failed. `repeats`: the run whose question an operator asked again."""

    id: UUID
    conversation_id: UUID
    principal_id: UUID
    idempotency_key: str
    question: str
    as_of: AwareDatetime | None
    briefing: date | None = None
    repeats: UUID | None = None
    reasoner: Literal["offline"] | None = None
    status: RunStatus
    error: str | None
    started_at: AwareDatetime
    finished_at: AwareDatetime | None


async def run_of(engine: AsyncEngine, run_id: UUID, principal_id: UUID | None = None) -> Run:
    """The run with this id, of this principal when one is given. Raises NotFoundError."""
    query = select(RunRow).where(col(RunRow.id) == run_id)
    if principal_id is not None:
        query = query.where(col(RunRow.principal_id) == principal_id)
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"There is no run {run_id}.", remedy="Use the id that the question was answered with.")
    return Run.model_validate({name: row[name] for name in Run.model_fields})


async def open_runs(engine: AsyncEngine, before: datetime) -> list[Run]:
    """Runs that were taken in before `before` and are not answered yet, oldest first."""
    query = (
        select(RunRow)
        .where(col(RunRow.status) == RunStatus.RUNNING, col(RunRow.started_at) < before)
        .order_by(col(RunRow.id))
    )
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [Run.model_validate({name: row[name] for name in Run.model_fields}) for row in rows]


async def question_of(engine: AsyncEngine, run: Run) -> Question:
    """The question that starts this run, with who asked and the turns before it; one that repeats another goes on from the same turns."""
    query = select(PrincipalRow).where(col(PrincipalRow.id) == run.principal_id)
    first = await run_of(engine, run.repeats) if run.repeats else run
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().one()
    return Question(
        run_id=run.id,
        conversation_id=run.conversation_id,
        principal=principal_in(row),
        text=run.question,
        history=await history_of(engine, first.conversation_id, first.id),
        as_of=run.as_of,
        briefing=run.briefing,
        reasoner=run.reasoner,
    )


async def keep_plan(engine: AsyncEngine, run_id: UUID, plan: Plan) -> None:
    """Keep what the question was understood to ask, for the turns that follow."""
    body = plan.model_dump(mode="json")
    async with engine.begin() as connection:
        await connection.execute(update(RunRow).where(col(RunRow.id) == run_id).values(plan=body))


async def plan_of(engine: AsyncEngine, run_id: UUID) -> Plan | None:
    """What the question was understood to ask, once it was."""
    query = select(col(RunRow.plan)).where(col(RunRow.id) == run_id)
    async with engine.connect() as connection:
        body = (await connection.execute(query)).scalar_one_or_none()
    return Plan.model_validate(body) if body is not None else None


async def close_run(
    engine: AsyncEngine, run_id: UUID, status: RunStatus, event: NewEvent | None = None, *, error: str | None = None
) -> bool:
    """End an open run with `status` and tell `event`. False when it had ended before; then nothing changes."""
    statement = (
        update(RunRow)
        .where(col(RunRow.id) == run_id, col(RunRow.status).in_(OPEN))
        .values(status=status, error=error, finished_at=func.clock_timestamp())
    )
    async with engine.begin() as connection:
        changed = (await connection.execute(statement)).rowcount > 0
        if changed and event is not None:
            await append_events(connection, run_id, [event])
    return changed
