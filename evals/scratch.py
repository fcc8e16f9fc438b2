"""A database of its own for what writes, dropped afterwards."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.load import write_city
from pesut.city.loader import CityFolder
from pesut.database.engine import connect
from pesut.database.migrate import upgrade
from pesut.errors import UnavailableError


@asynccontextmanager
async def scratch_city(beside: AsyncEngine, folder: CityFolder) -> AsyncGenerator[AsyncEngine]:
    """A fresh database with the city. Raises what `scratch_database` raises."""
    async with scratch_database(beside) as engine:
        await write_city(engine, folder)
        yield engine


@asynccontextmanager
async def scratch_database(beside: AsyncEngine) -> AsyncGenerator[AsyncEngine]:
    """A fresh database with the schema, on the same server as `beside`.

    Raises UnavailableError where the server does not let this user make databases.
    """
    name = f"scratch_{uuid4().hex[:12]}"
    await _administer(beside, f"CREATE DATABASE {name}")
    try:
        url = beside.url.set(database=name).render_as_string(hide_password=False)
        upgrade(url)
        engine = connect(url)
        try:
            yield engine
        finally:
            await engine.dispose()
    finally:
        await _administer(beside, f"DROP DATABASE {name} WITH (FORCE)")


async def _administer(engine: AsyncEngine, statement: str) -> None:
    try:
        async with engine.connect() as connection:
            apart = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await apart.execute(text(statement))
    except DBAPIError as error:
        raise UnavailableError(
            f"A database to try things in cannot be made: {error.orig}",
            remedy="Give the user of PESUT_DATABASE_URL the right to make databases (CREATEDB).",
        ) from error
