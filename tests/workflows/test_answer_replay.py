"""Runs that began under earlier code go on under today's: recorded histories replay without a difference.

When the graph changes on purpose, keep the old histories and let the workflow patch itself. `PESUT_RECORD_HISTORIES=1`
records the run of each situation under a name that is not taken yet.
"""

import os
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.langgraph import LangGraphPlugin
from temporalio.worker import Replayer

from agents.answer.graph import build
from agents.dependencies import AgentDependencies
from pesut.contracts import (
    Decline,
    DeclineReason,
    MetricQuery,
    MetricStep,
    Period,
    Plan,
    Principal,
    RecommendStep,
    ReportQuery,
    ReportStep,
    Review,
    Verdict,
    new_id,
)
from pesut.errors import MetricQueryError
from pesut.runs import NewRun
from workflows import nodes
from workflows.answer_question import GRAPH, AnswerQuestion
from workflows.client import PesutClient, workflow_id

HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(HISTORIES.glob("answer_*.json"))
NOW = datetime.now(UTC)
COUNT = MetricStep(
    query=MetricQuery(
        metric="jumlah_keluhan", period=Period(start=NOW - timedelta(days=30), end=NOW + timedelta(days=1))
    )
)
PLANS = {
    "count": Plan(steps=(COUNT,)),
    "all_agents": Plan(
        steps=(COUNT, ReportStep(query=ReportQuery(limit=3)), RecommendStep(topic="hama", categories=("hama",)))
    ),
    "unasked_advice": Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah")),)),
    "declined": Plan(decline=Decline(reason=DeclineReason.OUT_OF_SCOPE, message="Bukan tentang kabupaten ini.")),
}


def replayer() -> Replayer:
    return Replayer(
        workflows=[AnswerQuestion],
        plugins=[LangGraphPlugin(graphs={GRAPH: build(nodes.options(timedelta(seconds=30)))})],
        data_converter=pydantic_data_converter,
    )


def test_there_are_histories() -> None:
    assert len(RECORDED) >= len(PLANS)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_run_replays(path: Path) -> None:
    recorded = path.read_text()  # noqa: ASYNC240 - nothing else runs meanwhile
    await replayer().replay_workflow(WorkflowHistory.from_json(path.stem, recorded))


@pytest.mark.parametrize("situation", [*PLANS, "failed"])
async def test_todays_run_replays(
    situation: str,
    client: PesutClient,
    at_work: Callable[[AgentDependencies], AbstractAsyncContextManager[None]],
    planned: Callable[..., AgentDependencies],
    mayor: Principal,
) -> None:
    failures = [MetricQueryError("no such thing")] if situation == "failed" else []
    run = NewRun(mayor.id, str(new_id()), situation)
    async with at_work(planned(PLANS, *failures)):
        run_id, _ = await client.ask(run)
        answer = await client.wait_for_answer(run_id, timedelta(seconds=30))
        if answer.staff_review is not None:
            await client.review(run_id, Review(principal=mayor, verdict=Verdict.APPROVED))
        handle = client.temporal.get_workflow_handle(workflow_id(mayor.id, run.idempotency_key))
        if situation != "failed":
            await handle.result()
    history = await handle.fetch_history()
    await replayer().replay_workflow(history, raise_on_replay_failure=True)
    path = HISTORIES / f"answer_{situation}_1.json"
    if os.environ.get("PESUT_RECORD_HISTORIES") and not path.exists():
        path.write_text(re.sub(r"\d+@[\w.-]+", "worker", history.to_json()))
