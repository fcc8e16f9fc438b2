"""The database for a command that only reads, without what asking questions needs to import."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from cli.servers import servers
from pesut.contracts import Principal
from pesut.database.engine import connect
from pesut.principals.store import local_principal
from pesut.settings import Settings


@dataclass(frozen=True)
class Reading:
    """`principal` is who the local command line is."""

    settings: Settings
    engine: AsyncEngine
    principal: Principal


@asynccontextmanager
async def reading(settings: Settings) -> AsyncGenerator[Reading]:
    """The database, attached to or started for this block. Raises as `cli.servers.servers` does."""
    with servers(settings, work=False) as found:
        async with connected(found) as pesut:
            yield pesut


@asynccontextmanager
async def connected(settings: Settings) -> AsyncGenerator[Reading]:
    """A connection pool for servers that run."""
    assert settings.database_url is not None
    engine = connect(settings.database_url)
    try:
        yield Reading(settings, engine, await local_principal(engine, settings.data_dir))
    finally:
        await engine.dispose()
