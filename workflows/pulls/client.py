"""Starting a pull by hand."""

from temporalio.client import Client, WorkflowFailureError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from pesut.intake.orders import ImportProgress
from workflows.calling import LONGEST_CALL, temporal_away
from workflows.imports.client import DUTY, as_raised
from workflows.pulls.messages import PULLS, PullRequest
from workflows.pulls.workflow import PullReports


async def pull_reports(temporal: Client, request: PullRequest) -> ImportProgress:
    """Pull once and wait for the end; a pull of the source that somebody else began by hand is joined.

    Raises NotFoundError for a source that the city does not have, what its server made impossible, and UnavailableError.
    """
    try:
        handle = await temporal.start_workflow(
            PullReports.run,
            request,
            id=f"pull-now/{request.source}",
            task_queue=PULLS,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            rpc_timeout=LONGEST_CALL,
        )
        return await handle.result()
    except WorkflowFailureError as error:
        raise as_raised(error.cause) from error
    except (RPCError, RuntimeError) as error:
        raise temporal_away(DUTY) from error
