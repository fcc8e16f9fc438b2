"""The gateway gives typed answers or one of three errors, whatever the server does."""

import asyncio
import time
from datetime import timedelta

import pytest
from pydantic import BaseModel

from pesut.llm import Gateway, Message, ModelOutputError, ModelRefusedError, ModelUnavailableError, Usage
from tests.integration.llm.scripted import Reply, ScriptedServer


class Fruit(BaseModel):
    name: str
    count: int


ASKED = [Message("system", "You name fruit."), Message("user", "Which?")]
GOOD = {"name": "durian", "count": 3}


async def test_an_answer_that_fits_is_typed_and_counted(gateway: Gateway, server: ScriptedServer) -> None:
    server.will(GOOD)
    answer = await gateway.complete(ASKED, Fruit)
    assert answer.value == Fruit(name="durian", count=3)
    assert answer.usage == Usage(calls=1, input_tokens=11, output_tokens=7)
    [asked] = server.asked
    assert asked["response_format"]["json_schema"]["schema"] == Fruit.model_json_schema()
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["temperature"] == 0


@pytest.mark.parametrize(
    "content",
    ['```json\n{"name": "durian", "count": 3}\n```', 'Tentu! {"name": "durian", "count": 3} Semoga membantu.'],
)
async def test_words_around_the_object_do_no_harm(gateway: Gateway, server: ScriptedServer, content: str) -> None:
    server.will(content)
    assert (await gateway.complete(ASKED, Fruit)).value.name == "durian"


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply("durian, tiga buah"), "Invalid JSON"),
        (Reply('{"name": "durian", "count"'), "Invalid JSON"),
        (Reply('{"name": "durian", "count": "banyak"}'), "count: Input should be a valid integer"),
        (Reply('{"name": "durian"}'), "count: Field required"),
        (Reply("[]"), "Input should be an object"),
        (Reply(""), "Invalid JSON"),
        (Reply('{"name": "dur', finish="length"), "cut off"),
    ],
)
async def test_another_answer_than_asked_for_is_told_with_what_it_cost(
    gateway: Gateway, server: ScriptedServer, reply: Reply, problem: str
) -> None:
    server.will(reply)
    with pytest.raises(ModelOutputError, match=problem) as caught:
        await gateway.complete(ASKED, Fruit)
    assert caught.value.said == reply.content
    assert caught.value.usage.output_tokens == 7
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "reply", [Reply(status=500), Reply(status=503), Reply(status=429), Reply("{}", cut=True), Reply(raw="<html>")]
)
async def test_a_server_in_trouble_is_away_and_is_not_asked_again(
    gateway: Gateway, server: ScriptedServer, reply: Reply
) -> None:
    server.will(reply)
    with pytest.raises(ModelUnavailableError) as caught:
        await gateway.complete(ASKED, Fruit)
    assert caught.value.retryable
    assert len(server.asked) == 1


async def test_a_slow_server_is_left_when_time_is_up(gateway: Gateway, server: ScriptedServer) -> None:
    server.will(Reply("{}", delay=20))
    begun = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="within 2 s"):
        await gateway.complete(ASKED, Fruit)
    assert time.monotonic() - begun < 4
    assert server.gone.wait(2)


async def test_a_cancelled_call_hangs_up(server: ScriptedServer) -> None:
    gateway = Gateway("openai/scripted", base_url=server.address, timeout=timedelta(seconds=60))
    server.will(Reply("{}", delay=20))
    asking = asyncio.create_task(gateway.complete(ASKED, Fruit))
    async with asyncio.timeout(10):
        while not server.asked:
            await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await asyncio.to_thread(server.gone.wait, 3)


async def test_nobody_at_the_address_is_away() -> None:
    gateway = Gateway("openai/scripted", base_url="http://127.0.0.1:9/v1", timeout=timedelta(seconds=5))
    with pytest.raises(ModelUnavailableError):
        await gateway.complete(ASKED, Fruit)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_a_refusal_says_what_to_check_and_keeps_the_key(
    gateway: Gateway, server: ScriptedServer, status: int
) -> None:
    server.will(Reply(status=status, raw='{"error": {"message": "wrong key sk-secret"}}'))
    with pytest.raises(ModelRefusedError) as caught:
        await gateway.complete(ASKED, Fruit)
    assert "PESUT_MODEL" in caught.value.remedy
    assert "sk-secret" not in str(caught.value)


async def test_a_server_without_schemas_is_asked_in_words_from_then_on(
    gateway: Gateway, server: ScriptedServer
) -> None:
    server.will(*[Reply('{"name": "salak", "count": 1}', schemas=False)] * 3)
    for _ in range(2):
        assert (await gateway.complete(ASKED, Fruit)).value.name == "salak"
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]
    assert '"count"' in server.said(-1)
