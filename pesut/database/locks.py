"""PostgreSQL's advisory locks, which are mere numbers: numbered in one place, so that no two purposes wait for each other."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from enum import IntEnum, unique

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


@unique
class AdvisoryLock(IntEnum):
    RECORDING = 7_064_213  # rows under one moment; see pesut.database.moment
    MIGRATION = 7_064_214
    ADMISSION = 7_064_215
    VECTORS = 7_064_216  # one refresh of vectors at a time, which may take minutes
    LINKS = 7_064_217  # one refresh of links between reports at a time
    THEMES = 7_064_218  # one change of themes at a time


@asynccontextmanager
async def alone(engine: AsyncEngine, lock: AdvisoryLock) -> AsyncGenerator[AsyncConnection | None]:
    """A connection, with no transaction open, while nobody else holds the lock; None at once where somebody does."""
    key = literal(lock.value)
    async with engine.connect() as connection:
        if not (await connection.execute(select(func.pg_try_advisory_lock(key)))).scalar_one():
            yield None
            return
        await connection.commit()
        try:
            yield connection
        finally:
            await connection.execute(select(func.pg_advisory_unlock(key)))
