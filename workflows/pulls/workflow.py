"""The durable life of a pull: planned, fetched piece by piece, then imported like any file."""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from pesut.contracts import Period
    from pesut.intake.orders import ImportOrder, ImportProgress, ImportStage
    from workflows.imports.messages import IMPORT_FILE, IMPORTS
    from workflows.pulls.messages import (
        CLEAR_PULL,
        FETCH_STRETCH,
        GATHER_PULL,
        PLAN_PULL,
        PULL_REPORTS,
        Gathered,
        Pull,
        PullRequest,
        Stretch,
    )

_LOCAL: dict[str, Any] = {
    "start_to_close_timeout": timedelta(minutes=10),
    "schedule_to_close_timeout": timedelta(days=1),
    "heartbeat_timeout": timedelta(seconds=30),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(seconds=30)),
}
# A server that is away for half a day is asked again by the schedule.
_REMOTE: dict[str, Any] = {
    "start_to_close_timeout": timedelta(minutes=30),
    "schedule_to_close_timeout": timedelta(hours=12),
    "heartbeat_timeout": timedelta(seconds=30),
    "retry_policy": RetryPolicy(backoff_coefficient=2, maximum_interval=timedelta(minutes=10)),
}


@workflow.defn(name=PULL_REPORTS)
class PullReports:
    """Brings in what a source has. Repeated pulls change nothing that did not change there."""

    @workflow.run
    async def run(self, request: PullRequest) -> ImportProgress:
        info = workflow.info()
        pull = Pull(id=f"{info.workflow_id}/{info.run_id}", request=request, began=workflow.now())
        try:
            order = await self._fetch(pull)
            return await self._import(order) if order else ImportProgress(stage=ImportStage.DONE)
        finally:
            await workflow.execute_activity(CLEAR_PULL, pull, **_LOCAL)

    async def _fetch(self, pull: Pull) -> ImportOrder | None:
        periods = await workflow.execute_activity(PLAN_PULL, pull, result_type=list[Period], **_LOCAL)
        for number, period in enumerate(periods):
            stretch = Stretch(pull=pull, number=number, period=period)
            await workflow.execute_activity(FETCH_STRETCH, stretch, **_REMOTE)
        return (await workflow.execute_activity(GATHER_PULL, pull, result_type=Gathered, **_LOCAL)).order

    async def _import(self, order: ImportOrder) -> ImportProgress:
        return await workflow.execute_child_workflow(
            IMPORT_FILE, order, id=f"import/{order.id}", task_queue=IMPORTS, result_type=ImportProgress
        )
