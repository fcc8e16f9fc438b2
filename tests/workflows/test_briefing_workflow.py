"""The durable life of a briefing: once a day, again when it failed, on the city's schedule; recorded histories replay.

`PESUT_RECORD_HISTORIES=1` records a run of each situation under a name that is not taken yet.
"""

import os
import re
import sysconfig
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer

from agents.dependencies import AgentDependencies, providing
from pesut.contracts import new_id
from pesut.database.tables import RunRow
from pesut.runs.briefings import briefing_of
from pesut.settings import Settings
from workflows.briefings.messages import TRIES, WRITE_BRIEFING, BriefingOrder, BriefingWritten
from workflows.briefings.schedule import SCHEDULE, keep_schedule
from workflows.briefings.workflow import WriteBriefing
from workflows.client import QUESTIONS, connect_temporal
from workflows.worker import question_worker

SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(HISTORIES.glob("briefing_*.json"))


@dataclass
class Morning:
    """A worker on a server whose time passes by itself while nothing happens."""

    client: Client
    engine: AsyncEngine
    fails: list[Exception]

    async def written(self, order: BriefingOrder) -> WorkflowHandle[Any, Any]:
        return await self.client.start_workflow(
            WRITE_BRIEFING, order, id=f"test/{new_id()}", task_queue=QUESTIONS, result_type=BriefingWritten
        )

    async def runs(self) -> int:
        query = select(func.count()).select_from(RunRow).where(col(RunRow.briefing).is_not(None))
        async with self.engine.connect() as connection:
            return (await connection.execute(query)).scalar_one()


@pytest.fixture
async def morning(city: AsyncEngine, dependencies: AgentDependencies, settings: Settings) -> AsyncGenerator[Morning]:
    fails: list[Exception] = []

    def reasoner() -> Any:
        if fails:
            raise fails.pop(0)
        return dependencies.reasoner()

    failing = replace(dependencies, reasoner=reasoner)
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(SERVER), data_converter=pydantic_data_converter
    ) as environment:
        with providing(failing):
            async with question_worker(environment.client, failing, settings):
                yield Morning(environment.client, city, fails)


async def test_a_day_has_one_briefing_however_often_it_is_ordered(morning: Morning) -> None:
    first, second = [await (await morning.written(BriefingOrder())).result() for _ in range(2)]
    assert first == second
    assert await morning.runs() == 1
    found = await briefing_of(morning.engine, first.day)
    assert found is not None
    assert found.run_id == first.run_id


async def test_one_that_failed_is_written_again_later_that_morning(morning: Morning) -> None:
    morning.fails.append(ValueError("a fault that stays"))
    morning.fails.extend(ValueError("the same") for _ in range(2))  # each step is tried three times
    handle = await morning.written(BriefingOrder())
    written = await handle.result()
    found = await briefing_of(morning.engine, written.day)
    assert found is not None
    assert found.run_id == written.run_id
    assert await morning.runs() == 2
    await _replay(handle, "tried_again")


async def test_it_gives_up_when_the_morning_is_over(morning: Morning) -> None:
    morning.fails.extend(ValueError("a fault that stays") for _ in range(3 * TRIES))
    with pytest.raises(WorkflowFailureError) as error:
        await (await morning.written(BriefingOrder())).result()
    assert "could not be written" in str(error.value.cause)
    assert await morning.runs() == TRIES


async def test_the_schedule_follows_the_city_and_stays_paused(
    settings: Settings, dependencies: AgentDependencies
) -> None:
    temporal = await connect_temporal(settings)
    handle = temporal.get_schedule_handle(SCHEDULE)
    city = dependencies.city
    await keep_schedule(temporal, city, QUESTIONS)
    await handle.pause(note="away")
    await keep_schedule(temporal, city.model_copy(update={"timezone": "Asia/Jayapura"}), QUESTIONS)
    described = (await handle.describe()).schedule
    await handle.delete()
    assert described.state.paused
    assert described.spec.time_zone_name == "Asia/Jayapura"
    (calendar,) = described.spec.calendars
    assert (calendar.hour[0].start, calendar.minute[0].start) == (city.briefing_at.hour, city.briefing_at.minute)
    assert city.briefing_at.hour < 7, "before people are at work"


async def test_the_history_of_a_morning_replays(morning: Morning) -> None:
    handle = await morning.written(BriefingOrder())
    await handle.result()
    await _replay(handle, "written")


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    recorded = path.read_text()  # noqa: ASYNC240 - nothing else runs meanwhile
    await _replayer().replay_workflow(WorkflowHistory.from_json(path.stem, recorded))


def test_there_are_histories() -> None:
    assert {path.stem for path in RECORDED} >= {"briefing_written_1", "briefing_tried_again_1"}


def _replayer() -> Replayer:
    return Replayer(workflows=[WriteBriefing], data_converter=pydantic_data_converter)


async def _replay(handle: WorkflowHandle[Any, Any], situation: str) -> None:
    history = await handle.fetch_history()
    await _replayer().replay_workflow(history, raise_on_replay_failure=True)
    path = HISTORIES / f"briefing_{situation}_1.json"
    if os.environ.get("PESUT_RECORD_HISTORIES") and not path.exists():
        path.write_text(re.sub(r"\d+@[\w.-]+", "worker", history.to_json()))
