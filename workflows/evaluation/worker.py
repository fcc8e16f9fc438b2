"""The worker that evaluates."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

from workflows.evaluation.activities import EvaluationActivities
from workflows.evaluation.messages import A_SECOND, AT_ONCE, Evaluation
from workflows.evaluation.workflow import EvaluationRun
from workflows.failures import ActivityHabits

GRACE = timedelta(seconds=1)  # for the cases under way after the signal to stop; others are asked again
STICKY = timedelta(seconds=2)  # how long a dead worker's cache is waited for


def evaluation_worker(temporal: Client, evaluation: Evaluation, task_queue: str) -> Worker:
    """Runs in a process of its own, so that people's questions share no interpreter with it."""
    steps = EvaluationActivities(evaluation)
    return Worker(
        temporal,
        task_queue=task_queue,
        workflows=[EvaluationRun],
        activities=[steps.begin, steps.ask, steps.break_, steps.finish, steps.fail],
        interceptors=[ActivityHabits()],
        max_concurrent_activities=AT_ONCE,
        max_activities_per_second=A_SECOND,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )
