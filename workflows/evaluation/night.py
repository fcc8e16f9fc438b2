"""A night's evaluation: it runs in a process of its own, which lives for as long as there is something to ask."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

from pesut.chores import run_chore

with workflow.unsafe.imports_passed_through():
    from pesut.contracts import Contract
    from workflows.evaluation.messages import (
        EVALUATE_NIGHT,
        EVALUATION_RUN,
        EVALUATOR,
        LONGEST,
        NIGHTLY,
        RUN_EVALUATOR,
        EvaluationWork,
    )

_WORKING: dict[str, Any] = {
    "start_to_close_timeout": LONGEST,
    "heartbeat_timeout": timedelta(seconds=20),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=5)),
}


class EvaluatorJob(Contract):
    """What the process is to do. Its settings are in the environment."""

    task_queue: str


@workflow.defn(name=EVALUATE_NIGHT)
class EvaluateNight:
    """Keeps a process at work while the evaluation runs. It is started again when it dies."""

    @workflow.run
    async def run(self, work: EvaluationWork) -> UUID:
        job = EvaluatorJob(task_queue=NIGHTLY)
        run_id = workflow.uuid4()
        evaluator = workflow.start_activity(RUN_EVALUATOR, job, **_WORKING)
        try:
            await workflow.execute_child_workflow(
                EVALUATION_RUN,
                work.model_copy(update={"run_id": run_id}),
                id=f"evaluation/{run_id}",
                task_queue=NIGHTLY,
                result_type=UUID,
            )
        finally:
            evaluator.cancel()
        try:
            await evaluator
        except ActivityError:
            workflow.logger.debug("the evaluator was put away")
        return run_id


@activity.defn(name=RUN_EVALUATOR)
async def run_evaluator(job: EvaluatorJob) -> None:
    """Until it is cancelled. Raises ChoreError when the process ends."""
    await run_chore(EVALUATOR, job, lambda _: None)
