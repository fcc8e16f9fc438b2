"""A night's look at themes runs as a workflow, on the city's schedule, and says what it did."""

import sysconfig
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker

from pesut.city.loader import read_city
from pesut.reports.themes.model import Reviewed
from pesut.settings import SAMARINDA
from workflows.failures import ActivityHabits
from workflows.themes.activities import ThemeActivities
from workflows.themes.messages import REVIEW_THEMES
from workflows.themes.schedule import SCHEDULE, keep_schedule
from workflows.themes.workflow import ReviewThemes

SERVER = Path(sysconfig.get_path("scripts")) / "temporal"
QUEUE = "themes-test"


async def test_a_night_is_looked_at_in_a_process_of_its_own(engine: AsyncEngine) -> None:
    environment = await WorkflowEnvironment.start_local(  # pyright: ignore[reportUnknownMemberType]
        data_converter=pydantic_data_converter, dev_server_existing_path=str(SERVER)
    )
    async with environment:
        worker = Worker(
            environment.client,
            task_queue=QUEUE,
            workflows=[ReviewThemes],
            activities=[ThemeActivities(engine).review],
            interceptors=[ActivityHabits()],
        )
        async with worker:
            handle = await environment.client.start_workflow(
                REVIEW_THEMES, id="night", task_queue=QUEUE, result_type=Reviewed
            )
            assert await handle.result() == Reviewed()
        await Replayer(workflows=[ReviewThemes], data_converter=pydantic_data_converter).replay_workflow(
            await handle.fetch_history()
        )
        for _ in range(2):
            await keep_schedule(environment.client, read_city(SAMARINDA), QUEUE)
        kept = await environment.client.get_schedule_handle(SCHEDULE).describe()
        assert kept.schedule.spec.time_zone_name == "Asia/Makassar"
