"""How a page feels on a phone: when its largest part is there, how much it jumps, how long it does not answer to a finger.

The three and what is good come from https://web.dev/articles/vitals (total blocking time: https://web.dev/articles/tbt), each page
opened with an empty cache and a processor that is slowed down as Lighthouse does.
"""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from evals.bench.figures import Aim, Figure, Unit, below
from evals.bench.ground import Servers, Site
from evals.bench.pages.site import answered, signed_in, site_of
from pesut.contracts import Role
from pesut.errors import NotFoundError

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

TIMES = 3  # of which the median counts
SLOWDOWN = 4  # of the processor: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
SETTLE_MS = 1500  # without anything new, after which the page has said all
PHONE: Any = {"width": 390, "height": 844}
LARGEST, SHIFT, BLOCKED = below(2500), below(0.1), below(200)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]

WATCH = """
window.pesut = { largest: 0, shift: 0, blocked: 0 };
new PerformanceObserver(list => { for (const each of list.getEntries()) pesut.largest = each.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver(list => { for (const each of list.getEntries()) if (!each.hadRecentInput) pesut.shift += each.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver(list => { for (const each of list.getEntries()) pesut.blocked += Math.max(each.duration - 50, 0); })
  .observe({ type: "longtask", buffered: true });
"""


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """Largest contentful paint, cumulative layout shift and total blocking time of three pages."""
    site = site_of(ground)
    async with signed_in(site, Role.MAYOR) as mayor:
        answer = await answered(mayor, ground.folder.city.questions[0])
    pages = {"/": "/", "/jawaban/…": f"/jawaban/{answer.run_id}", "/peta": "/peta"}
    figures: list[Figure] = []
    async with _chromium() as browser:
        for name, address in pages.items():
            ground.tell(f"Opening {name} in Chromium")
            felt = [await _felt(browser, site, address) for _ in range(TIMES)]
            figures += [
                _median(f"{name}, largest paint", felt, "largest", Unit.MILLISECONDS, LARGEST),
                _median(f"{name}, layout shift", felt, "shift", Unit.COUNT, SHIFT),
                _median(f"{name}, blocked", felt, "blocked", Unit.MILLISECONDS, BLOCKED),
            ]
    return tuple(figures)


@asynccontextmanager
async def _chromium() -> "AsyncGenerator[Browser]":
    """Raises NotFoundError where there is no Playwright, or no Chromium."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.async_api import async_playwright
    except ImportError as error:
        raise NotFoundError("There is no Playwright.", remedy="`make develop` installs it.") from error
    if path is None:
        raise NotFoundError("There is no Chromium.", remedy="`make system` installs it on Debian.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


async def _felt(browser: "Browser", site: Site, address: str) -> dict[str, float]:
    context = await browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True, locale="id-ID")
    try:
        page = await context.new_page()
        await page.goto(f"{site.address}/masuk?token={site.tokens[Role.MAYOR]}")
        page = await _slowed(await context.new_page())
        await page.add_init_script(WATCH)
        await page.goto(f"{site.address}{address}", wait_until="load")
        await page.wait_for_timeout(SETTLE_MS)
        return await page.evaluate("pesut")
    finally:
        await context.close()


async def _slowed(page: "Page") -> "Page":
    session: Any = await page.context.new_cdp_session(page)
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def _median(name: str, felt: list[dict[str, float]], what: str, unit: Unit, aim: Aim) -> Figure:
    return Figure(name=name, value=median(each[what] for each in felt), unit=unit, aim=aim)
