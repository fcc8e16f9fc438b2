"""When briefings are written: every day at the city's hour, in the city's time zone."""

from datetime import timedelta

from temporalio.client import Client, Schedule, ScheduleActionStartWorkflow, ScheduleOverlapPolicy, SchedulePolicy

from pesut.city.models import City
from workflows.briefings.messages import WRITE_BRIEFING, BriefingOrder
from workflows.schedules import every_day, keep

SCHEDULE = "briefing"
CATCH_UP = timedelta(hours=12)  # a morning that nothing ran in is made up for on the same day


async def keep_schedule(temporal: Client, city: City, task_queue: str) -> None:
    """Make the schedule, or bring it to the city's hour and zone; one that an operator paused stays paused."""
    await keep(temporal, SCHEDULE, _schedule(city, task_queue))


def _schedule(city: City, task_queue: str) -> Schedule:
    return Schedule(
        action=ScheduleActionStartWorkflow(WRITE_BRIEFING, BriefingOrder(), id=SCHEDULE, task_queue=task_queue),
        spec=every_day(city.briefing_at, city.timezone),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
