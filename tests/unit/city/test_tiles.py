"""Tiles ask for the running day, week or month by the city's calendar."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pesut.city.models import Tile, Trend
from pesut.city.tiles import trend_query, value_query
from pesut.contracts import Grain

MAKASSAR = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 3, 31, 23, 30, tzinfo=ZoneInfo("UTC"))  # a Wednesday, 1 April, 7.30 there


def _tile(over: Grain | None, trend: Trend | None = None) -> Tile:
    return Tile(code="hujan", metric="rain", over=over, trend=trend or Trend())


@pytest.mark.parametrize(
    ("grain", "start", "end"),
    [
        (Grain.HOUR, "2026-04-01T07:00", "2026-04-01T08:00"),
        (Grain.DAY, "2026-04-01T00:00", "2026-04-02T00:00"),
        (Grain.WEEK, "2026-03-30T00:00", "2026-04-06T00:00"),
        (Grain.MONTH, "2026-04-01T00:00", "2026-05-01T00:00"),
        (Grain.QUARTER, "2026-04-01T00:00", "2026-07-01T00:00"),
        (Grain.YEAR, "2026-01-01T00:00", "2027-01-01T00:00"),
    ],
)
def test_the_running_period(grain: Grain, start: str, end: str) -> None:
    period = value_query(_tile(grain), NOW, MAKASSAR).period
    assert period is not None
    assert period.start == datetime.fromisoformat(start).replace(tzinfo=MAKASSAR)
    assert period.end == datetime.fromisoformat(end).replace(tzinfo=MAKASSAR)


def test_the_newest_value_has_no_period() -> None:
    assert value_query(_tile(None), NOW, MAKASSAR).period is None


@pytest.mark.parametrize(
    ("trend", "start"),
    [
        (Trend(grain=Grain.HOUR, steps=48), "2026-03-30T08:00"),
        (Trend(grain=Grain.DAY, steps=30), "2026-03-03T00:00"),
        (Trend(grain=Grain.MONTH, steps=13), "2025-04-01T00:00"),
    ],
)
def test_the_line_ends_with_the_running_bucket(trend: Trend, start: str) -> None:
    period = trend_query(_tile(None, trend), NOW, MAKASSAR).period
    assert period is not None
    assert period.start == datetime.fromisoformat(start).replace(tzinfo=MAKASSAR)
    assert period.end > NOW
