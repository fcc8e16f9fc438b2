"""Working days of a five-day and a six-day week, across public holidays and a change of year."""

from datetime import UTC, date, datetime

import pytest

from pesut.city.loader import CityFolder
from pesut.city.models import City
from pesut.city.workdays import end_of, start_of, workday, workday_from


@pytest.mark.parametrize(
    ("start", "days", "five", "six"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24), date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30), date(2026, 11, 28)),  # a Friday
        (date(2026, 11, 30), -1, date(2026, 11, 27), date(2026, 11, 28)),  # a Monday
        (date(2026, 12, 31), 1, date(2027, 1, 4), date(2027, 1, 2)),  # New Year's Day is a Friday
    ],
)
def test_workdays(start: date, days: int, five: date, six: date, highland: CityFolder) -> None:
    office = highland.city.calendar.model_copy(update={"weekdays": (0, 1, 2, 3, 4)})
    short: City = highland.city.model_copy(update={"calendar": office})
    assert workday(start, days, short) == five
    assert workday(start, days, highland.city) == six


def test_days_begin_and_end_in_the_citys_zone(highland: CityFolder) -> None:
    day = date(2026, 11, 24)
    assert start_of(day, highland.city) == datetime(2026, 11, 23, 17, tzinfo=UTC)
    assert end_of(day, highland.city) == datetime(2026, 11, 24, 17, tzinfo=UTC)
    late = datetime(2026, 11, 24, 18, tzinfo=UTC)  # already the 25th there
    assert workday_from(late, 1, highland.city) == end_of(date(2026, 11, 26), highland.city)
