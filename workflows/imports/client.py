"""Starting, watching and cancelling imports."""

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, ApplicationError, CancelledError, ChildWorkflowError
from temporalio.service import RPCError, RPCStatusCode

from pesut import errors
from pesut.errors import ConflictError, InvalidInputError, PesutError, UnavailableError
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.orders import ImportOrder, ImportProgress
from workflows.calling import LONGEST_CALL, temporal_away
from workflows.imports.messages import IMPORTS
from workflows.imports.workflow import ImportFile

DUTY = "keeps imports going"


async def start_import(temporal: Client, order: ImportOrder) -> "RunningImport":
    """Start the import of a file that was kept (`ImportWork.keep`); one of the same order that runs is joined.

    Raises UnavailableError when Temporal is away.
    """
    try:
        handle = await temporal.start_workflow(
            ImportFile.run,
            order,
            id=f"import/{order.id}",
            task_queue=IMPORTS,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            rpc_timeout=LONGEST_CALL,
        )
    except (RPCError, RuntimeError) as error:
        raise temporal_away(DUTY) from error
    return RunningImport(handle)


class RunningImport:
    """An import that was started."""

    def __init__(self, handle: WorkflowHandle[ImportFile, ImportProgress]) -> None:
        self._handle = handle

    async def progress(self) -> ImportProgress | None:
        """How far it is; None while no worker answers. Raises UnavailableError when Temporal is away."""
        try:
            return await self._handle.query(ImportFile.progress, rpc_timeout=LONGEST_CALL)
        except RPCError as error:
            if error.status in {RPCStatusCode.UNAVAILABLE, RPCStatusCode.NOT_FOUND}:
                raise temporal_away(DUTY) from error
            return None

    async def result(self) -> ImportProgress:
        """Waits for the end. Raises what kept the file from being imported, and ConflictError when it was cancelled."""
        try:
            return await self._handle.result()
        except WorkflowFailureError as error:
            raise as_raised(error.cause) from error
        except RPCError as error:
            raise temporal_away(DUTY) from error

    async def cancel(self) -> None:
        """Stop after the batch under way; what was loaded stays, and the same import later goes on from there."""
        try:
            await self._handle.cancel(rpc_timeout=LONGEST_CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise temporal_away(DUTY) from error


def as_raised(cause: BaseException | None) -> PesutError:
    """The error that an activity raised, by its name."""
    if isinstance(cause, CancelledError):
        return ConflictError("The import was cancelled.", remedy="Run it again to go on from where it was.")
    while isinstance(cause, ActivityError | ChildWorkflowError) and cause.cause is not None:
        cause = cause.cause
    if not isinstance(cause, ApplicationError):
        return UnavailableError(f"The import failed: {cause}.", remedy="See `pesut doctor`, then run it again.")
    known = {UnusableFileError.__name__: UnusableFileError, **vars(errors)}
    kind = known.get(cause.type or "", InvalidInputError)
    return (
        kind(cause.message)
        if isinstance(kind, type) and issubclass(kind, PesutError)
        else InvalidInputError(cause.message)
    )
