"""Dates and times of spreadsheets and people are understood; naive times are the city's."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_datetime
from hypothesis import given
from hypothesis import strategies as st

from pesut.intake.moments import DayOrder, infer_order, month_number, parse_day, parse_moment

MAKASSAR = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("3 Maret 2025", "2025-03-03T00:00:00+08:00"),
        ("Senin, 3 Maret 2025 pukul 14:30 WIB", "2025-03-03T14:30:00+07:00"),
        ("Jum'at 7 Nopember 2025 jam 08.05 WITA", "2025-11-07T08:05:00+08:00"),
        ("03/04/2025", "2025-04-03T00:00:00+08:00"),
        ("03-04-25 14.30", "2025-04-03T14:30:00+08:00"),
        ("03.04.2025 08.15", "2025-04-03T08:15:00+08:00"),
        ("3-Mar-2025", "2025-03-03T00:00:00+08:00"),
        ("March 3, 2025", "2025-03-03T00:00:00+08:00"),
        ("3 Mar 2025 2:30 PM", "2025-03-03T14:30:00+08:00"),
        ("2025-03-03T10:00:00Z", "2025-03-03T10:00:00+00:00"),
        ("2025-03-03 10:00:00.125+0800", "2025-03-03T10:00:00.125000+08:00"),
        ("20250303", "2025-03-03T00:00:00+08:00"),
        (20250303, "2025-03-03T00:00:00+08:00"),
        (45719.25, "2025-03-03T06:00:00+08:00"),
        ("45719.5", "2025-03-03T12:00:00+08:00"),
        (datetime(2025, 3, 3, 7), "2025-03-03T07:00:00+08:00"),  # noqa: DTZ001 - as openpyxl gives it
        (date(2025, 3, 3), "2025-03-03T00:00:00+08:00"),
        ("Maret 2025", "2025-03-01T00:00:00+08:00"),
        ("2025-03", "2025-03-01T00:00:00+08:00"),
        (2025, "2025-01-01T00:00:00+08:00"),
    ],
)
def test_written_moments(cell: object, moment: str) -> None:
    assert parse_moment(cell, MAKASSAR).isoformat() == moment


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2025",
        "12 Foo 2025",
        "2025-13-01",
        "abc",
        "7.90",
        "14.30",
        "1/2/3",
        True,
        7.9,
        10**11,
        "2025-03-03 25:00",
        "2025-02-30T10:00:00Z",
    ],
)
def test_what_is_no_moment(cell: object) -> None:
    with pytest.raises(ValueError, match=r"date|day|month|time|moment"):
        parse_moment(cell, MAKASSAR)


def test_the_order_of_day_and_month() -> None:
    assert parse_day("03/04/2025", DayOrder.MONTH) == date(2025, 3, 4)
    assert infer_order(["03/04/2025", "03/25/2025"]) is DayOrder.MONTH
    assert infer_order(["03/04/2025", "25/03/2025"]) is DayOrder.DAY
    assert infer_order(["25/03/2025", "03/25/2025"]) is None


def test_months_alone() -> None:
    assert [month_number(each) for each in ("Januari", "agt", 12, "13", "0", "x")] == [1, 8, 12, None, None, None]


_moments = st.integers(0, 100 * 365 * 24 * 60).map(
    lambda minutes: datetime(1970, 1, 1, tzinfo=MAKASSAR) + timedelta(minutes=minutes)
)


@given(
    _moments,
    st.sampled_from(
        [
            "d MMMM yyyy HH:mm",
            "EEEE, d MMMM yyyy 'pukul' HH.mm",
            "dd/MM/yyyy HH:mm",
            "d-MMM-yy HH.mm",
            "yyyy-MM-dd HH:mm",
        ]
    ),
    st.sampled_from(["id", "en"]),
)
def test_moments_come_back_as_they_were_written(moment: datetime, pattern: str, locale: str) -> None:
    text = format_datetime(moment.replace(tzinfo=None), pattern, locale=locale)
    assert parse_moment(text, MAKASSAR) == moment


@given(st.integers(0, 50_000 * 24 * 60))
def test_serials_count_days_as_excel_does(minutes: int) -> None:
    moment = datetime(1940, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    serial = (moment - datetime(1899, 12, 30, tzinfo=UTC)) / timedelta(days=1)
    assert parse_moment(serial, ZoneInfo("UTC")) == moment


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert parse_moment(text, MAKASSAR).tzinfo is not None
