"""A decision as people take it, in a browser: taken forward from an answer, read, approved and carried out."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.conftest import SIZES, Demo, OpenPage

pytestmark = pytest.mark.slow


def _as(page: Page, demo: Demo, role: str) -> None:
    page.goto(f"{demo.url}/masuk?token={demo.tokens[role]}")


def _open_waiting(page: Page) -> None:
    page.get_by_role("link", name="keputusan menunggu Anda").click()
    page.get_by_role("region", name="Menunggu Anda").get_by_role("link").first.click()


def _change_the_conclusion(page: Page) -> None:
    """By keyboard on a phone: a number without evidence is shown where it stands, words are kept."""
    page.get_by_role("link", name="Ubah naskah").press("Enter")
    conclusion = page.get_by_label("Simpulan")
    conclusion.fill("Ada 98765 keluarga yang menunggu")
    page.get_by_role("button", name="Simpan perubahan").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(conclusion).to_be_in_viewport()
    expect(conclusion).to_have_attribute("aria-invalid", "true")
    conclusion.fill("Ditangani lebih dulu di tempat yang paling terdampak")
    page.get_by_role("button", name="Simpan perubahan").press("Enter")
    changed = page.get_by_role("region", name="Perubahan terhadap konsep")
    expect(changed.locator("ins")).to_have_text("Ditangani lebih dulu di tempat yang paling terdampak")
    assert not faults(page)


def test_from_a_draft_to_an_approved_decision(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
    page.get_by_role("button", name="Ajukan sebagai keputusan").click()
    expect(page.get_by_text("Sedang dibaca")).to_be_visible()
    _as(page, demo, "reviewer")
    _open_waiting(page)
    _change_the_conclusion(page)
    page.get_by_text("Dukung naskah ini …").click()
    page.get_by_role("button", name="Ya, dukung naskah ini").click()
    expect(page.get_by_text("Menunggu keputusan")).to_be_visible()
    _as(page, demo, "mayor")
    _open_waiting(page)
    page.get_by_text("Setujui …").click()
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Catatan, bila ada").fill("Mulai pekan ini")
    page.get_by_role("button", name="Ya, setujui").click()
    expect(page.get_by_text("Disetujui, sedang dilaksanakan")).to_be_visible()
    expect(page.get_by_role("region", name="Disposisi")).to_be_visible()
    page.set_viewport_size(SIZES["desk"])
    assert not faults(page)
