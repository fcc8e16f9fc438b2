"""Reports that are sent over the API take the path of imported ones, once, and what was answered is there."""

import asyncio
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Role
from pesut.intake.mapping import ImportKind
from pesut.intake.report_intake import AT_ONCE, MOST_WAITING
from tests.integration.intake.conftest import Importer
from tests.integration.reports.conftest import Desk

PATH = "/v1/reports"
PEST = {
    "id": "1", "text": "Wereng menyerang sawah, hubungi 081200004321", "submitted_at": "2026-06-01T08:00:00+07:00",
    "reporter": "Karsa Wiratma",
}  # fmt: skip


def _batch(*reports: dict[str, Any], source: str = "radio-desa") -> dict[str, Any]:
    return {"source": source, "reports": list(reports)}


async def _rows(engine: AsyncEngine, statement: str) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(statement))]


async def test_a_report_is_masked_decided_sealed_and_audited(desk: Desk, regency: AsyncEngine) -> None:
    answer = await desk.post(PATH, _batch(PEST))
    assert (answer.status_code, answer.json()["created"]) == (201, 1)
    (stored,) = await _rows(
        regency,
        "SELECT body, category, agency_code, s.channel, r.reporter <> '' AND r.reporter NOT LIKE '%arsa%', o.report_id IS NOT NULL"
        " FROM report r JOIN report_state s ON s.report_id = r.id LEFT JOIN report_original o ON o.report_id = r.id",
    )
    assert stored == ("Wereng menyerang sawah, hubungi [telepon]", "hama", "dinas_tani", "api", True, True)
    acts = await _rows(regency, "SELECT subject, detail->>'created' FROM audit_log WHERE action = 'reports.push'")
    assert acts == [("radio-desa", "1")]
    assert "4321" not in str(await _rows(regency, "SELECT * FROM receipt")) + str(acts)


async def test_it_is_one_report_with_what_a_file_tells_of_it(
    desk: Desk, regency: AsyncEngine, arriving: Importer
) -> None:
    await arriving.text(
        ImportKind.REPORTS,
        f'id,isi,tanggal,pelapor\n1,"{PEST["text"]}",01/06/2026 08:00,Karsa Wiratma\n',
        name="radio-desa.csv",
    )
    answer = (await desk.post(PATH, _batch(PEST | {"status": "rampung"}))).json()
    assert (answer["created"], answer["corrected"]) == (0, 1)
    states = await _rows(regency, "SELECT status, category, channel FROM report_state ORDER BY recorded_at")
    assert states == [("baru", "hama", "import"), ("rampung", "hama", "import")]
    other = await desk.post(PATH, _batch(PEST | {"text": "Sapi sakit"}))
    assert other.status_code == 422
    assert "with another title" in other.json()["errors"][0]


async def test_a_key_makes_a_delivery_happen_once(desk: Desk, regency: AsyncEngine) -> None:
    unnamed = {name: value for name, value in PEST.items() if name != "id"}
    first = await desk.post(PATH, _batch(unnamed), key="batch-1")
    again = await desk.post(PATH, _batch(unnamed), key="batch-1")
    assert again.json() == first.json() | {"repeated": True}
    assert (await desk.post(PATH, _batch(unnamed | {"text": "Lain"}), key="batch-1")).status_code == 409
    assert (await desk.post(PATH, _batch(unnamed), Role.ANALYST, key="batch-1")).json()["repeated"] is False
    assert await _rows(regency, "SELECT count(*) FROM report") == [(1,)]


async def test_what_cannot_be_stored_is_listed_and_the_rest_goes_in(desk: Desk, regency: AsyncEngine) -> None:
    bad = [PEST | {"id": "2", "submitted_at": "kapan-kapan 081200004321"}, PEST | {"id": "3", "text": "x" * 100_001}]
    answer = (await desk.post(PATH, _batch(PEST, *bad))).json()
    assert (answer["accepted"], answer["rejected"]) == (1, 2)
    assert [(each["row"], each["column"]) for each in answer["rejects"]] == [(2, "submitted_at"), (3, "text")]
    assert "4321" not in str(answer)
    refused = await desk.post(PATH, _batch(*bad), key="bad")
    assert (refused.status_code, len(refused.json()["errors"])) == (422, 2)
    mended = await desk.post(PATH, _batch(PEST | {"id": "2"}), key="bad")
    assert (mended.status_code, mended.json()["created"]) == (201, 1)


async def test_too_much_is_refused_with_a_problem_document(desk: Desk) -> None:
    many = await desk.post(PATH, _batch(*[PEST | {"id": str(number)} for number in range(501)]))
    assert many.status_code == 422
    large = await desk.post(PATH, _batch(PEST | {"text": "x" * 5_000_000}))
    assert large.status_code == 413
    crowd = [desk.post(PATH, _batch(PEST | {"id": str(number)})) for number in range(AT_ONCE + MOST_WAITING + 12)]
    answers = await asyncio.gather(*crowd)
    assert {answer.status_code for answer in answers} == {201, 429}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.headers["retry-after"]
    for answer in (many, large, refused):
        assert answer.headers["content-type"] == "application/problem+json"


async def test_who_may_not_send_is_refused(desk: Desk) -> None:
    for role in (Role.MAYOR, Role.REVIEWER, Role.INSPECTOR):
        assert (await desk.post(PATH, _batch(PEST), role)).status_code == 403
    assert (await desk.http.post(PATH, json=_batch(PEST))).status_code == 401
