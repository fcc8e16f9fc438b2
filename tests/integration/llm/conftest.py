"""One scripted model server for the session."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pydantic import BaseModel

from pesut.llm import Gateway, Message
from tests.integration.llm.scripted import ScriptedServer, serving

LIMIT = timedelta(seconds=2)


@pytest.fixture(scope="session")
def server() -> Iterator[ScriptedServer]:
    with serving() as scripted:
        yield scripted


class _Anything(BaseModel):
    """What a first call asks for."""


@pytest.fixture(scope="session", autouse=True)
async def litellm_is_loaded(server: ScriptedServer) -> None:
    """Its import and its first call take seconds, which no test's time limit should include."""
    server.will({})
    await Gateway("openai/scripted", base_url=server.address, timeout=timedelta(minutes=5)).complete(
        [Message("user", "?")], _Anything
    )


@pytest.fixture
def gateway(server: ScriptedServer) -> Gateway:
    return Gateway("openai/scripted", base_url=server.address, api_key="sk-secret", timeout=LIMIT)
