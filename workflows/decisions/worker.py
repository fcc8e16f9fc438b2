"""The worker that carries decisions on."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.worker import Worker

from pesut.city.models import City
from pesut.database.moment import known_moment
from workflows.decisions.activities import Clock, DecisionActivities
from workflows.decisions.decide import Decide
from workflows.decisions.deployment import deployed_as
from workflows.decisions.follow_up import FollowUp
from workflows.decisions.messages import DECISIONS
from workflows.failures import ActivityHabits

AT_ONCE = 4  # activities, each a few statements
MOST_KEPT = 200  # workflows in memory; thousands wait for months, and are replayed when something happens
GRACE = timedelta(seconds=5)
STICKY = timedelta(seconds=2)  # how long a dead worker's cache is waited for


def decision_worker(
    temporal: Client, engine: AsyncEngine, city: City, clock: Clock = known_moment, *, build: str = ""
) -> Worker:
    """Runs beside the worker that answers questions. With a `build` it is given work once that leads (`deployment`)."""
    steps = DecisionActivities(engine, city, clock)
    return Worker(
        temporal,
        task_queue=DECISIONS,
        workflows=[Decide, FollowUp],
        activities=[
            steps.begin,
            steps.move,
            steps.lapse,
            steps.carry_out,
            steps.look_up_outcome,
            steps.handle,
            steps.warn,
        ],
        interceptors=[ActivityHabits()],
        max_concurrent_activities=AT_ONCE,
        max_cached_workflows=MOST_KEPT,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
        deployment_config=deployed_as(build) if build else None,
    )
