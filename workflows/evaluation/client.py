"""Starting and awaiting evaluations."""

from uuid import UUID

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from pesut.errors import ConflictError, PesutError
from pesut.evaluations.contracts import EvaluationOrder
from workflows.calling import LONGEST_CALL, temporal_away
from workflows.evaluation.messages import BY_HAND, LONGEST, EvaluationWork
from workflows.evaluation.workflow import EvaluationRun
from workflows.refusing import refused

DUTY = "keeps evaluations going"


async def start_evaluation(
    temporal: Client, run_id: UUID, order: EvaluationOrder, task_queue: str = BY_HAND
) -> "RunningEvaluation":
    """Start the run, or go on with it: one that runs is joined, one that was cut off asks what it had not asked.

    Raises UnavailableError when Temporal is away.
    """
    try:
        handle = await temporal.start_workflow(
            EvaluationRun.run,
            EvaluationWork(order=order, run_id=run_id),
            id=f"evaluation/{run_id}",
            task_queue=task_queue,
            execution_timeout=LONGEST,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            rpc_timeout=LONGEST_CALL,
        )
    except (RPCError, RuntimeError) as error:
        raise temporal_away(DUTY) from error
    return RunningEvaluation(handle)


class RunningEvaluation:
    """A run that was started."""

    def __init__(self, handle: WorkflowHandle[EvaluationRun, UUID]) -> None:
        self._handle = handle

    async def finished(self) -> None:
        """Waits for the end. Raises what kept it from beginning, ConflictError when it was ended from outside."""
        try:
            await self._handle.result()
        except WorkflowFailureError as error:
            raise _as_raised(error.cause) from error
        except RPCError as error:
            raise temporal_away(DUTY) from error


def _as_raised(cause: BaseException | None) -> PesutError:
    ended = ConflictError(
        f"The evaluation was ended from outside: {cause}.", remedy="`pesut eval resume` goes on with it."
    )
    return refused(cause) or ended
