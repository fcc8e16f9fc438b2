"""When reports are pulled: each source as often as the city's folder says."""

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)

from pesut.city.models import City
from pesut.city.open311 import Open311Source
from workflows.pulls.messages import PULL_REPORTS, PULLS, PullRequest
from workflows.schedules import keep

PREFIX = "pull/"


async def keep_pull_schedules(temporal: Client, city: City) -> None:
    """A schedule for each of the city's sources, and none for those that it no longer has; a paused one stays paused."""
    wanted = {f"{PREFIX}{source.code}": source for source in city.open311.sources}
    async for found in await temporal.list_schedules():
        if found.id.startswith(PREFIX) and found.id not in wanted:
            await temporal.get_schedule_handle(found.id).delete()
    for name, source in wanted.items():
        await keep(temporal, name, _schedule(name, source))


def _schedule(name: str, source: Open311Source) -> Schedule:
    request = PullRequest(source=source.code)
    return Schedule(
        action=ScheduleActionStartWorkflow(PULL_REPORTS, request, id=name, task_queue=PULLS),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=source.every)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP),
    )
