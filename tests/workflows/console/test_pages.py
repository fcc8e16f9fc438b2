"""The other parts of the console: sources, schedules, the queue, the catalog, health."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlmodel import col
from temporalio.client import Schedule, ScheduleActionStartWorkflow, ScheduleSpec

from pesut.city.loader import read_city
from pesut.database.tables import FOREVER, ReportRow, ReportStateRow
from pesut.evaluations import store
from pesut.evaluations.comparison import Kept
from pesut.evaluations.contracts import About, EvaluationOrder, Outcome, PlannedCase, Versions
from pesut.evaluations.kept import sum_up
from pesut.intake.observations import write_observations
from tests.workflows.conftest import HIGHLAND
from tests.workflows.console.conftest import Office
from workflows.briefings.schedule import keep_schedule
from workflows.client import QUESTIONS

PAGES = ("", "/pengerjaan", "/antrean", "/sumber", "/jadwal", "/evaluasi", "/katalog", "/keadaan", "/sakelar")


@pytest.mark.parametrize("role", ["operator", "inspector", "mayor", "reviewer", "analyst"])
async def test_operators_and_inspectors_alone_open_the_console(office: Office, role: str) -> None:
    await keep_schedule(office.client.temporal, read_city(HIGHLAND), QUESTIONS)
    for path in PAGES:
        response = await office[role].get(f"/konsol{path}")
        assert response.status_code == (200 if role in {"operator", "inspector"} else 403), path
        assert ("Tidak boleh untuk peran ini" in response.text) is (response.status_code == 403)


async def test_sources_tell_how_fresh_they_are_and_what_was_left_out(office: Office) -> None:
    rows = [
        {"indicator": "suhu", "region": "91.07.02.2001", "observed_at": datetime.now(UTC).isoformat(), "value": "x"}
    ]
    await write_observations(office.engine, read_city(HIGHLAND), rows, source="pos & hujan", key="bad")
    page = (await office["operator"].get("/konsol/sumber")).text
    assert "segar" in page
    assert "/konsol/sumber/ditolak?sumber=pos%20%26%20hujan" in page
    rejects = (await office["operator"].get("/konsol/sumber/ditolak?sumber=pos%20%26%20hujan")).text
    assert "<td>value</td>" in rejects


async def test_a_schedule_is_paused_and_goes_on(office: Office) -> None:
    temporal, operator = office.client.temporal, office["operator"]
    await keep_schedule(temporal, read_city(HIGHLAND), QUESTIONS)
    handle = temporal.get_schedule_handle("briefing")
    assert "Jeda jadwal ini?" in (await operator.get("/konsol/jadwal/briefing/pause")).text
    stranger = {"Origin": "https://evil.example"}
    form = {"key": str(uuid4())}
    assert (await operator.post("/konsol/jadwal/briefing/pause", data=form, headers=stranger)).status_code == 403
    assert (await office["inspector"].post("/konsol/jadwal/briefing/pause", data=form)).status_code == 403
    for _ in range(2):
        assert (await operator.post("/konsol/jadwal/briefing/pause", data=form)).status_code == 303
    assert (await handle.describe()).schedule.state.paused
    await operator.post("/konsol/jadwal/briefing/resume", data={"key": str(uuid4())})
    assert not (await handle.describe()).schedule.state.paused
    again = {"key": str(uuid4())}
    for _ in range(2):
        await operator.post("/konsol/jadwal/briefing/run", data=again)
    assert await office.acts() == ["schedule.pause", "schedule.resume", "schedule.run"]
    assert (await operator.post("/konsol/jadwal/none/run", data={"key": str(uuid4())})).status_code == 404


async def test_a_schedule_of_one_source_is_run_now(office: Office) -> None:
    handle = await office.client.temporal.create_schedule(
        "pull/provinsi", Schedule(ScheduleActionStartWorkflow("none", id="none", task_queue="none"), ScheduleSpec())
    )
    try:
        async with asyncio.timeout(30):  # Temporal lists a moment later what was made
            while "Tarikan laporan: provinsi" not in (await office["operator"].get("/konsol/jadwal")).text:
                await asyncio.sleep(0.05)
        address = "/konsol/jadwal/pull/provinsi/run"
        assert "Tarikan laporan: provinsi" in (await office["operator"].get(address)).text
        assert (await office["operator"].post(address, data={"key": str(uuid4())})).status_code == 303
        assert await office.acts() == ["schedule.run"]
    finally:
        await handle.delete()


async def test_a_person_decides_what_a_machine_could_not(office: Office) -> None:
    await _wait_for_a_person(office, "K-001")
    operator = office["operator"]
    assert "K-001" in (await office["inspector"].get("/konsol/antrean")).text
    form = {"number": "K-001", "agency": "dinas_tani", "category": ""}
    assert (await office["inspector"].post("/konsol/antrean", data=form)).status_code == 403
    assert (await operator.post("/konsol/antrean", data=form | {"agency": "nobody"})).status_code == 422
    assert (await operator.post("/konsol/antrean", data=form)).status_code == 303
    assert await office.acts() == ["report.correct"]
    assert "K-001" not in (await operator.get("/konsol/antrean")).text


async def test_the_catalog_and_health_tell_what_is_there(office: Office) -> None:
    catalog = (await office["operator"].get("/konsol/katalog")).text
    assert "jumlah_keluhan" in catalog
    assert "jumlah_keluhan" not in (await office["operator"].get("/konsol/katalog?cari=tidak+ada")).text
    health = (await office["operator"].get("/konsol/keadaan")).text
    assert "does not poll for work" in health, "no worker runs in this test"
    assert "PostgreSQL" in health


async def _wait_for_a_person(office: Office, number: str) -> None:
    decided = {"agency": {"by": "queue", "candidates": [{"value": "dinas_tani", "confidence": 0.4}]}}
    found = select(col(ReportRow.id)).where(col(ReportRow.number) == number).scalar_subquery()
    current = (col(ReportStateRow.report_id) == found, col(ReportStateRow.superseded_at) == FOREVER)
    async with office.engine.begin() as connection:
        await connection.execute(update(ReportStateRow).where(*current).values(decided=decided))


async def test_pages_are_in_the_language_that_was_chosen(office: Office) -> None:
    operator = office["operator"]
    chosen = await operator.post("/bahasa", data={"language": "en", "back": "/konsol/jadwal?x=1"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/konsol/jadwal?x=1")
    operator.cookies.update(chosen.cookies)
    for path in PAGES:
        page = (await operator.get(f"/konsol{path}")).text
        assert '<html lang="en">' in page
        assert "Operators' console" in page
    assert "No such thing" not in (missing := (await operator.get("/konsol/pengerjaan/x")).text)
    assert "The input cannot be used" in missing
    assert "Konsol operator" in (await office["inspector"].get("/konsol")).text
    operator.cookies.delete("pesut_language")


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
async def test_a_choice_of_language_leads_nowhere_else(office: Office, back: str) -> None:
    chosen = await office["mayor"].post("/bahasa", data={"language": "en", "back": back})
    assert chosen.headers["location"] == "/"
    stranger = {"Origin": "https://evil.example"}
    refused = await office["mayor"].post("/bahasa", data={"language": "en"}, headers=stranger)
    assert refused.status_code == 403
    assert (await office["mayor"].post("/bahasa", data={"language": "xx"})).status_code == 422
    office["mayor"].cookies.delete("pesut_language")


async def test_a_schedule_of_another_name_brings_no_markup_of_its_own(office: Office) -> None:
    page = (await office["operator"].get("/konsol/jadwal/%3Cimg%20src=x%3E/pause")).text
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page


async def test_evaluations_tell_what_flipped_and_why_and_can_be_taken_away(office: Office) -> None:
    runs = [await _evaluated(office, right) for right in (True, False)]
    watcher = office["inspector"]
    every = (await watcher.get("/konsol/evaluasi")).text
    assert all(f"/konsol/evaluasi/{run}/data" in every for run in runs)
    assert (await watcher.get(f"/konsol/evaluasi/{runs[1]}")).status_code == 200
    suite = (await watcher.get(f"/konsol/evaluasi/{runs[1]}/data")).text
    assert suite.index("Menjadi salah") < suite.index("Berapa keluhan?") < suite.index("wanted 2, got 3")
    assert "Ungkapan ke-" in suite
    assert (await watcher.get(f"/konsol/evaluasi/{runs[1]}/safety")).status_code == 404
    kept = Kept.model_validate_json((await watcher.get(f"/konsol/evaluasi/{runs[1]}/ekspor")).text)
    assert [case.outcomes[0].right for case in kept.cases] == [False]


async def _evaluated(office: Office, right: bool) -> UUID:
    run, versions = uuid4(), Versions(catalog_version="c", code_version="v", data_digest="d")
    about = About(topic="t", kind="count", part="open", question="Berapa keluhan?")
    outcome = Outcome(name="t/1", right=right, faults=() if right else ("wanted 2, got 3",), **about.model_dump())
    await store.open_run(office.engine, run, EvaluationOrder(suites=("data",)), versions)
    await store.plan_cases(office.engine, run, [PlannedCase(suite="data", name="t/1", about=about)])
    await store.keep_case(office.engine, run, 0, about, [outcome], 0.5)
    await sum_up(office.engine, run)
    await store.close_evaluation(office.engine, run)
    return run
