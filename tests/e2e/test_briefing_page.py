"""The morning briefing as people read it: written on the page or from the command line, opened, run again, sent on."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.conftest import Demo, OpenPage

pytestmark = pytest.mark.slow
PARTS = (
    "Baru melewati ambang",
    "Masih melewati ambang",
    "Yang berubah",
    "Laporan yang bertambah",
    "Disposisi yang terlambat",
    "Keputusan yang menunggu",
)


def _open(page: Page) -> None:
    page.get_by_role("link", name="Ringkasan pagi").click()
    write = page.get_by_role("button", name="Tulis sekarang")
    if write.is_visible():
        write.click()
    page.get_by_role("heading", name=PARTS[0]).wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_it_is_read_opened_and_run_again(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    _open(page)
    for part in PARTS:
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    changed = page.get_by_role("region", name="Yang berubah")
    changed.locator("a.number").first.click()
    place = page.get_by_role("dialog") if scripts else page.get_by_role("main")
    place.get_by_role("button", name="Jalankan lagi").click()
    assert "hasilnya sama" in place.get_by_role("status").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["small", "phone", "desk"])
def test_it_has_no_fault_and_fits(open_page: OpenPage, size: str, scheme: Literal["light", "dark"]) -> None:
    page = open_page(size, scheme)
    _open(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for summary in page.locator("summary").all():
        summary.click()
    assert not faults(page)


def test_the_command_line_shows_the_same_and_its_mistakes_are_named(demo: Demo, open_page: OpenPage) -> None:
    told = demo.pesut("briefing")
    assert told.returncode == 0, told.stderr
    assert "Laporan yang bertambah" in told.stdout
    page = open_page()
    _open(page)
    first = page.get_by_role("region", name="Yang berubah").get_by_role("listitem").first.inner_text()
    assert first[:60] in " ".join(told.stdout.split())
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Makassar")).date()
    assert demo.pesut("briefing", "--date", str(today + timedelta(days=1))).returncode == 2
    assert demo.pesut("briefing", "--date", "besok").returncode == 2
    assert demo.pesut("briefing", "--date", str(today - timedelta(days=1)), "--now").returncode == 2


def test_it_is_not_for_everybody(demo: Demo) -> None:
    assert demo.pesut("briefing").returncode == 0
    for role, status in (("mayor", 200), ("inspector", 200), ("analyst", 403)):
        with demo.api(role) as api:
            api.cookies.set("pesut_token", demo.tokens[role])
            assert api.get("/ringkasan").status_code == status, role
            paper = api.get(f"/ringkasan/{datetime.now(UTC).astimezone(ZoneInfo('Asia/Makassar')).date()}/pdf")
            assert paper.content.startswith(b"%PDF") is (status == 200), role
