"""Open311 GeoReport v2, served: what its specification says, masked, and the same path for what is sent."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.open311 import Open311Source
from pesut.contracts import Role
from pesut.intake.mapping import ImportKind
from tests.integration.intake.conftest import Importer
from tests.integration.reports.conftest import Desk

BASE = "/open311/v2"
FIELDS = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
]
PEST = {
    "service_code": "hama", "address_string": "Jalan Lumbung 3", "description": "Wereng, kata Karsa Wiratma 081200004321",
    "first_name": "Karsa", "last_name": "Wiratma", "phone": "081200004321",
}  # fmt: skip


async def _get(desk: Desk, path: str, **parameters: str) -> Any:
    answer = await desk.http.get(f"{BASE}/{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def _send(
    desk: Desk, form: dict[str, str], role: Role = Role.OPERATOR, *, path: str = "requests.json", key: str = ""
) -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return await desk.http.post(f"{BASE}/{path}", data={"api_key": desk.tokens[role]} | form, headers=headers)


async def test_services_are_the_city_s_categories_in_both_formats(desk: Desk) -> None:
    services = await _get(desk, "services.json")
    assert list(services[0].values()) == [
        "hama", "Hama dan penyakit tanaman", "Hama dan penyakit tanaman", False, "realtime",
        "hama, wereng, ulat, tikus sawah, busuk daun", "",
    ]  # fmt: skip
    answer = await desk.http.get(f"{BASE}/services.xml")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    tree = Xml.fromstring(answer.content)
    assert [each.findtext("service_code") for each in tree.findall("service")] == [
        each["service_code"] for each in services
    ]
    assert tree.findtext("service/metadata") == "false"
    assert await _get(desk, "services/hama.json") == {"service_code": "hama", "attributes": []}
    discovery = await _get(desk, "discovery.json")
    assert [*discovery] == ["changeset", "contact", "key_service", "endpoints"]
    assert discovery["endpoints"][0]["url"] == "https://pesut.lembah-halimun.example/open311/v2"
    assert discovery["endpoints"][0]["formats"] == ["application/json", "text/xml"]


async def test_what_is_sent_is_stored_once_and_shown_masked(desk: Desk, regency: AsyncEngine) -> None:
    sent = await _send(desk, PEST, key="k-1")
    assert sent.status_code == 201
    (created,) = sent.json()
    assert [*created] == ["service_request_id", "service_notice", "account_id"]
    assert (await _send(desk, PEST, key="k-1")).json() == [created]
    assert (await _send(desk, PEST | {"description": "Lain"}, key="k-1")).status_code == 400
    assert (await _send(desk, PEST, path="requests.xml")).headers["content-type"].startswith("text/xml")
    desk.public()
    (shown,) = await _get(desk, f"requests/{created['service_request_id']}.json")
    assert [*shown] == FIELDS
    assert (shown["description"], shown["status"]) == ("Wereng, kata [nama] [telepon]", "open")
    assert (shown["service_name"], shown["agency_responsible"]) == (
        "Hama dan penyakit tanaman",
        "Dinas Pertanian dan Peternakan",
    )
    assert datetime.fromisoformat(shown["requested_datetime"]).utcoffset() == timedelta(hours=7)
    stored = "SELECT source, s.channel, r.reporter <> '' FROM report r JOIN report_state s ON s.report_id = r.id"
    async with regency.connect() as connection:
        assert [tuple(row) for row in await connection.execute(text(stored))] == [("open311", "open311", True)] * 2
    for told in ("Karsa", "Wiratma", "4321"):
        assert told not in str(await _get(desk, "requests.json"))


async def test_a_description_tells_the_title_once(desk: Desk, arriving: Importer) -> None:
    day = datetime.now(UTC).date()
    rows = f'1,,"Sawah\n\nkering sejak {"lama " * 20}",{day}\n2,Parit jebol,Tolong,{day}\n3,Parit jebol,Parit jebol lagi,{day}\n'
    await arriving.text(ImportKind.REPORTS, f"id,judul,isi,tanggal\n{rows}")
    desk.public()
    told = sorted(each["description"] for each in await _get(desk, "requests.json"))
    assert told == ["Parit jebol\n\nTolong", "Parit jebol lagi", f"Sawah\n\nkering sejak {'lama ' * 20}".strip()]


async def test_errors_are_told_as_the_specification_has_them(desk: Desk) -> None:
    desk.public(jurisdiction="halimun.example")
    wrong: list[tuple[httpx.Response, int]] = [
        (await _send(desk, PEST | {"api_key": ""}), 403),
        (await _send(desk, PEST | {"api_key": "guess"}), 403),
        (await _send(desk, PEST, Role.MAYOR), 403),
        (await _send(desk, PEST | {"service_code": ""}), 400),
        (await _send(desk, PEST | {"service_code": "banjir"}), 404),
        (await _send(desk, PEST | {"address_string": ""}), 400),
        (await _send(desk, PEST | {"address_string": "", "lat": "utara", "long": "1"}), 400),
        (await _send(desk, PEST | {"jurisdiction_id": "other.example"}), 404),
        (await desk.http.get(f"{BASE}/services.json", params={"jurisdiction_id": "other.example"}), 404),
        (await desk.http.get(f"{BASE}/services/banjir.json"), 404),
        (await desk.http.get(f"{BASE}/services.html"), 400),
        (await _send(desk, PEST | {"description": "x" * 5_000_000}), 413),
        (await desk.http.get(f"{BASE}/requests/12.json"), 404),
        (await desk.http.get(f"{BASE}/requests.json", params={"status": "baru"}), 400),
        (await desk.http.get(f"{BASE}/requests.json", params={"start_date": "2026-01-01"}), 400),
        (await desk.http.get(f"{BASE}/requests.json", params={"page": "0"}), 400),
    ]
    for answer, status in wrong:
        assert (answer.status_code, answer.json()[0]["code"]) == (status, status), answer.text
        assert answer.json()[0]["description"]
    as_xml = await desk.http.get(f"{BASE}/requests/12.xml")
    assert Xml.fromstring(as_xml.content).findtext("error/code") == "404"


async def test_requests_are_found_by_the_filters_and_pages_of_the_specification(desk: Desk, arriving: Importer) -> None:
    now = datetime.now(UTC)
    days = {"1": 1, "2": 2, "3": 3, "4": 89, "5": 100}
    rows = "".join(
        f"{number},{'wereng' if number in '13' else 'tebing runtuh'} {number},{(now - timedelta(days=age)).isoformat()},"
        f"{(now - timedelta(hours=1)).isoformat() if number == '3' else ''},\n"
        for number, age in days.items()
    )
    case = f"6,rahasia,{now.isoformat()},,supervision\n"
    header = "id,isi,tanggal,tanggal selesai,klasifikasi\n"
    assert (await arriving.text(ImportKind.REPORTS, header + rows + case)).tally.rejected == 0
    assert (await desk.http.get(f"{BASE}/requests.json")).status_code == 403
    readers = {"Authorization": f"Bearer {desk.tokens[Role.MAYOR]}"}
    answer = await desk.http.get(f"{BASE}/requests.json", headers=readers)
    assert [each["description"][-1] for each in answer.json()] == ["1", "2", "3", "4"], "no cases, whoever asks"
    desk.public()

    async def found(**parameters: str) -> str:
        return "".join(each["description"][-1] for each in await _get(desk, "requests.json", **parameters))

    ids = [each["service_request_id"] for each in answer.json()]
    start, end = (now - timedelta(days=101)).isoformat(), (now - timedelta(days=50)).isoformat()
    assert await found() == "1234"
    assert await found(service_request_id=f"{ids[0]},{ids[3]},x", status="closed") == "14"
    assert await found(service_code="hama") == "13"
    assert await found(service_code="hama,longsor", status="closed") == "3"
    assert await found(status="open,closed", page_size="3", page="2") == "4"
    assert await found(start_date=start, end_date=end) == "45"
    assert await found(start_date=start) == "45"
    assert await found(end_date=end) == "45"
    late = await desk.http.get(f"{BASE}/requests.json", params={"start_date": start, "end_date": now.isoformat()})
    assert late.status_code == 400, "more than 90 days"
    (closed,) = await _get(desk, "requests.json", status="closed")
    desk.public(sources=(Open311Source(code="data", url="https://elsewhere.example/v2"),))
    assert await found() == "", "what was pulled is not served again"
    assert datetime.fromisoformat(closed["updated_datetime"]) == (now - timedelta(hours=1)).replace(microsecond=0)
