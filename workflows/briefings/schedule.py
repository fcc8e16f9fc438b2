"""When briefings are written: every day at the city's hour, in the city's time zone."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from pesut.city.models import City
from workflows.briefings.messages import WRITE_BRIEFING, BriefingOrder

SCHEDULE = "briefing"
CATCH_UP = timedelta(hours=12)  # a morning that nothing ran in is made up for on the same day


async def keep_schedule(temporal: Client, city: City, task_queue: str) -> None:
    """Make the schedule, or bring it to the city's hour and zone; one that an operator paused stays paused."""
    schedule = _schedule(city, task_queue)
    try:
        await temporal.create_schedule(SCHEDULE, schedule)
    except ScheduleAlreadyRunningError:

        def brought(found: ScheduleUpdateInput) -> ScheduleUpdate:
            schedule.state = found.description.schedule.state
            return ScheduleUpdate(schedule)

        await temporal.get_schedule_handle(SCHEDULE).update(brought)


def _schedule(city: City, task_queue: str) -> Schedule:
    at = city.briefing_at
    return Schedule(
        action=ScheduleActionStartWorkflow(WRITE_BRIEFING, BriefingOrder(), id=SCHEDULE, task_queue=task_queue),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(at.hour)], minute=[ScheduleRange(at.minute)])],
            time_zone_name=city.timezone,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
