"""What decisions cost that wait for months: measured on a number of them, and reckoned for ten thousand."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from evals.bench.figures import Figure, Unit
from evals.bench.ground import Servers
from evals.scratch import scratch_city
from pesut.contracts import Answer, Principal, ReviewPoint, Role, RunStatus, new_id
from pesut.contracts.decision import DecisionStatus
from pesut.database.tables import AnswerRow, ConversationRow, DecisionRow, RunRow
from pesut.decisions.opening import open_decision
from pesut.principals import issue_token
from pesut.servers.memory import memory_of
from pesut.servers.temporal import temporal_running
from workflows.client import connect_temporal
from workflows.decisions.client import DecisionClient
from workflows.decisions.worker import MOST_KEPT, decision_worker

OPEN, MANY, AT_ONCE = 500, 10_000, 20
LOOK_AGAIN_SECONDS = 0.1


@dataclass(frozen=True)
class Weight:
    """Bytes: memory of this process with its servers, and of what Temporal and PostgreSQL keep on disk."""

    memory: int
    temporal: int
    database: int


async def waiting_decisions(ground: Servers, answer: Answer) -> tuple[Figure, ...]:
    """OPEN decisions on copies of the answer, opened and handed to their readers, then left alone."""
    ground.tell(f"Opening {OPEN} decisions on servers of their own")
    with TemporaryDirectory() as folder, temporal_running(Path(folder)) as address:
        temporal = await connect_temporal(ground.settings.model_copy(update={"temporal_address": address}))
        city = ground.folder.city
        async with scratch_city(ground.engine, ground.folder) as engine, decision_worker(temporal, engine, city):
            principal, _ = await issue_token(engine, "bench", Role.ANALYST)
            before = await _weight(Path(folder), engine)
            opened = await _opened(engine, _bare(answer), principal)
            began = perf_counter()
            client = DecisionClient(temporal, engine)
            await _begun(client, engine, opened)
            seconds = perf_counter() - began
            after = await _weight(Path(folder), engine)
            history = await client.history_size(opened[0])
    return _figures(before, after, seconds, history)


def _figures(before: Weight, after: Weight, seconds: float, history: tuple[int, int]) -> tuple[Figure, ...]:
    size, events = history

    def reckoned(name: str, bytes_: int, **beside: float) -> Figure:
        each = Figure(name="kB each", value=bytes_ / OPEN / 1000)
        more = tuple(Figure(name=told, value=value) for told, value in beside.items())
        return Figure(name=name, value=bytes_ / OPEN * MANY / 1e6, unit=Unit.MEGABYTES, beside=(each, *more))

    return (
        Figure(
            name="decisions opened",
            value=OPEN / seconds,
            unit=Unit.PER_SECOND,
            beside=(Figure(name="opened", value=OPEN),),
        ),
        reckoned(f"{MANY} open, histories", size * OPEN, events=events),
        reckoned(f"{MANY} open, Temporal on disk", after.temporal - before.temporal),
        reckoned(f"{MANY} open, PostgreSQL on disk", after.database - before.database),
        _megabytes("memory for those opened", after.memory - before.memory),
    )


def _megabytes(name: str, bytes_: int) -> Figure:
    """Not reckoned for more: a worker keeps a limited number of workflows in memory, and reads the others when they move."""
    beside = (Figure(name="kept by a worker at most", value=MOST_KEPT),)
    return Figure(name=name, value=bytes_ / 1e6, unit=Unit.MEGABYTES, beside=beside)


def _bare(answer: Answer) -> Answer:
    """Without its evidence, which lies beside decisions, not in them."""
    assert answer.staff_review is not None

    def alone(point: ReviewPoint) -> ReviewPoint:
        return point.model_copy(update={"evidence": ()})

    return answer.model_copy(update={"evidence": (), "staff_review": answer.staff_review.with_points(alone)})


async def _opened(engine: AsyncEngine, answer: Answer, principal: Principal) -> list[UUID]:
    """As if as many questions had been asked, and each draft been taken forward."""
    conversation, found = new_id(), list[UUID]()
    async with engine.begin() as connection:
        await connection.execute(
            insert(ConversationRow).values(
                id=conversation, principal_id=principal.id, created_at=func.clock_timestamp()
            )
        )
        for _ in range(OPEN):
            own = answer.model_copy(update={"id": new_id(), "run_id": new_id()})
            await _answered(connection, own, principal, conversation)
            found.append(await open_decision(connection, own, principal))
    return found


async def _answered(connection: AsyncConnection, answer: Answer, principal: Principal, conversation: UUID) -> None:
    await connection.execute(
        insert(RunRow).values(
            id=answer.run_id,
            conversation_id=conversation,
            principal_id=principal.id,
            idempotency_key=str(answer.run_id),
            question=answer.question,
            status=RunStatus.FINISHED,
            started_at=func.clock_timestamp(),
            finished_at=func.clock_timestamp(),
        )
    )
    body = answer.model_dump(mode="json")
    values = {"id": answer.id, "run_id": answer.run_id, "body": body, "created_at": answer.created_at}
    await connection.execute(insert(AnswerRow).values(**values))


async def _begun(client: DecisionClient, engine: AsyncEngine, decisions: Sequence[UUID]) -> None:
    """All started, and each handed to its readers."""
    free = asyncio.Semaphore(AT_ONCE)

    async def start(decision_id: UUID) -> None:
        async with free:
            await client.start(decision_id)

    await asyncio.gather(*map(start, decisions))
    while await _drafts(engine):  # noqa: ASYNC110 - a worker's doing, which tells nobody
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _drafts(engine: AsyncEngine) -> int:
    query = select(func.count()).where(col(DecisionRow.status) == DecisionStatus.DRAFT)
    async with engine.connect() as connection:
        return (await connection.execute(query)).scalar_one()


async def _weight(folder: Path, engine: AsyncEngine) -> Weight:
    async with engine.connect() as connection:
        database = (await connection.execute(text("SELECT pg_database_size(current_database())"))).scalar_one()
    kept = sum(path.stat().st_size for path in (folder / "temporal").glob("temporal.db*"))
    return Weight(memory_of(os.getpid(), with_children=True).proportional, kept, database)
