"""How each node of the answer graph runs on Temporal: where, for how long, and how often it is tried again."""

from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy

from agents.answer.graph import STEERING, WORKING

LONGEST_WITHOUT_SIGN = timedelta(seconds=5)  # of a worker: then its work goes to another
_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=2, maximum_interval=timedelta(seconds=10)
)


def options(model_timeout: timedelta) -> dict[str, dict[str, Any]]:
    """Activity options by node. Temporal alone retries; workflows/failures.py says what deserves it.

    One try may take three calls of a model; all tries together last through a database's or a worker's restart, after
    which a person would rather be told.
    """
    working = {
        "execute_in": "activity",
        "start_to_close_timeout": timedelta(seconds=30) + 3 * model_timeout,
        "schedule_to_close_timeout": timedelta(minutes=10),
        "heartbeat_timeout": LONGEST_WITHOUT_SIGN,
        "retry_policy": _RETRY,
    }
    return {name: dict(working) for name in WORKING} | {name: {"execute_in": "workflow"} for name in STEERING}
