"""The pages in English, by a switch that needs no script; an answer stays in the language of its question."""

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults
from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.slow


def test_the_pages_turn_english_and_back_without_scripts(open_page: OpenPage) -> None:
    page = open_page("phone", scripts=False)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would the Mayor like to know?")
    page.goto(page.url + "peta?masa=7")
    page.get_by_role("button", name="Indonesia").click()
    expect(page.locator("html")).to_have_attribute("lang", "id")
    assert page.url.endswith("/peta?masa=7"), "the page that was being read"


def test_an_answer_keeps_the_language_of_its_question(open_page: OpenPage) -> None:
    page = open_page("phone")
    page.get_by_role("button", name="English").click()
    page.get_by_label("Question").fill("berapa laporan banjir per kecamatan bulan lalu")
    page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.get_by_role("region", name="Answer", exact=True)
    answer.wait_for()
    expect(answer.locator("[lang=id]").first).to_contain_text("laporan")
    expect(page.get_by_role("heading", name="What the answer rests on")).to_be_visible()
    assert not faults(page)
    page.get_by_label("Follow-up question").fill("how many flood reports last month")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("heading", name="how many flood").wait_for()
    answer.wait_for()
    expect(answer).to_contain_text("reports")
    assert not answer.locator("[lang]").count(), "in the language of its page"
