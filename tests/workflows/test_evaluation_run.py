"""The durable life of an evaluation: every case once, whatever dies meanwhile; nights that overlap are left out and counted.

`PESUT_RECORD_HISTORIES=1` records a run of each situation under a name that is not taken yet.
"""

import asyncio
import contextlib
import os
import re
import sysconfig
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import (
    Client,
    ScheduleActionExecutionStartWorkflow,
    WorkflowFailureError,
    WorkflowHandle,
    WorkflowHistory,
)
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from pesut.chores import ChoreError
from pesut.city.loader import read_city
from pesut.contracts import Contract, new_id
from pesut.errors import InvalidInputError
from pesut.evaluations import store
from pesut.evaluations.contracts import About, EvaluationOrder, EvaluationStatus, Outcome, PlannedCase, Versions
from pesut.settings import Settings
from workflows.client import connect_temporal
from workflows.evaluation.messages import BY_HAND, EVALUATE_NIGHT, EVALUATION_RUN, RUN_EVALUATOR, EvaluationWork
from workflows.evaluation.night import EvaluateNight, EvaluatorJob
from workflows.evaluation.schedule import SCHEDULE, Nights, keep_schedule, nights
from workflows.evaluation.worker import evaluation_worker
from workflows.evaluation.workflow import EvaluationRun
from workflows.failures import ActivityHabits

SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
HIGHLAND = Path(__file__).parents[1] / "cities" / "lembah_halimun"
HISTORIES = Path(__file__).parent / "histories"
NIGHT_QUEUE = "test-nights"
RECORDED = sorted(HISTORIES.glob("evaluation_*.json"))
ORDER = EvaluationOrder(suites=("sums",))
VERSIONS = Versions(catalog_version="c", code_version="v", data_digest="d")


class Sum(Contract):
    total: int


@dataclass
class Sums:
    """A suite that adds, over the real store. `faults`: errors raised by the next asking of a case, one each; `blocks`: a case
    that is never done until `go` is set.
    """

    engine: AsyncEngine
    size: int = 5
    faults: dict[int, list[Exception]] = field(default_factory=dict[int, list[Exception]])
    blocks: int = -1
    go: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[int] = field(default_factory=list[int])
    unreadable: bool = False

    async def begin(self, run_id: UUID, order: EvaluationOrder) -> int:
        await store.open_run(self.engine, run_id, order, VERSIONS)
        if self.unreadable:
            raise InvalidInputError("sums.yml, case 2: no phrasings")
        about = About(topic="t", kind="k", part="open", question="1 + 1?")
        return await store.plan_cases(
            self.engine,
            run_id,
            [
                PlannedCase(suite="sums", name=f"c{number}", repetition=repetition, about=about)
                for repetition in (1, 2)
                for number in range(self.size)
            ],
        )

    async def ask(self, run_id: UUID, number: int) -> None:
        self.asked.append(number)
        if number == self.blocks:
            await self.go.wait()
        if self.faults.get(number):
            raise self.faults[number].pop(0)
        outcome = Outcome(name=str(number), kind="k", part="open", right=True)
        await store.keep_case(self.engine, run_id, number, Sum(total=number), [outcome], 0.1)

    async def break_(self, run_id: UUID, number: int, reason: str) -> None:
        await store.break_case(self.engine, run_id, number, reason)

    async def close(self, run_id: UUID, error: str = "") -> None:
        status = EvaluationStatus.FAILED if error else EvaluationStatus.FINISHED
        await store.close_evaluation(self.engine, run_id, status, error)


