"""Expected errors on their way through Temporal, by name."""

from temporalio.exceptions import ActivityError, ApplicationError

from pesut import errors
from pesut.errors import PesutError


def refusal(error: PesutError) -> ApplicationError:
    """For a validator to raise: nothing is kept of what it refuses."""
    return ApplicationError(str(error), type=type(error).__name__, non_retryable=True)


def refused(cause: BaseException | None) -> PesutError | None:
    """The error that a validator or an activity raised; None for any other."""
    while isinstance(cause, ActivityError):
        cause = cause.cause
    kind = getattr(errors, getattr(cause, "type", None) or "", None)
    if isinstance(kind, type) and issubclass(kind, PesutError) and isinstance(cause, ApplicationError):
        return kind(cause.message)
    return None
