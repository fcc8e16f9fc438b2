"""The kill switches: flipped by operators alone, in force at once, and kept for ever."""

import asyncio

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agents.reasoners.model import ModelReasoner
from pesut.diagnosis import database_checks
from pesut.errors import AnsweringOffError
from pesut.llm import Gateway
from pesut.runs import NewRun
from pesut.settings import Settings
from pesut.switches import Switch, flip
from tests.workflows.console.conftest import Office
from workflows.worker import reasoner_for

OFF = {"on": "false", "why": "Angka banjir keliru"}


async def _ask(http: httpx.AsyncClient, key: str = "") -> httpx.Response:
    conversation = (await http.post("/v1/conversations")).json()["id"]
    headers = {"Idempotency-Key": key} if key else {}
    message = {"text": "Berapa keluhan hama?"}
    return await http.post(f"/v1/conversations/{conversation}/messages", json=message, headers=headers)


async def test_answering_goes_off_and_on_at_once(office: Office) -> None:
    operator, mayor = office["operator"], office["mayor"]
    assert "Matikan: Menjawab pertanyaan?" in (await operator.get("/konsol/sakelar/answering")).text
    for _ in range(2):
        assert (await operator.post("/konsol/sakelar/answering", data=OFF)).status_code == 303
    assert await office.acts() == ["switch.off"], "a second press does nothing more"
    refused = await _ask(mayor)
    assert (refused.status_code, refused.json()["type"]) == (503, "urn:pesut:problem:answering-off")
    assert "Angka banjir keliru" in refused.json()["detail"]
    page = await mayor.post("/tanya", data={"question": "Berapa keluhan hama?", "key": "k"})
    assert page.status_code == 503
    assert "Pesut sedang tidak menjawab" in page.text
    assert "Pesut sedang tidak menjawab" in (await mayor.get("/")).text
    assert "Angka banjir keliru" in (await operator.get("/konsol")).text
    states = (await office["inspector"].get("/v1/switches")).json()
    assert [(each["switch"], each["on"]) for each in states] == [("answering", False), ("models", True)]
    turned = await operator.post("/v1/switches/answering", json={"on": True, "why": "Sudah benar"})
    assert turned.json()["on"] is True
    assert (await _ask(mayor)).status_code == 202
    shown = (await operator.get("/konsol/sakelar")).text
    assert "Angka banjir keliru" in shown and "Sudah benar" in shown


async def test_what_was_taken_in_before_is_found_again(office: Office) -> None:
    client, mayor = office.client, office.people["mayor"]
    before = await client.ask(NewRun(mayor.id, "once", "Berapa keluhan hama?"))
    await office["operator"].post("/konsol/sakelar/answering", data=OFF)
    assert await client.ask(NewRun(mayor.id, "once", "Berapa keluhan hama?")) == before
    with pytest.raises(AnsweringOffError):
        await client.ask(NewRun(mayor.id, "other", "Berapa keluhan hama?"))


async def test_models_off_are_not_asked(office: Office) -> None:
    gateway = Gateway("openai/none", base_url="http://127.0.0.1:9")
    await flip(office.engine, office.people["operator"], Switch.MODELS, on=False, why="Biaya")
    reasoner = reasoner_for(gateway, office.engine)()
    assert isinstance(reasoner, ModelReasoner)
    assert not await reasoner._allowed()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("role", ["mayor", "reviewer", "analyst", "inspector"])
async def test_only_operators_flip(office: Office, role: str) -> None:
    http = office[role]
    reads = 200 if role == "inspector" else 403
    assert (await http.get("/konsol/sakelar")).status_code == reads
    assert (await http.get("/v1/switches")).status_code == reads
    assert (await http.post("/konsol/sakelar/answering", data=OFF)).status_code == 403
    assert (await http.post("/v1/switches/answering", json={"on": False, "why": "x"})).status_code == 403
    assert await office.acts() == []


async def test_a_form_of_another_site_and_one_without_a_reason_are_refused(office: Office) -> None:
    operator = office["operator"]
    stranger = await operator.post("/konsol/sakelar/answering", data=OFF, headers={"Origin": "https://evil.example"})
    assert stranger.status_code == 403
    assert (await operator.post("/konsol/sakelar/answering", data={"on": "false", "why": ""})).status_code == 422
    assert (await operator.post("/v1/switches/answering", json={"on": False, "why": "  "})).status_code == 422
    assert await office.acts() == []


async def test_a_flip_stays_for_ever(office: Office) -> None:
    await office["operator"].post("/konsol/sakelar/models", data=OFF)
    with pytest.raises(DBAPIError, match="only grows"):
        async with office.engine.begin() as connection:
            await connection.execute(text("DELETE FROM switch_act"))


async def test_doctor_says_what_is_off(office: Office, settings: Settings) -> None:
    await office["operator"].post("/konsol/sakelar/answering", data=OFF)
    checks = await asyncio.to_thread(lambda: list(database_checks(settings)))
    said = next(each for each in checks if each.name == "Answering")
    assert said.health == "wrong"
    assert "Angka banjir keliru" in said.detail
    assert "pesut switches on answering" in said.remedy
