"""The worker that pulls reports from other servers."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from workflows.failures import ActivityHabits
from workflows.pulls.activities import PullActivities
from workflows.pulls.messages import PULLS
from workflows.pulls.workflow import PullReports

AT_ONCE = 2  # activities: as many servers are asked at once
GRACE = timedelta(seconds=5)
STICKY = timedelta(seconds=2)  # how long a dead worker's cache is waited for


def pull_worker(temporal: Client, steps: PullActivities) -> Worker:
    """Runs beside the worker that imports, which takes over what was fetched."""
    return Worker(
        temporal,
        task_queue=PULLS,
        workflows=[PullReports],
        activities=[steps.plan_pull, steps.fetch_stretch, steps.gather_pull, steps.clear_pull],
        interceptors=[ActivityHabits()],
        max_concurrent_activities=AT_ONCE,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )
