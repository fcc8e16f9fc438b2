"""Takes the pictures in this folder from a demo that runs: `make pictures DEMO=<its data folder>`. Look at each before it is kept."""

import json
import re
import shutil
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
SIZES: dict[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LARGEST_BYTES, WHOLE_BYTES = 80_000, 1_500_000
QUALITIES = (72, 60, 45, 30)  # of WebP, the first that is small enough
LOOK_MS = 1500  # for what comes in to come to rest
QUESTION = "apa yang sebaiknya dilakukan?"


def main(demo: Path) -> None:
    """Each page on each size, light and dark."""
    site, tokens = (
        json.loads((demo / "running.json").read_text())["api_url"],
        json.loads((demo / "tokens.json").read_text()),
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        answer, decision = _prepared(browser, site, tokens)
        pages = {
            "first": ("mayor", "/"),
            "answer": ("mayor", answer),
            "briefing": ("mayor", "/ringkasan"),
            "map": ("mayor", "/peta"),
            "decision": ("mayor", decision),
            "console": ("operator", "/konsol/pengerjaan/" + answer.rpartition("/")[2]),
        }
        for name, (role, address) in pages.items():
            for size, viewport in SIZES.items():
                for scheme in SCHEMES:
                    page = _signed_in(browser, site, tokens[role], viewport, scheme)
                    page.goto(site + address)
                    page.wait_for_timeout(LOOK_MS)
                    _keep(page, HERE / f"{name}-{size}-{scheme}.webp")
                    page.context.close()
        browser.close()
    total = sum(each.stat().st_size for each in HERE.glob("*.webp"))
    assert total < WHOLE_BYTES, f"all pictures take {total} bytes"


def _prepared(browser: Browser, site: str, tokens: dict[str, str]) -> tuple[str, str]:
    """An answer with a staff review, the decision on it, and the day's briefing. Where the first two are."""
    page = _signed_in(browser, site, tokens["mayor"], SIZES["desk"], "light")
    page.get_by_role("button", name=QUESTION).click()
    page.get_by_role("region", name="Jawaban", exact=True).wait_for()
    answer = page.url.removeprefix(site).partition("?")[0]
    page.get_by_role("button", name="Ajukan sebagai keputusan").click()
    page.wait_for_url(re.compile("/keputusan/.+"))
    decision = page.url.removeprefix(site)
    page.goto(f"{site}/ringkasan")
    while (write := page.get_by_role("button", name="Tulis sekarang")).is_visible():
        write.click()
    return answer, decision


def _signed_in(
    browser: Browser, site: str, token: str, viewport: ViewportSize, scheme: Literal["light", "dark"]
) -> Page:
    page = browser.new_context(
        viewport=viewport, color_scheme=scheme, locale="id-ID", reduced_motion="reduce"
    ).new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{site}/masuk?token={token}")
    return page


def _keep(page: Page, path: Path) -> None:
    """The screen as WebP. Raises AssertionError where it cannot be made small enough."""
    session: Any = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        made = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        path.write_bytes(b64decode(made["data"]))
        if path.stat().st_size <= LARGEST_BYTES:
            return
    raise AssertionError(f"{path.name} takes {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
