"""What of a failing activity is worth another try, and the sign of life while one works."""

import asyncio
import contextlib
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from pesut.errors import PesutError

TRIES_OF_A_FAULT = 3  # an unexpected error may be a hiccup; more often it is a fault that stays
_AWAY = (OSError, TimeoutError)


class ActivityHabits(Interceptor):
    """Gives every activity heartbeats and errors that say whether they may be retried."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Habits(next)


class _Habits(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        beating = asyncio.create_task(_beat())
        try:
            return await self.next.execute_activity(input)
        except Exception as error:
            raise judged(error, activity.info().attempt) from error
        finally:
            beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await beating


async def _beat() -> None:
    """Tells the server that the worker is alive, and lets it tell that the run was cancelled."""
    limit = activity.info().heartbeat_timeout
    while limit:
        await asyncio.sleep(limit.total_seconds() / 3)
        activity.heartbeat()


def judged(error: Exception, attempt: int) -> Exception:
    """The error as Temporal is to treat it: expected ones by what they say of themselves, a server that is away for as
    long as the activity may take, anything else a few times.
    """
    if isinstance(error, ApplicationError):
        return error
    if isinstance(error, PesutError):
        return ApplicationError(str(error), type=type(error).__name__, non_retryable=not error.retryable)
    if _is_away(error):
        said = "The database does not answer. Ask again in a few seconds."
        return ApplicationError(said, type="UnavailableError")
    return ApplicationError(
        "Pesut made a mistake.", repr(error), type=type(error).__name__, non_retryable=attempt >= TRIES_OF_A_FAULT
    )


def _is_away(error: Exception) -> bool:
    from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
    from sqlalchemy.exc import TimeoutError as PoolTimeout

    broken = isinstance(error, DBAPIError) and error.connection_invalidated
    return broken or isinstance(error, (OperationalError, InterfaceError, PoolTimeout, *_AWAY))
