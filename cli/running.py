"""All that a command needs to ask Pesut something: clients of servers that run for as long as it needs them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from cli.servers import servers
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.contracts import Principal
from pesut.database.engine import connect
from pesut.principals.store import local_principal
from pesut.settings import Settings
from workflows.client import PesutClient, open_client


@dataclass(frozen=True)
class Reading:
    """The database alone. `principal` is who the local command line is."""

    settings: Settings
    engine: AsyncEngine
    principal: Principal


@dataclass(frozen=True)
class Running(Reading):
    """Everything: `client` asks questions."""

    city: City
    client: PesutClient


@asynccontextmanager
async def reading(settings: Settings) -> AsyncGenerator[Reading]:
    """The database, attached to or started for this block. Raises as `cli.servers.servers` does."""
    with servers(settings, work=False) as found:
        async with _connected(found) as connected:
            yield connected


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Running]:
    """All of Pesut, attached to or started for this block. Raises as `cli.servers.servers` does."""
    with servers(settings) as found:
        async with _connected(found) as connected, open_client(found, connected.engine) as client:
            yield Running(found, connected.engine, connected.principal, read_city(found.city), client)


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncGenerator[Reading]:
    assert settings.database_url is not None
    engine = connect(settings.database_url)
    try:
        yield Reading(settings, engine, await local_principal(engine, settings.data_dir))
    finally:
        await engine.dispose()
