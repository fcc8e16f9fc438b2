"""The pages of a running demo are measured, on fewer people and pushes than a person would wait for."""

import math

import pytest

from cli.benches import standing
from evals.bench.ground import Need
from evals.bench.measurements import measured
from evals.bench.pages import browsing, serving, watching
from pesut.settings import Settings
from tests.e2e.conftest import CHROMIUM, Demo

pytestmark = pytest.mark.slow
FEW = (
    (serving, "TIMES", 1),
    (browsing, "TIMES", 1),
    (browsing, "SETTLE_MS", 50),
    (watching, "WATCHERS", 4),
    (watching, "SECONDS", 1),
)


async def test_every_page_is_measured(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, few in FEW:
        monkeypatch.setattr(module, name, few)
    async with standing(Settings(data_dir=demo.data_dir), Need.SERVERS, lambda _: None) as ground:
        found = {each.name: each async for each in measured(["pages"], ground)}
    assert list(found) == ["pages", "pages/live", "pages/browser"]
    assert bool(found["pages/browser"].left_out) is (CHROMIUM is None)
    figures = {figure.name: figure.value for each in found.values() for figure in each.figures}
    assert {"/, p95", "/jawaban/… (question 3), p95", "/bukti/…, p95", "/konsol/sumber, p95"} < set(figures)
    assert figures["observations per second"] > 0
    assert all(math.isfinite(value) and value >= 0 for value in figures.values())
