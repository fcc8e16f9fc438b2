"""Reading as somebody: the read-only role, a time limit, and row-level security by the asker's scope."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from pesut.contracts.principal import Scope

READER, FULL_READER = "pesut_reader", "pesut_full_reader"  # the second where nothing is hidden


@asynccontextmanager
async def reading_as(
    engine: AsyncEngine, scope: Scope, limit: timedelta = timedelta(seconds=10)
) -> AsyncGenerator[AsyncConnection]:
    """A read-only transaction in which PostgreSQL shows only what `scope` lets through.

    Statements longer than `limit` are ended by the server (sqlalchemy.exc.OperationalError).
    """
    agencies = "*" if scope.agencies is None else ",".join(scope.agencies)
    async with engine.connect() as connection, connection.begin():
        await connection.execute(
            text(
                "SELECT set_config('transaction_read_only', 'on', true), set_config('role', :role, true),"
                " set_config('statement_timeout', :timeout, true), set_config('pesut.supervision', :supervision, true),"
                " set_config('pesut.agencies', :agencies, true)"
            ),
            {
                "role": FULL_READER if scope.sees_all else READER,
                "timeout": f"{int(limit.total_seconds() * 1000)}ms",
                "supervision": "on" if scope.supervision else "off",
                "agencies": agencies,
            },
        )
        yield connection
