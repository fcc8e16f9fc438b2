"""Whatever is killed, the answer arrives, and once."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from agents.dependencies import AgentDependencies, providing
from pesut.contracts import AnswerStatus, Principal, new_id
from pesut.database.tables import AnswerRow, EvidenceRow, RunEventRow
from pesut.runs import NewRun
from pesut.servers.processes import wait_ready
from pesut.servers.readiness import ready_process
from pesut.servers.temporal import Temporal
from pesut.settings import Settings
from tests.workflows.workers import is_ready, worker_process
from workflows.client import PesutClient, connect_temporal, open_client
from workflows.worker import question_worker

QUESTION = "Berapa keluhan hama bulan ini dan bulan lalu?"
LATE = timedelta(seconds=60)


@asynccontextmanager
async def nothing_stored(engine: AsyncEngine) -> AsyncGenerator[None]:
    """Let evidence wait, so that a run stands in the middle of its second step."""
    async with engine.begin() as connection:
        await connection.execute(text("LOCK TABLE evidence IN EXCLUSIVE MODE"))
        yield


async def is_looking_up(client: PesutClient, run_id: UUID) -> None:
    async with asyncio.timeout(30):
        async for event in client.events(run_id):
            if event.key == "look_up/started":
                return


async def is_done_once(engine: AsyncEngine, run_id: UUID) -> None:
    async with engine.connect() as connection:
        for table, names in ((EvidenceRow, col(EvidenceRow.key)), (RunEventRow, col(RunEventRow.key))):
            query = select(func.count(), func.count(names.distinct())).where(col(table.run_id) == run_id)
            total, distinct = (await connection.execute(query)).one()
            assert total == distinct > 0
        answers = select(func.count()).where(col(AnswerRow.run_id) == run_id)
        assert (await connection.execute(answers)).scalar_one() == 1


@pytest.mark.slow
async def test_a_killed_worker_is_replaced(
    client: PesutClient, settings: Settings, mayor: Principal, city: AsyncEngine
) -> None:
    with worker_process(settings) as first:
        await is_ready(first, settings)
        async with nothing_stored(city):
            run_id, _ = await client.ask(NewRun(mayor.id, str(new_id()), QUESTION))
            await is_looking_up(client, run_id)
            first.send_signal(signal.SIGKILL)
            first.wait()
    with worker_process(settings) as second:
        await is_ready(second, settings)
        answer = await client.wait_for_answer(run_id, LATE)
    assert answer.status is AnswerStatus.ANSWERED
    await is_done_once(city, run_id)


@pytest.mark.slow
async def test_a_worker_that_is_told_to_stop_finishes_what_it_does(
    client: PesutClient, settings: Settings, mayor: Principal, city: AsyncEngine
) -> None:
    with worker_process(settings) as process:
        await is_ready(process, settings)
        run_id, _ = await client.ask(NewRun(mayor.id, str(new_id()), QUESTION))
        await client.wait_for_answer(run_id, LATE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert ready_process(settings.data_dir) is None
    await is_done_once(city, run_id)


@pytest.mark.slow
async def test_a_killed_temporal_comes_back_with_its_runs(
    settings: Settings, mayor: Principal, city: AsyncEngine, dependencies: AgentDependencies, tmp_path: Path
) -> None:
    server = Temporal(tmp_path / "own")
    child = server.start()
    wait_ready(server, child)
    own = settings.model_copy(update={"temporal_address": server.address})
    try:
        async with open_client(own, city) as client, working(own, dependencies):
            async with nothing_stored(city):
                run_id, _ = await client.ask(NewRun(mayor.id, str(new_id()), QUESTION))
                await is_looking_up(client, run_id)
                child.kill()
            child = server.start()
            wait_ready(server, child)
            answer = await client.wait_for_answer(run_id, LATE)
    finally:
        child.kill()
    assert answer.status is AnswerStatus.ANSWERED
    await is_done_once(city, run_id)


@asynccontextmanager
async def working(settings: Settings, dependencies: AgentDependencies) -> AsyncGenerator[None]:
    with providing(dependencies):
        async with question_worker(await connect_temporal(settings), dependencies, settings):
            yield
