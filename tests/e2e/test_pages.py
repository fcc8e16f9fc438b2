"""The pages in a real browser: sign in by the link, ask, open a number, run it again; with scripts and without."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Demo, OpenPage

FLOODS = "Berapa laporan banjir di Sungai Pinang bulan lalu dibanding tahun lalu?"
PARTS = ("Persoalan", "Praanggapan", "Fakta yang mempengaruhi", "Analisis", "Simpulan", "Saran")

pytestmark = pytest.mark.slow
sizes = pytest.mark.parametrize("size", ["phone", "desk"])
scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


def _ask(page: Page, question: str) -> None:
    page.get_by_label("Pertanyaan").fill(question)
    page.get_by_role("button", name="Tanyakan", exact=True).click()


def _fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@scripts
@sizes
def test_ask_open_a_number_and_run_it_again(open_page: OpenPage, size: str, scripts: bool) -> None:
    page = open_page(size=size, scripts=scripts)
    assert "Data contoh" in page.locator("body").inner_text()
    _ask(page, FLOODS)
    answer = page.get_by_role("region", name="Jawaban", exact=True)
    answer.locator("a.number").first.click()
    place = page.get_by_role("dialog") if scripts else page.get_by_role("main")
    place.get_by_text("Sidik data").wait_for()
    assert place.locator("tr.meant").is_visible()
    place.get_by_role("button", name="Jalankan lagi").click()
    assert "hasilnya sama" in place.get_by_role("status").inner_text()
    assert "Data contoh" in page.locator("body").inner_text()
    assert _fits(page)


def test_steps_are_told_while_the_answer_is_made(open_page: OpenPage) -> None:
    page = open_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.add_init_script(
        "new MutationObserver((seen) => seen.forEach(({ addedNodes }) => addedNodes.forEach((node) =>"
        " node.nodeName === 'LI' && node.closest('pesut-run') && console.log(node.textContent))))"
        ".observe(document, { childList: true, subtree: true })"
    )
    _ask(page, FLOODS)
    page.get_by_role("region", name="Jawaban", exact=True).wait_for()
    assert told[0] == "Memahami pertanyaan"
    assert any("Kecamatan Sungai Pinang" in each and each.endswith("laporan") for each in told)
    assert "follow" not in page.url, "the address is the answer's own, to be sent on"


@scripts
def test_a_chart_stands_beside_its_table(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(scripts=scripts)
    _ask(page, "jumlah laporan banjir per kelurahan di Samarinda Utara tahun ini")
    figure = page.get_by_role("figure", name="Jumlah laporan warga per kelurahan", exact=True)
    expect(figure.locator("svg:visible")).to_have_count(1)
    figure.get_by_text("Tabel").click()
    expect(figure.get_by_role("cell", name="Sempaja Timur")).to_be_visible()


def test_a_staff_review_can_be_read_whole(open_page: OpenPage) -> None:
    page = open_page(scheme="dark", scripts=False)
    page.get_by_role("button", name="apa yang sebaiknya dilakukan?").click()
    for part in PARTS:
        expect(page.get_by_role("heading", name=part, exact=True)).to_be_visible(timeout=60_000)


def test_an_answer_can_be_copied_as_text_with_its_sources(open_page: OpenPage) -> None:
    page = open_page(size="desk")
    _ask(page, FLOODS)
    page.get_by_role("button", name="Salin").click()
    page.get_by_text("Tersalin").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("DATA CONTOH")
    assert FLOODS in copied
    assert "E1. Jumlah laporan warga; Dinas Komunikasi dan Informatika" in copied
    assert page.evaluate("location.pathname") in copied


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


def test_nothing_that_is_not_of_this_server_may_run_or_load(demo: Demo) -> None:
    headers = httpx.get(demo.url, trust_env=False).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_the_first_page_is_small_and_its_parts_are_kept(open_page: OpenPage, demo: Demo) -> None:
    page = open_page()
    loaded = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert all(each.startswith(demo.url) for each in loaded)
    with demo.api() as api:
        api.cookies.set("pesut_token", demo.tokens["mayor"])
        parts = [api.get(address, headers={"Accept-Encoding": "gzip"}) for address in ("/", *loaded)]
    assert sum(int(each.headers["content-length"]) for each in parts) < 200_000
    assert all("immutable" in each.headers["cache-control"] for each in parts[1:])
    assert parts[0].headers["cache-control"] == "no-store"


LISTENER = """
window.SpeechRecognition = class {
  start() { this.onresult({ results: [[{ transcript: `berapa laporan banjir (${this.lang})` }]] }); this.onend(); }
};
"""


def test_a_question_is_spoken_where_the_browser_listens(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(LISTENER)
    page.reload()
    page.get_by_role("button", name="Bicara").click()
    expect(page.get_by_label("Pertanyaan", exact=True)).to_have_value("berapa laporan banjir (id-ID)")
    page.add_init_script("delete window.SpeechRecognition; delete window.webkitSpeechRecognition")
    page.reload()
    expect(page.get_by_role("button", name="Bicara")).to_be_hidden()
