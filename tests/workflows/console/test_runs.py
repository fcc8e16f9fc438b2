"""Runs in the console: found, opened step by step with personal data masked, stopped, and asked again."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies, providing
from agents.reasoners.offline import OfflineReasoner
from pesut.city.loader import read_city
from pesut.contracts import MetricQuery, MetricStep, Plan, RunStatus, new_id
from pesut.errors import UnavailableError
from pesut.runs import NewRun, admit, question_of, run_of
from pesut.runs.searching import RunSearch, find_runs
from pesut.runs.trace import tries_of
from pesut.settings import Settings
from tests.workflows.conftest import HIGHLAND, PlannedReasoner
from tests.workflows.console.conftest import Office
from workflows.client import connect_temporal
from workflows.worker import question_worker

PESTS = "Berapa keluhan hama dalam 30 hari terakhir?"
PERSONAL = f"{PESTS} Hubungi 0812-3456-7890."
COUNTED = Plan(steps=(MetricStep(query=MetricQuery(metric="jumlah_keluhan")),))


def _dependencies(office: Office, reasoner: OfflineReasoner | None = None) -> AgentDependencies:
    chosen = reasoner or OfflineReasoner()
    return AgentDependencies(engine=office.engine, city=read_city(HIGHLAND), reasoner=lambda: chosen)


async def _admitted(office: Office, text: str, role: str = "mayor") -> UUID:
    run_id, _ = await admit(office.engine, NewRun(office.people[role].id, str(new_id()), text), 100)
    return run_id


async def _answered(office: Office, text: str, role: str = "mayor") -> UUID:
    run = await run_of(office.engine, await _admitted(office, text, role))
    await run_in_process(await question_of(office.engine, run), _dependencies(office))
    return run.id


@asynccontextmanager
async def _worker(office: Office, settings: Settings, reasoner: OfflineReasoner | None = None) -> AsyncGenerator[None]:
    dependencies = _dependencies(office, reasoner)
    with providing(dependencies):
        async with question_worker(await connect_temporal(settings), dependencies, settings):
            yield


async def _ended(office: Office, run_id: UUID) -> RunStatus:
    async with asyncio.timeout(60):
        while (status := (await run_of(office.engine, run_id)).status) is RunStatus.RUNNING:
            await asyncio.sleep(0.05)
    return status


async def test_a_run_is_opened_step_by_step_with_personal_data_masked(office: Office) -> None:
    run_id = await _answered(office, PERSONAL)
    page = (await office["operator"].get(f"/konsol/pengerjaan/{run_id}")).text
    for said in ("Memahami pertanyaan", "Menghitung dari data kota", "jumlah_keluhan", "panggilan alat", "[telepon]"):
        assert said in page
    assert "http://temporal.example:8233/namespaces/default/workflows/answer%2F" in page
    assert "0812" not in page
    assert "40 keluhan" not in page, "what rests on the mayor's sight is not shown to an operator"
    assert "40 keluhan" in (await office["inspector"].get(f"/konsol/pengerjaan/{run_id}")).text
    trace = (await office["operator"].get(f"/v1/operations/runs/{run_id}")).json()
    assert [each["node"] for each in trace["tries"]][:2] == ["plan", "look_up"]
    assert trace["tries"][-1]["node"] == "conclude"
    assert trace["tries"][-1]["gave"]["claims"] >= 1
    assert "0812" not in str(trace)
    (called, *_) = trace["tries"][1]["tools"]
    assert (called["tool"], called["label"], called["rows"]) == ("metric", "E1", 1)


async def test_runs_are_found_by_what_is_known_of_them(office: Office) -> None:
    mayors, operators = await _answered(office, PESTS), await _answered(office, PESTS, "operator")

    async def found(**search: object) -> set[UUID]:
        return {each.id for each in await find_runs(office.engine, RunSearch.model_validate(search))}

    assert {mayors, operators} <= await found()
    assert await found(who="OPERA") & {mayors, operators} == {operators}
    assert mayors in await found(agent="data_lookup", status="finished")
    assert mayors not in await found(agent="report_analysis")
    assert mayors not in await found(error="x")
    assert mayors not in await found(slower=3600)
    assert mayors not in await found(until="2020-01-01T00:00:00Z")
    assert operators not in await found(before=str(operators))
    asked = await office["operator"].get("/konsol/pengerjaan?siapa=mayor&status=finished&agen=&dari=&sampai=&lama=")
    assert str(mayors) in asked.text and str(operators) not in asked.text
    nothing = await office["operator"].get("/konsol/pengerjaan?siapa=nobody&status=")
    assert "Tidak ada pengerjaan yang cocok" in nothing.text


async def test_what_was_tried_again_is_told(office: Office, settings: Settings) -> None:
    reasoner = PlannedReasoner({PESTS: COUNTED}, [UnavailableError("Model away.")])
    async with _worker(office, settings, reasoner):
        run_id, _ = await office.client.ask(NewRun(office.people["mayor"].id, str(new_id()), PESTS))
        assert await _ended(office, run_id) is RunStatus.FINISHED
    first, second, *_ = await tries_of(office.engine, run_id)
    assert (first.node, second.node) == ("plan", "plan")
    assert (first.error, second.error) == ("Model away.", "")
    assert "percobaan ke-2" in (await office["operator"].get(f"/konsol/pengerjaan/{run_id}")).text


async def test_a_run_is_cancelled_once(office: Office, settings: Settings) -> None:
    run_id, _ = await office.client.ask(NewRun(office.people["mayor"].id, str(new_id()), PESTS))
    operator, address = office["operator"], f"/konsol/pengerjaan/{run_id}/batalkan"
    assert "Batalkan pengerjaan ini?" in (await operator.get(address)).text
    assert (await office["mayor"].post(address, data={"key": str(uuid4())})).status_code == 403
    form = {"key": str(uuid4())}
    for _ in range(2):
        assert (await operator.post(address, data=form)).status_code == 303
    assert await office.acts() == ["run.cancel"]
    async with _worker(office, settings):
        assert await _ended(office, run_id) is RunStatus.CANCELLED
    assert (await operator.post(address, data={"key": str(uuid4())})).headers[
        "location"
    ] == f"/konsol/pengerjaan/{run_id}"
    late = await operator.post(f"/v1/operations/runs/{run_id}/cancel", json={"key": str(uuid4())})
    assert late.status_code == 409
    assert await office.acts() == ["run.cancel"], "what is refused is not kept"


async def test_a_run_that_does_not_listen_is_ended(office: Office) -> None:
    run_id, _ = await office.client.ask(NewRun(office.people["mayor"].id, str(new_id()), PESTS))
    order, address = {"key": str(uuid4())}, f"/v1/operations/runs/{run_id}/terminate"
    for ended in [await office["operator"].post(address, json=order) for _ in range(2)]:
        assert (ended.status_code, ended.json()["status"]) == (200, "cancelled")
        assert "terminated by the operator operator" in ended.json()["error"]
    assert await office.acts() == ["run.terminate"]
    other = await office["operator"].post(f"/v1/operations/runs/{run_id}/rerun", json=order)
    assert other.status_code == 409, "a key is for one act"


async def test_a_question_is_asked_again_and_both_are_compared(office: Office, settings: Settings) -> None:
    first = await _answered(office, PESTS)
    form = {"key": str(uuid4()), "offline": "true"}
    async with _worker(office, settings):
        answers = [await office["operator"].post(f"/konsol/pengerjaan/{first}/ulangi", data=form) for _ in range(2)]
        address = answers[0].headers["location"]
        assert answers[1].headers["location"] == address
        again = UUID(address.rpartition("/")[2])
        assert await _ended(office, again) is RunStatus.FINISHED
    run = await run_of(office.engine, again)
    assert (run.repeats, run.reasoner, run.question) == (first, "offline", PESTS)
    assert run.principal_id == office.people["operator"].id
    assert await office.acts() == ["run.rerun"]
    compared = (await office["operator"].get(f"/konsol/pengerjaan/{first}/banding/{again}")).text
    assert "metric jumlah_keluhan" in compared
    assert "beda" in compared


@pytest.mark.parametrize("role", ["mayor", "reviewer", "analyst", "inspector"])
async def test_only_operators_act_and_only_the_console_reads(office: Office, role: str) -> None:
    run_id, http = await _admitted(office, PESTS), office[role]
    reads = 200 if role == "inspector" else 403
    for address in ("/konsol", "/konsol/pengerjaan", f"/konsol/pengerjaan/{run_id}", "/v1/operations/runs"):
        assert (await http.get(address)).status_code == reads
    for act in ("batalkan", "hentikan", "ulangi"):
        address = f"/konsol/pengerjaan/{run_id}/{act}"
        assert (await http.post(address, data={"key": str(uuid4())})).status_code == 403
    for act in ("cancel", "terminate", "rerun"):
        address = f"/v1/operations/runs/{run_id}/{act}"
        assert (await http.post(address, json={"key": str(uuid4())})).status_code == 403
    assert await office.acts() == []


async def test_a_form_of_another_site_stops_nothing(office: Office) -> None:
    run_id = await _admitted(office, PESTS)
    stranger = {"Origin": "https://evil.example"}
    address = f"/konsol/pengerjaan/{run_id}/hentikan"
    refused = await office["operator"].post(address, data={"key": str(uuid4())}, headers=stranger)
    assert refused.status_code == 403
    assert await office.acts() == []
