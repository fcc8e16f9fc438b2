"""The moments at which things become known.

Evidence "as of T" must give the same rows for ever, so no row may become visible later under a `recorded_at` <= T. Writers
therefore hold a shared advisory lock from the moment they stamp their rows until they commit; a reader takes the exclusive
lock for the instant in which it picks T. Then every row stamped at or before T is committed, and none can follow.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.database.locks import AdvisoryLock
from pesut.errors import UnavailableError

LONGEST_WAIT = "5s"  # for the batches in flight to commit; they are kept shorter than a second


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncGenerator[tuple[AsyncConnection, datetime]]:
    """One transaction for rows of versioned tables, with the `recorded_at` (UTC) to stamp them with.

    Keep it short: every new question waits for it. Commits at the end, rolls back on an error.
    """
    async with engine.begin() as connection:
        await connection.execute(
            text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": AdvisoryLock.RECORDING.value}
        )
        yield connection, await _clock(connection)


async def known_moment(engine: AsyncEngine) -> datetime:
    """A moment (UTC) up to which everything recorded is committed, so that what is read as of it never changes.

    Raises UnavailableError when writers do not finish within LONGEST_WAIT.
    """
    async with engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'"))
        try:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": AdvisoryLock.RECORDING.value})
        except OperationalError as error:
            raise UnavailableError(
                "The database is taking in data and did not pause in time.", remedy="Ask again in a few seconds."
            ) from error
        return await _clock(connection)


async def known_by(engine: AsyncEngine, moment: datetime) -> datetime:
    """The moment (UTC), or the newest known one where it lies ahead. Raises as `known_moment` does."""
    return min(moment.astimezone(UTC), await known_moment(engine))


async def moment_now(engine: AsyncEngine) -> datetime:
    """The database's clock (UTC), for who only looks: what is read as of it may yet change, so nothing may rest on it."""
    async with engine.connect() as connection:
        return await _clock(connection)


async def _clock(connection: AsyncConnection) -> datetime:
    moment: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return moment
