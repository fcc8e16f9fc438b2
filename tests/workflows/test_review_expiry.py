"""A staff review that nobody decides on expires after its days, which pass at once in this test."""

import asyncio
import sysconfig
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from agents.dependencies import AgentDependencies, providing
from pesut.contracts import MetricQuery, MetricStep, Plan, Principal, RunEventKind, RunStatus, new_id
from pesut.database.tables import AuditLogRow
from pesut.runs import NewRun, answer_of, events_after, run_of
from pesut.settings import Settings
from workflows.client import PesutClient
from workflows.worker import question_worker

SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
COLD = Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah")),))


async def test_nobody_decides(
    city: AsyncEngine, mayor: Principal, planned: Callable[..., AgentDependencies], database_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=tmp_path, database_url=database_url, review_within=timedelta(days=14))
    dependencies = planned({"Sedingin apa?": COLD})
    run = NewRun(mayor.id, str(new_id()), "Sedingin apa?")
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(SERVER), data_converter=pydantic_data_converter
    ) as environment:
        with providing(dependencies):
            async with question_worker(environment.client, dependencies, settings):
                client = PesutClient(environment.client, city, settings)
                run_id, _ = await client.ask(run)
                answer = await client.wait_for_answer(run_id, timedelta(seconds=30))
                assert (await run_of(city, run_id)).status is RunStatus.AWAITING_REVIEW
                await environment.sleep(timedelta(days=13))
                assert (await run_of(city, run_id)).status is RunStatus.AWAITING_REVIEW
                await environment.sleep(timedelta(days=2))
                await _is_over(city, run_id)
                await client.close()
    assert await answer_of(city, run_id) == answer, "the answer was there before the wait, and stays"
    last = (await events_after(city, run_id))[-1]
    assert (last.kind, last.data["verdict"]) == (RunEventKind.REVIEWED, "expired")
    async with city.connect() as connection:
        acts = (await connection.execute(select(col(AuditLogRow.action)))).scalars().all()
    assert "staff_review.expired" in acts


async def _is_over(engine: AsyncEngine, run_id: UUID) -> None:
    async with asyncio.timeout(30):
        while (await run_of(engine, run_id)).status is not RunStatus.FINISHED:
            await asyncio.sleep(0.1)
