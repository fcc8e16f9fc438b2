"""The operators' console in a real browser: every part on a phone and a desk, and the switch for answering."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.conftest import SIZES, Demo, OpenPage

pytestmark = pytest.mark.slow
PARTS = ("Pengerjaan", "Antrean", "Sumber", "Jadwal", "Katalog", "Keadaan", "Sakelar")
QUESTION = "Berapa laporan banjir bulan lalu?"
ADVICE = "Apa yang sebaiknya dilakukan soal banjir di Sungai Pinang?"


def _as(page: Page, demo: Demo, role: str) -> None:
    page.goto(f"{demo.url}/masuk?token={demo.tokens[role]}")


def _asked(demo: Demo, question: str, until: str) -> str:
    """A run of the operator's own, once it has the status `until`."""
    with demo.api("operator") as api:
        conversation = api.post("/v1/conversations").json()["id"]
        run = api.post(f"/v1/conversations/{conversation}/messages", json={"text": question}).json()["run_id"]
    _stands(demo, run, until)
    return run


def _stands(demo: Demo, run: str, status: str) -> None:
    with demo.api("operator") as api:
        while api.get(f"/v1/operations/runs/{run}").json()["run"]["status"] != status:
            time.sleep(0.1)


def _flip(page: Page, link: str, button: str) -> None:
    page.locator("section", has_text="Menjawab pertanyaan").get_by_role("link", name=link).click()
    page.get_by_label("Alasan").fill("Uji coba")
    page.get_by_role("button", name=button).click()


def test_every_part_can_be_read_by_everybody(open_page: OpenPage, demo: Demo) -> None:
    """Phone and light, desk and dark, by turns: the parts are made of the same pieces, and axe takes its time."""
    _asked(demo, QUESTION, "finished")
    page = open_page()
    _as(page, demo, "operator")
    page.get_by_role("link", name="Konsol operator").click()
    for number, part in enumerate(PARTS):
        page.set_viewport_size(SIZES["desk" if number % 2 else "phone"])
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        page.get_by_role("navigation", name="Konsol operator").get_by_role("link", name=part, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
        if part == "Katalog":  # axe takes its time with all of it
            page.get_by_label("Cari metrik").fill("banjir")
            page.get_by_role("button", name="Cari").click()
            page.wait_for_url("**/katalog?cari=banjir")
        assert not faults(page), part
    page.get_by_role("link", name="Pengerjaan", exact=True).click()
    page.get_by_role("link", name=QUESTION).first.click()
    page.get_by_text("Masukan dan keluaran").first.click()
    expect(page.get_by_text("reports_count").first).to_be_visible()
    assert not faults(page)


def test_a_run_is_asked_again_and_one_that_waits_is_cancelled(open_page: OpenPage, demo: Demo) -> None:
    first = _asked(demo, ADVICE, "awaiting_review")
    page = open_page(scripts=False)
    _as(page, demo, "operator")
    page.goto(f"{demo.url}/konsol/pengerjaan/{first}")
    page.get_by_role("link", name="Tanyakan lagi").click()
    page.get_by_role("button", name="Ya, tanyakan lagi").click()
    page.get_by_role("link", name="Ulangan dari pengerjaan ini").wait_for()
    again = page.url.rpartition("/")[2]
    _stands(demo, again, "awaiting_review")
    page.get_by_role("link", name="Muat ulang").click()
    page.get_by_role("link", name="Batalkan").click()
    page.get_by_role("button", name="Ya, batalkan").click()
    _stands(demo, again, "cancelled")
    page.reload()
    expect(page.get_by_text("Dibatalkan", exact=True)).to_be_visible()
    page.get_by_role("link", name="Bandingkan keduanya").click()
    expect(page.get_by_role("row", name="Status beda")).to_be_visible()


def test_answering_is_switched_off_and_on_again(open_page: OpenPage, demo: Demo) -> None:
    page = open_page(scripts=False)
    _as(page, demo, "operator")
    page.goto(f"{demo.url}/konsol/sakelar")
    _flip(page, "Matikan", "Ya, matikan")
    try:
        _as(page, demo, "mayor")
        expect(page.get_by_text("Pesut sedang tidak menjawab")).to_be_visible()
        with demo.api() as api:
            api.cookies.set("pesut_token", demo.tokens["mayor"])
            refused = api.post("/tanya", data={"question": QUESTION, "key": "while off"})
        assert refused.status_code == 503
        assert "Uji coba" in refused.text
    finally:
        _as(page, demo, "operator")
        page.goto(f"{demo.url}/konsol/sakelar")
        _flip(page, "Nyalakan", "Ya, nyalakan")
    expect(page.get_by_text("Menyala").first).to_be_visible()
