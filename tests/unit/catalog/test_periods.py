"""What a period comes to as of a moment, and what it is compared with."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pesut.catalog.compiler import periods_of
from pesut.catalog.compiler.periods import Window, whole_months
from pesut.contracts import Comparison, Grain, MetricQuery, Period

ZONE = ZoneInfo("Asia/Makassar")
PREVIOUS, LAST_YEAR = Comparison.PREVIOUS_PERIOD, Comparison.LAST_YEAR


def _at(text: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _compared(
    start: str, end: str, comparison: Comparison, *, as_of: str = "2030-01-01", grain: Grain | None = None
) -> tuple[str, str, str]:
    """End of the period as of the moment, then start and end of what it is compared with, in the city's time."""
    period = Period(start=_at(start), end=_at(end))
    query = MetricQuery(metric="m", period=period, comparison=comparison, grain=grain)
    now, before = periods_of(query, _at(as_of), ZONE)
    assert now
    assert before
    end_now, start_before, end_before = (
        moment.astimezone(ZONE).replace(tzinfo=None).isoformat(timespec="minutes").removesuffix("T00:00")
        for moment in (now.end, before.start, before.end)
    )
    return end_now, start_before, end_before


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-11-01", "2026-12-01", ("2026-10-01", "2026-11-01"), id="a month"),
        pytest.param("2026-03-01", "2026-04-01", ("2026-02-01", "2026-03-01"), id="March after February"),
        pytest.param("2026-04-01", "2026-07-01", ("2026-01-01", "2026-04-01"), id="a quarter"),
        pytest.param("2026-02-01", "2026-05-01", ("2025-11-01", "2026-02-01"), id="three months"),
        pytest.param("2025-01-01", "2026-01-01", ("2024-01-01", "2025-01-01"), id="a year"),
        pytest.param("2026-11-01", "2026-11-25", ("2026-10-01", "2026-10-25"), id="a running month"),
        pytest.param("2026-03-01", "2026-03-31", ("2026-02-01", "2026-03-01"), id="a running month, longer than the last"),
        pytest.param("2026-10-01", "2026-11-25", ("2026-07-01", "2026-08-25"), id="a running quarter"),
        pytest.param("2026-01-01", "2026-11-25", ("2025-01-01", "2025-11-25"), id="a running year"),
        pytest.param("2026-11-16", "2026-11-23", ("2026-11-09", "2026-11-16"), id="a week"),
        pytest.param("2026-11-05", "2026-11-15", ("2026-10-26", "2026-11-05"), id="ten days"),
        pytest.param("2026-11-18", "2026-11-24T10:00", ("2026-11-11", "2026-11-17T10:00"), id="the last seven days"),
        pytest.param("2026-11-24", "2026-11-24T10:00", ("2026-11-23", "2026-11-23T10:00"), id="a running day"),
        pytest.param("2026-11-23", "2026-11-24T10:00", ("2026-11-16", "2026-11-17T10:00"), id="a running week"),
        pytest.param("2026-11-05T06:00", "2026-11-05T09:00", ("2026-11-05T03:00", "2026-11-05T06:00"), id="three hours"),
    ],
)  # fmt: skip
def test_the_previous_period_is_the_calendar_unit_before(start: str, end: str, expected: tuple[str, str]) -> None:
    assert _compared(start, end, PREVIOUS)[1:] == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-11-01", "2026-12-01", ("2026-11-24T10:00", "2026-10-01", "2026-10-24T10:00"), id="month"),
        pytest.param("2026-11-23", "2026-11-30", ("2026-11-24T10:00", "2026-11-16", "2026-11-17T10:00"), id="week"),
        pytest.param("2026-11-24", "2026-11-25", ("2026-11-24T10:00", "2026-11-23", "2026-11-23T10:00"), id="day"),
        pytest.param("2026-01-01", "2027-01-01", ("2026-11-24T10:00", "2025-01-01", "2025-11-24T10:00"), id="year"),
    ],
)
def test_a_period_that_is_not_over_is_compared_with_the_same_part(
    start: str, end: str, expected: tuple[str, ...]
) -> None:
    assert _compared(start, end, PREVIOUS, as_of="2026-11-24T10:00") == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-11-01", "2026-11-25", ("2025-11-01", "2025-11-25"), id="same days"),
        pytest.param("2024-02-01", "2024-02-29T12:00", ("2023-02-01", "2023-03-01"), id="up to a leap day"),
        pytest.param("2024-02-29", "2024-03-01", ("2023-02-28", "2023-03-01"), id="a leap day"),
    ],
)
def test_the_last_year_is_the_same_span_a_year_earlier(start: str, end: str, expected: tuple[str, str]) -> None:
    assert _compared(start, end, LAST_YEAR)[1:] == expected


def test_with_a_grain_the_previous_period_is_one_bucket_earlier() -> None:
    assert _compared("2026-01-01", "2026-04-01", PREVIOUS, grain=Grain.MONTH)[1:] == ("2025-12-01", "2026-03-01")
    assert _compared("2026-01-05", "2026-01-19", PREVIOUS, grain=Grain.WEEK)[1:] == ("2025-12-29", "2026-01-12")


def test_weeks_are_compared_with_weeks_of_the_last_year() -> None:
    _, start, _ = _compared("2026-01-05", "2026-01-19", LAST_YEAR, grain=Grain.WEEK)
    assert datetime.fromisoformat(start).weekday() == 0


def test_a_day_of_a_longer_clock_change_is_still_a_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    period = Period(start=_at("2026-03-30", berlin), end=_at("2026-03-31", berlin))
    query = MetricQuery(metric="m", period=period, comparison=PREVIOUS)
    _, before = periods_of(query, _at("2030-01-01"), berlin)
    assert before == Period(start=_at("2026-03-29", berlin).astimezone(UTC), end=period.start.astimezone(UTC))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-01", "2026-03-01", ("2026-01-01", "2026-03-01")),
        ("2025-12-31T23:59", "2026-03-01T00:01", ("2026-01-01", "2026-03-01")),
        ("2026-01-02", "2026-02-28", None),
        ("2026-01-02", "2026-03-01", ("2026-02-01", "2026-03-01")),
    ],
)
def test_whole_months_lie_within_the_window(start: str, end: str, expected: tuple[str, str] | None) -> None:
    wanted = (_at(expected[0]), _at(expected[1])) if expected else None
    assert whole_months(Window(_at(start), _at(end)), ZONE) == wanted
