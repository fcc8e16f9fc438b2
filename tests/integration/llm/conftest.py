"""One scripted model server for the session."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from pesut.llm import Gateway
from tests.integration.llm.scripted import ScriptedServer, serving

LIMIT = timedelta(seconds=2)


@pytest.fixture(scope="session")
def server() -> Iterator[ScriptedServer]:
    with serving() as scripted:
        yield scripted


@pytest.fixture(scope="session", autouse=True)
async def litellm_is_loaded() -> None:
    """Importing it takes seconds, which no test's time limit should include."""
    await Gateway("openai/scripted", base_url="http://127.0.0.1:9/v1").warm_up()


@pytest.fixture
def gateway(server: ScriptedServer) -> Gateway:
    return Gateway("openai/scripted", base_url=server.address, api_key="sk-secret", timeout=LIMIT)
