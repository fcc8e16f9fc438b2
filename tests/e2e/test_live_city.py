"""The live city in a real browser: what is pushed appears, with its alarm, and what a tile rests on opens over it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from pesut.contracts import new_id
from tests.e2e.conftest import Demo, OpenPage

pytestmark = pytest.mark.slow
GAUGE = {"indicator": "water_level", "region": "64.72.05.1003", "item": "benanga"}


def _push(demo: Demo, value: str) -> None:
    row = GAUGE | {"value": value, "observed_at": datetime.now(UTC).isoformat()}
    with demo.api("operator") as api:
        answer = api.post("/v1/observations", json={"source": "test", "key": str(new_id()), "observations": [row]})
    assert answer.json()["accepted"] == 1


def test_a_pushed_value_appears_while_one_looks(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    tile = page.locator("#tile-benanga")
    for value, shown in (("7.04", "7,04 m"), ("8.76", "8,76 m"), ("7.02", "7,02 m")):
        _push(demo, value)
        expect(tile.locator(".value")).to_have_text(shown, timeout=60_000)
        alarmed = tile.get_by_text("Batas normal Benanga (BWS Kalimantan IV) ≥ 8,50 m")
        expect(alarmed).to_have_count(1 if value == "8.76" else 0)


def test_the_stream_is_taken_up_again_when_the_page_is_seen_again(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    _push(demo, "7.11")
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#tile-benanga .value")).to_have_text("7,11 m", timeout=60_000)


def test_what_a_tile_rests_on_opens_and_is_read_again(open_page: OpenPage) -> None:
    page = open_page(scheme="dark")
    page.locator("#tile-benanga a").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("heading", level=1)).to_contain_text("Benanga")
    expect(sheet.locator("svg:visible")).to_have_count(1)
    expect(sheet.get_by_text("Badan Penanggulangan Bencana Daerah")).to_be_visible()
    expect(sheet.get_by_text("≥ 7,9 m")).to_be_visible()
    sheet.get_by_role("button", name="Jalankan lagi").click()
    expect(sheet.get_by_role("status")).to_contain_text("hasilnya sama")


def test_without_scripts_the_tiles_are_read_as_they_stand(open_page: OpenPage) -> None:
    page = open_page(scripts=False)
    assert page.locator(".tile").count() >= 8
    page.locator("#tile-hujan a").click()
    page.get_by_text("Tabel").click()
    expect(page.get_by_role("columnheader", name="Nilai (mm)").first).to_be_visible()
    page.get_by_role("button", name="Jalankan lagi").click()
    expect(page.get_by_role("status")).to_contain_text("hasilnya sama")


def test_a_tile_that_is_not_there(demo: Demo) -> None:
    with demo.api() as api:
        api.cookies.set("pesut_token", demo.tokens["mayor"])
        answer = api.get("/kota/tidak-ada")
    assert answer.status_code == 404
    assert "Petak itu tidak ada" in answer.text
