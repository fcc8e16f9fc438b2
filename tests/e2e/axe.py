"""What axe finds on a page: WCAG 2.2 AA as far as a machine can tell."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < Infinity).map(each => each.finished))"""


def faults(page: Page) -> list[str]:
    """One line per element that breaks a rule, once nothing fades in any more: half faded, every colour is too pale."""
    page.evaluate(AT_REST)
    results: Any = Axe().run(page, options=RULES)  # pyright: ignore[reportUnknownMemberType]
    found: list[Any] = results.response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
