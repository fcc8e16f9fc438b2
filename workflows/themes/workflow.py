"""The durable life of a night's look at themes."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from pesut.reports.themes.model import Reviewed
    from workflows.themes.messages import LONGEST, REVIEW_NIGHT, REVIEW_THEMES


@workflow.defn(name=REVIEW_THEMES)
class ReviewThemes:
    """Tells what was merged, split and opened."""

    @workflow.run
    async def run(self) -> Reviewed:
        return await workflow.execute_activity(
            REVIEW_NIGHT,
            result_type=Reviewed,
            start_to_close_timeout=LONGEST,
            heartbeat_timeout=timedelta(seconds=30),
            retry_policy=RetryPolicy(initial_interval=timedelta(minutes=1), maximum_attempts=6),
        )
