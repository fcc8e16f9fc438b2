"""When all is evaluated: every night at the city's hour, in the city's time zone."""

from datetime import timedelta

from temporalio.client import Client, Schedule, ScheduleActionStartWorkflow, ScheduleOverlapPolicy, SchedulePolicy
from temporalio.service import RPCError, RPCStatusCode

from pesut.city.models import City
from pesut.contracts import Contract
from pesut.evaluations.contracts import EvaluationOrder
from workflows.evaluation.messages import EVALUATE_NIGHT, LONGEST, EvaluationWork
from workflows.schedules import every_day, keep

SCHEDULE = "evaluation"
CATCH_UP = timedelta(hours=3)  # later than that people are at work


class Nights(Contract):
    """How many nights began an evaluation, and how many were left out because the one before was still at work."""

    begun: int
    skipped: int


async def keep_schedule(temporal: Client, city: City, task_queue: str) -> None:
    """Make the schedule, or bring it to the city's hour and zone; one that an operator paused stays paused."""
    await keep(temporal, SCHEDULE, _schedule(city, task_queue))


async def nights(temporal: Client) -> Nights | None:
    """What became of the nights so far; None where no schedule was made or Temporal does not answer."""
    try:
        info = (await temporal.get_schedule_handle(SCHEDULE).describe(rpc_timeout=timedelta(seconds=5))).info
    except RPCError as error:
        if error.status in {RPCStatusCode.NOT_FOUND, RPCStatusCode.UNAVAILABLE}:
            return None
        raise
    return Nights(begun=info.num_actions, skipped=info.num_actions_skipped_overlap)


def _schedule(city: City, task_queue: str) -> Schedule:
    work = EvaluationWork(order=EvaluationOrder(nightly=True))
    return Schedule(
        action=ScheduleActionStartWorkflow(
            EVALUATE_NIGHT, work, id=SCHEDULE, task_queue=task_queue, execution_timeout=LONGEST
        ),
        spec=every_day(city.evaluation_at, city.timezone),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=CATCH_UP),
    )
