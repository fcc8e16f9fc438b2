"""All that a command needs to ask Pesut something: clients of servers that run for as long as it needs them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from workflows.client import PesutClient, open_client

from cli.servers import servers
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.contracts import Principal
from pesut.database.engine import connect
from pesut.principals.store import local_principal
from pesut.settings import Settings


@dataclass(frozen=True)
class Running:
    """`principal` is who the local command line is."""

    settings: Settings
    city: City
    engine: AsyncEngine
    client: PesutClient
    principal: Principal


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Running]:
    """Pesut, attached to or started for this block. Raises as `cli.servers.servers` does."""
    with servers(settings) as found:
        assert found.database_url is not None
        engine = connect(found.database_url)
        try:
            async with open_client(found, engine) as client:
                principal = await local_principal(engine, found.data_dir)
                yield Running(found, read_city(found.city), engine, client, principal)
        finally:
            await engine.dispose()