@pytest.fixture
async def skipping() -> AsyncGenerator[Client]:
    """A server whose time passes by itself while nothing happens."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(SERVER), data_converter=pydantic_data_converter
    ) as environment:
        yield environment.client


async def _start(client: Client, order: EvaluationOrder = ORDER, queue: str = BY_HAND) -> WorkflowHandle[Any, UUID]:
    work = EvaluationWork(order=order, run_id=new_id())
    return await client.start_workflow(
        EVALUATION_RUN, work, id=f"test/{work.run_id}", task_queue=queue, result_type=UUID
    )


async def test_each_case_and_repetition_is_kept_once(skipping: Client, engine: AsyncEngine) -> None:
    sums = Sums(engine)
    async with evaluation_worker(skipping, sums, BY_HAND):
        handle = await _start(skipping)
        run_id = await handle.result()
    run, cases = await store.evaluation_of(engine, run_id), await store.cases_of(engine, run_id)
    assert (run.status, run.cases, run.done) == (EvaluationStatus.FINISHED, 10, 10)
    assert {(case.name, case.repetition) for case in cases} == {(f"c{n}", r) for n in range(5) for r in (1, 2)}
    assert sorted(sums.asked) == list(range(10))
    await _replay(handle, "run")


async def test_a_case_that_cannot_be_asked_counts_as_wrong_and_stops_no_other(
    skipping: Client, engine: AsyncEngine
) -> None:
    sums = Sums(engine, faults={1: [ValueError("a fault that stays")] * 3, 2: [OSError("away for a while")] * 12})
    async with evaluation_worker(skipping, sums, BY_HAND):
        handle = await _start(skipping)
        run_id = await handle.result()
    cases = await store.cases_of(engine, run_id)
    assert [case.number for case in cases if case.error] == [1]
    assert [each.right for case in cases for each in case.outcomes] == [True, False] + [True] * 8
    assert "not scored" in cases[1].outcomes[0].faults[0]
    await _replay(handle, "broken_case")


async def test_cases_that_cannot_be_read_fail_the_run_and_say_why(skipping: Client, engine: AsyncEngine) -> None:
    async with evaluation_worker(skipping, Sums(engine, unreadable=True), BY_HAND):
        handle = await _start(skipping)
        with pytest.raises(WorkflowFailureError):
            await handle.result()
    [run] = [each for each in await store.evaluations(engine) if f"test/{each.id}" == handle.id]
    assert (run.status, run.done) == (EvaluationStatus.FAILED, 0)
    assert "sums.yml, case 2" in run.error


async def test_another_worker_goes_on_where_one_stopped(settings: Settings, engine: AsyncEngine) -> None:
    temporal = await connect_temporal(settings)
    first, second = Sums(engine, blocks=3), Sums(engine)
    async with evaluation_worker(temporal, first, BY_HAND):
        handle = await _start(temporal)
        while 3 not in first.asked:
            await asyncio.sleep(0.02)
    async with evaluation_worker(temporal, second, BY_HAND):
        run_id = await handle.result()
    kept = {case.number for case in await store.cases_of(engine, run_id) if case.finished_at}
    assert kept == set(range(10))
    assert 3 in second.asked
    assert {0, 1, 2}.isdisjoint(second.asked)


async def test_what_is_kept_is_not_changed_by_asking_again(engine: AsyncEngine) -> None:
    sums, run_id = Sums(engine), new_id()
    assert [await sums.begin(run_id, ORDER) for _ in range(2)] == [10, 10]
    await sums.ask(run_id, 0)
    kept = await store.case_of(engine, run_id, 0)
    wrong = Outcome(name="0", kind="k", part="open", right=False)
    assert not await store.keep_case(engine, run_id, 0, Sum(total=99), [wrong], 9)
    assert not await store.break_case(engine, run_id, 0, "too late")
    assert await store.case_of(engine, run_id, 0) == kept


async def test_a_long_run_continues_with_a_fresh_history(skipping: Client, engine: AsyncEngine) -> None:
    work = EvaluationWork(order=ORDER, run_id=new_id(), a_history=4)
    async with evaluation_worker(skipping, Sums(engine), BY_HAND):
        handle = await skipping.start_workflow(
            EVALUATION_RUN, work, id="test/long", task_queue=BY_HAND, result_type=UUID
        )
        run_id = await handle.result()
    assert (await store.evaluation_of(engine, run_id)).done == 10
    first = await skipping.get_workflow_handle("test/long", run_id=handle.first_execution_run_id).fetch_history()
    assert any(event.HasField("workflow_execution_continued_as_new_event_attributes") for event in first.events)


@dataclass
class Evaluator:
    """In the place of the process: works for as long as it may. `dies`: how often it ends by itself before."""

    sums: Sums
    temporal: Client
    dies: int = 0
    alive: int = 0

    @activity.defn(name=RUN_EVALUATOR)
    async def run(self, job: EvaluatorJob) -> None:
        if self.dies:
            self.dies -= 1
            raise ChoreError("the evaluator ended with status -9")
        async with evaluation_worker(self.temporal, self.sums, job.task_queue):
            self.alive += 1
            try:
                await asyncio.Event().wait()
            finally:
                self.alive -= 1


def _night_worker(evaluator: Evaluator) -> Worker:
    return Worker(
        evaluator.temporal,
        task_queue=NIGHT_QUEUE,
        workflows=[EvaluateNight],
        activities=[evaluator.run],
        interceptors=[ActivityHabits()],
    )


async def test_a_night_has_a_process_at_work_until_all_is_asked(skipping: Client, engine: AsyncEngine) -> None:
    evaluator = Evaluator(Sums(engine), skipping, dies=1)
    async with _night_worker(evaluator):
        work = EvaluationWork(order=EvaluationOrder(nightly=True))
        handle = await skipping.start_workflow(
            EVALUATE_NIGHT, work, id="test/night", task_queue=NIGHT_QUEUE, result_type=UUID
        )
        run_id = await handle.result()
        while evaluator.alive:
            await asyncio.sleep(0.02)
    run = await store.evaluation_of(engine, run_id)
    assert (run.status, run.done, run.wanted.nightly) == (EvaluationStatus.FINISHED, 10, True)
    await _replay(handle, "night")


async def test_the_schedule_follows_the_city_and_a_night_that_overlaps_is_left_out_and_counted(
    settings: Settings, engine: AsyncEngine
) -> None:
    temporal = await connect_temporal(settings)
    await _unscheduled(temporal)
    assert await nights(temporal) is None
    city = read_city(HIGHLAND)
    await keep_schedule(temporal, city, NIGHT_QUEUE)
    await keep_schedule(temporal, city.model_copy(update={"timezone": "Asia/Jayapura"}), NIGHT_QUEUE)
    schedule = temporal.get_schedule_handle(SCHEDULE)
    described = (await schedule.describe()).schedule
    (calendar,) = described.spec.calendars
    assert described.spec.time_zone_name == "Asia/Jayapura"
    assert (calendar.hour[0].start, calendar.minute[0].start) == (city.evaluation_at.hour, city.evaluation_at.minute)
    sums = Sums(engine, blocks=0)
    async with _night_worker(Evaluator(sums, temporal)):
        await schedule.trigger()
        while 0 not in sums.asked:
            await asyncio.sleep(0.02)
        await schedule.trigger()
        while (await nights(temporal)) != Nights(begun=1, skipped=1):
            await asyncio.sleep(0.02)
        sums.go.set()
        [night] = (await schedule.describe()).info.running_actions
        assert isinstance(night, ScheduleActionExecutionStartWorkflow)
        await temporal.get_workflow_handle(night.workflow_id).result()
    await schedule.delete()


async def _unscheduled(temporal: Client) -> None:
    """A worker that another test started on the same server keeps its schedule there."""
    with contextlib.suppress(RPCError):
        await temporal.get_schedule_handle(SCHEDULE).delete()
    while await nights(temporal) is not None:  # it is deleted a little later than this is acknowledged
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    recorded = path.read_text()  # noqa: ASYNC240 - nothing else runs meanwhile
    await _replayer().replay_workflow(WorkflowHistory.from_json(path.stem, recorded))


def test_there_are_histories() -> None:
    assert {path.stem for path in RECORDED} >= {"evaluation_run_1", "evaluation_broken_case_1", "evaluation_night_1"}


def _replayer() -> Replayer:
    return Replayer(workflows=[EvaluationRun, EvaluateNight], data_converter=pydantic_data_converter)


async def _replay(handle: WorkflowHandle[Any, Any], situation: str) -> None:
    history = await handle.fetch_history()
    await _replayer().replay_workflow(history, raise_on_replay_failure=True)
    path = HISTORIES / f"evaluation_{situation}_1.json"
    if os.environ.get("PESUT_RECORD_HISTORIES") and not path.exists():
        path.write_text(re.sub(r"\d+@[\w.-]+", "worker", history.to_json()))
