"""When all themes are looked at: every night at the city's hour, in the city's time zone."""

from datetime import timedelta

from temporalio.client import Client, Schedule, ScheduleActionStartWorkflow, ScheduleOverlapPolicy, SchedulePolicy

from pesut.city.models import City
from workflows.schedules import every_day, keep
from workflows.themes.messages import REVIEW_THEMES

SCHEDULE = "themes"
CATCH_UP = timedelta(hours=12)  # a night that nothing ran in is made up for


async def keep_schedule(temporal: Client, city: City, task_queue: str) -> None:
    """Make the schedule, or bring it to the city's hour and zone; one that an operator paused stays paused."""
    action = ScheduleActionStartWorkflow(REVIEW_THEMES, id=SCHEDULE, task_queue=task_queue)
    policy = SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP)
    await keep(temporal, SCHEDULE, Schedule(action, spec=every_day(city.themes_at, city.timezone), policy=policy))
