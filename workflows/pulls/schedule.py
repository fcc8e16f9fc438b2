"""When reports are pulled: each source as often as the city's folder says."""

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from pesut.city.models import City
from pesut.city.open311 import Open311Source
from workflows.pulls.messages import PULL_REPORTS, PULLS, PullRequest

PREFIX = "pull/"


async def keep_pull_schedules(temporal: Client, city: City) -> None:
    """A schedule for each of the city's sources, and none for those that it no longer has; a paused one stays paused."""
    wanted = {f"{PREFIX}{source.code}": source for source in city.open311.sources}
    async for found in await temporal.list_schedules():
        if found.id.startswith(PREFIX) and found.id not in wanted:
            await temporal.get_schedule_handle(found.id).delete()
    for name, source in wanted.items():
        await _keep(temporal, name, _schedule(name, source))


async def _keep(temporal: Client, name: str, schedule: Schedule) -> None:
    try:
        await temporal.create_schedule(name, schedule)
    except ScheduleAlreadyRunningError:

        def brought(found: ScheduleUpdateInput) -> ScheduleUpdate:
            schedule.state = found.description.schedule.state
            return ScheduleUpdate(schedule)

        await temporal.get_schedule_handle(name).update(brought)


def _schedule(name: str, source: Open311Source) -> Schedule:
    request = PullRequest(source=source.code)
    return Schedule(
        action=ScheduleActionStartWorkflow(PULL_REPORTS, request, id=name, task_queue=PULLS),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=source.every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
