"""WCAG 2.2 AA as far as axe can tell, on every page, light and dark, on a phone and on a desk; and what it cannot tell."""

from typing import Literal

import pytest

from tests.e2e.axe import faults
from tests.e2e.conftest import SIZES, OpenPage

pytestmark = pytest.mark.slow
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@schemes
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_no_page_has_a_fault_that_axe_knows(open_page: OpenPage, size: str, scheme: Literal["light", "dark"]) -> None:
    page = open_page(size, scheme)
    assert not faults(page)
    page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
    page.get_by_role("region", name="Jawaban", exact=True).wait_for()
    page.locator("summary").first.click()
    assert not faults(page)
    page.locator("a.number").first.click()
    page.get_by_role("dialog").wait_for()
    assert not faults(page)


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_wider_than_the_screen(open_page: OpenPage, size: str) -> None:
    page = open_page(size)
    page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
    page.get_by_role("region", name="Jawaban", exact=True).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_question_is_asked_and_opened_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.get_by_label("Pertanyaan").focus()
    page.keyboard.type("berapa laporan banjir bulan lalu")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Jawaban", exact=True).wait_for()
    assert page.evaluate("document.activeElement.localName") == "main", "reading goes on at the answer"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    sheet.wait_for()
    assert sheet.evaluate("sheet => sheet.contains(document.activeElement)")
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "number", "and back where it was opened"
