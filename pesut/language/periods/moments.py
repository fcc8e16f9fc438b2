"""Calendar arithmetic on naive local times."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pesut.contracts import Grain


class Unit(StrEnum):
    """A stretch of the calendar that people name; a semester is half a year."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEMESTER = "semester"
    YEAR = "year"

    @property
    def grain(self) -> Grain:
        """The grain that splits or compares such a stretch (of a semester: quarters)."""
        return Grain.QUARTER if self is Unit.SEMESTER else Grain(self.value)

    @property
    def months(self) -> int:
        """Its length in months; 0 for those that are counted in hours."""
        return _MONTHS.get(self, 0)


_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.SEMESTER: 6, Unit.YEAR: 12}
_LENGTHS = {Unit.HOUR: timedelta(hours=1), Unit.DAY: timedelta(days=1), Unit.WEEK: timedelta(weeks=1)}


@dataclass(frozen=True)
class Stretch:
    """From `start` to before `end` (naive, the city's clock). `unit`: the calendar unit it fills or counts.

    `loose`: the words leave a choice, so the reading has to be told.
    """

    start: datetime
    end: datetime
    unit: Unit | None = None
    loose: bool = False

    def until(self, now: datetime) -> "Stretch":
        """The part that has already been, when it is still running."""
        return replace(self, end=now) if self.start < now < self.end else self


def midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def floor(unit: Unit, moment: datetime) -> datetime:
    """The start of the unit that `moment` lies in; weeks start on Monday."""
    if unit is Unit.HOUR:
        return moment.replace(minute=0, second=0, microsecond=0)
    day = midnight(moment)
    if unit is Unit.DAY:
        return day
    if unit is Unit.WEEK:
        return day - timedelta(days=day.weekday())
    first = (day.month - 1) // unit.months * unit.months + 1
    return day.replace(month=first, day=1)


def plus(unit: Unit, moment: datetime, count: int) -> datetime:
    """`count` units later (earlier when negative); a day that the month lacks becomes its last."""
    if not unit.months:
        return moment + _LENGTHS[unit] * count
    months = moment.year * 12 + moment.month - 1 + unit.months * count
    year, month = divmod(months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, _days(year, month + 1)))


def unit_at(unit: Unit, moment: datetime, shift: int = 0) -> Stretch:
    """The whole unit around `moment`, `shift` units later."""
    start = plus(unit, floor(unit, moment), shift)
    return Stretch(start, plus(unit, start, 1), unit)


def day(year: int, month: int, number: int) -> datetime | None:
    """Midnight of a date, or None where the calendar has no such date."""
    if not (1 <= month <= 12 and 1990 <= year <= 2100 and 1 <= number <= _days(year, month)):
        return None
    return datetime(year, month, number)  # noqa: DTZ001 - naive on purpose: the zone is set at the edge


def _days(year: int, month: int) -> int:
    following = datetime(year + month // 12, month % 12 + 1, 1)  # noqa: DTZ001
    return (following - timedelta(days=1)).day
