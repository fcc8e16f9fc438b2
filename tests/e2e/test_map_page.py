"""The map of the city in a real browser: chosen, tapped, run again; with scripts and without, with outlines and without."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import faults
from tests.e2e.conftest import Demo, OpenPage

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_map_is_chosen_and_a_region_opened_and_run_again(open_page: OpenPage, demo: Demo, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    page.goto(f"{demo.url}/peta")
    page.get_by_label("Kategori laporan").select_option("flood")
    page.get_by_label("Masa").select_option("365")
    page.get_by_role("button", name="Tampilkan").click()
    figure = page.get_by_role("figure")
    expect(figure).to_contain_text("Banjir")
    marks = figure.locator("svg.map a")
    assert marks.count() > 50
    name, _, value = (marks.nth(9).locator("title").text_content() or "").partition(": ")
    marks.nth(9).dispatch_event("click") if scripts else page.goto(f"{demo.url}{marks.nth(9).get_attribute('href')}")
    place = page.get_by_role("dialog") if scripts else page.get_by_role("main")
    place.get_by_text("Sidik data").wait_for()
    expect(place.get_by_role("heading", name=f"{name}: {value}")).to_be_visible()
    expect(place.locator("tr.meant")).to_contain_text(name)
    place.get_by_role("button", name="Jalankan lagi").click()
    assert "hasilnya sama" in place.get_by_role("status").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["small", "phone", "desk"])
def test_it_has_no_fault_and_fits(open_page: OpenPage, demo: Demo, size: str, scheme: Literal["light", "dark"]) -> None:
    page = open_page(size, scheme)
    page.goto(f"{demo.url}/peta")
    page.locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults(page)


def test_every_metric_that_is_offered_has_a_map_or_says_that_it_has_none(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    page.goto(f"{demo.url}/peta")
    codes = page.get_by_label("Yang ditampilkan").locator("option").evaluate_all("all => all.map((each) => each.value)")
    assert len(codes) > 20
    with demo.api() as api:
        api.cookies.set("pesut_token", demo.tokens["mayor"])
        for code in codes[::5]:
            shown = api.get("/peta", params={"metrik": code})
            assert shown.status_code == 200, code
            assert "svg" in shown.text or "Tidak ada angka" in shown.text
        assert api.get("/peta", params={"metrik": "tidak_ada"}).status_code == 404
        assert api.get("/peta").content.__len__() < 200_000


def test_an_answer_by_region_carries_its_map(open_page: OpenPage) -> None:
    page = open_page()
    page.get_by_label("Pertanyaan").fill("jumlah laporan banjir per kelurahan tahun ini")
    page.get_by_role("button", name="Tanyakan", exact=True).click()
    mark = page.locator("svg.map a").first
    mark.wait_for()
    assert (mark.get_attribute("href") or "").startswith("/bukti/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_layers_show_where_reports_lie_close_and_where_few_come_from(
    open_page: OpenPage, demo: Demo, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    page.goto(f"{demo.url}/peta")
    page.get_by_role("link", name="Titik rawan laporan").click()
    page.get_by_role("heading", name="Titik rawan laporan").wait_for()  # the page before has such a form too
    page.get_by_label("Kategori laporan").select_option("flood")
    page.get_by_role("button", name="Tampilkan").click()
    figure = page.get_by_role("figure")
    figure.locator("summary").click()
    expect(figure.get_by_role("table")).to_contain_text("Gunung Lingai")
    assert figure.locator("svg.map a").count() == figure.locator("tbody tr").count() >= 2
    page.get_by_role("link", name="Kelurahan yang jarang melapor").click()
    page.get_by_role("heading", name="Kelurahan yang jarang melapor").wait_for()
    page.get_by_role("figure").locator("summary").click()
    row = page.get_by_role("row").filter(has_text="Baqa")
    expect(row).to_contain_text("%")
    assert not scripts or not faults(page)  # axe is a script itself
    href = row.get_by_role("link").get_attribute("href") or ""
    page.goto(f"{demo.url}{href}")
    expect(page.locator("tr.meant")).to_contain_text("Baqa")
    page.get_by_role("button", name="Jalankan lagi").click()
    assert "hasilnya sama" in page.get_by_role("status").inner_text()
