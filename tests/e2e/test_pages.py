"""The pages in a real browser: sign in by the link, ask, open a number, run it again; on a phone and on a desk."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import Demo

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: `make system` installs it on Debian"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _page(browser: Browser, demo: Demo, size: dict[str, int], scheme: Literal["light", "dark"] = "light") -> Page:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme=scheme,
        java_script_enabled=False,
        locale="id-ID",
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{demo.url}/masuk?token={demo.tokens['mayor']}")
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_ask_open_a_number_and_run_it_again(browser: Browser, demo: Demo, size: dict[str, int]) -> None:
    page = _page(browser, demo, size)
    assert "Data contoh" in page.locator("body").inner_text()
    page.get_by_label("Pertanyaan").fill("Berapa laporan banjir di Sungai Pinang bulan lalu dibanding tahun lalu?")
    page.get_by_role("button", name="Tanyakan", exact=True).click()
    answer = page.get_by_role("region", name="Jawaban")
    assert "laporan" in answer.inner_text()
    assert "Data contoh" in page.locator("body").inner_text()
    page.get_by_role("link", name="Sumber E1").first.click()
    assert "Sidik data" in page.locator("body").inner_text()
    page.get_by_role("button", name="Jalankan lagi").click()
    assert "hasilnya sama" in page.get_by_role("status").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_staff_review_can_be_read_whole(browser: Browser, demo: Demo) -> None:
    page = _page(browser, demo, PHONE, "dark")
    page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
    for part in ("Persoalan", "Praanggapan", "Fakta yang mempengaruhi", "Analisis", "Simpulan", "Saran"):
        assert page.get_by_role("heading", name=part, exact=True).is_visible()


def test_without_signing_in_a_page_says_how(demo: Demo) -> None:
    response = httpx.get(demo.url, trust_env=False)
    assert response.status_code == 401
    assert response.headers["content-type"].startswith("text/html")
    assert "tautan masuk" in response.text


def test_a_form_of_another_site_is_refused(demo: Demo) -> None:
    with demo.api() as api:
        api.cookies.set("pesut_token", demo.tokens["mayor"])
        form = {"question": "berapa laporan banjir", "key": "elsewhere"}
        assert api.post("/tanya", data=form, headers={"Origin": "https://evil.example"}).status_code == 403


def test_every_page_carries_its_guards(demo: Demo) -> None:
    headers = httpx.get(demo.url, trust_env=False).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_pictures(browser: Browser, demo: Demo, tmp_path: Path) -> None:
    """Taken to be looked at; that they are taken shows that the pages render in both schemes and sizes."""
    for name, size in (("phone", PHONE), ("desk", DESK)):
        for scheme in ("light", "dark"):
            page = _page(browser, demo, size, scheme)
            page.screenshot(path=tmp_path / f"home-{name}-{scheme}.png")
            page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
            page.screenshot(path=tmp_path / f"answer-{name}-{scheme}.png", full_page=True)
            page.get_by_role("link", name="Sumber E1").first.click()
            page.screenshot(path=tmp_path / f"evidence-{name}-{scheme}.png", full_page=True)
    assert len(list(tmp_path.glob("*.png"))) == 12
