"""All that a command needs to ask Pesut something: clients of servers that run for as long as it needs them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cli.reading import Reading, connected
from cli.servers import servers
from pesut.city.loader import read_city
from pesut.city.models import City
from pesut.settings import Settings
from workflows.client import PesutClient, open_client


@dataclass(frozen=True)
class Running(Reading):
    """Everything: `client` asks questions."""

    city: City
    client: PesutClient


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Running]:
    """All of Pesut, attached to or started for this block. Raises as `cli.servers.servers` does."""
    with servers(settings) as found:
        async with connected(found) as pesut, open_client(found, pesut.engine) as client:
            yield Running(found, pesut.engine, pesut.principal, read_city(found.city), client)
