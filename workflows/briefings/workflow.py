"""The durable life of one morning's briefing: written once a day; one that fails is tried again while the morning lasts."""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import (
    ApplicationError,
    ChildWorkflowError,
    WorkflowAlreadyStartedError,
    is_cancelled_exception,
)

with workflow.unsafe.imports_passed_through():
    from workflows.briefings.messages import (
        ADMIT_BRIEFING,
        PAUSE,
        TRIES,
        WRITE_BRIEFING,
        Admission,
        Admitted,
        BriefingOrder,
        BriefingWritten,
    )
    from workflows.messages import ANSWER_QUESTION, Answered

_ADMITTING: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=30),
    "schedule_to_close_timeout": timedelta(hours=12),  # outlasts a database that is away at night
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=1)),
}


@workflow.defn(name=WRITE_BRIEFING)
class WriteBriefing:
    """Takes the briefing in as a run and lets `AnswerQuestion` write it. A day that has one gets no second."""

    @workflow.run
    async def run(self, order: BriefingOrder) -> BriefingWritten:
        day = order.day
        for number in range(1, TRIES + 1):
            admission = Admission(day=day, at=workflow.now(), number=number)
            admitted = await workflow.execute_activity(ADMIT_BRIEFING, admission, result_type=Admitted, **_ADMITTING)
            if await _written(admitted):
                return BriefingWritten(day=admitted.day, run_id=admitted.run_id)
            day = admitted.day
            if number < TRIES:
                await workflow.sleep(PAUSE)
        raise ApplicationError(f"The briefing of {day} could not be written.", type="UnavailableError")


async def _written(admitted: Admitted) -> bool:
    """Write it, unless that was done, or is being done: a run that waits is started by the worker's own round, too."""
    if admitted.request is None:
        return not admitted.failed
    try:
        await workflow.execute_child_workflow(
            ANSWER_QUESTION,
            admitted.request,
            id=admitted.workflow_id,
            result_type=Answered,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
        )
    except WorkflowAlreadyStartedError:
        return True
    except ChildWorkflowError as error:
        if is_cancelled_exception(error):
            raise
        return False
    return True
