"""Stretches of calendar time: what a query's period comes to as of a moment, and what it is compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pesut.contracts.base import Period
from pesut.contracts.query import Comparison, Grain

TICK = timedelta(microseconds=1)
_WEEK = 7
_MONTHS_OF = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class Window:
    """`start` inclusive (None: since ever), `end` exclusive, both aware."""

    start: datetime | None
    end: datetime


@dataclass(frozen=True)
class Shift:
    """How far back a comparison looks: calendar months and days in the city's zone, or exact time."""

    months: int = 0
    days: int = 0
    exact: timedelta = timedelta()

    def back(self, moment: datetime, zone: ZoneInfo, *, is_end: bool = False) -> datetime:
        """The moment so much earlier. A day that the earlier month lacks becomes its last day; as the end of a stretch, its end
        (up to 31 October compares with up to the end of September).
        """
        local = (moment - self.exact).astimezone(zone).replace(tzinfo=None)
        month = local.year * 12 + local.month - 1 - self.months
        year, number = month // 12, month % 12 + 1
        last = monthrange(year, number)[1]
        if local.day > last and is_end:
            moved = datetime.combine(date(year, number, last), time()) + timedelta(days=1)
        else:
            moved = local.replace(year=year, month=number, day=min(local.day, last))
        return (moved - timedelta(days=self.days)).replace(tzinfo=zone).astimezone(UTC)

    def window(self, window: Window, zone: ZoneInfo) -> Window:
        assert window.start is not None
        return Window(self.back(window.start, zone), self.back(window.end, zone, is_end=True))

    @property
    def interval(self) -> str:
        """As PostgreSQL writes it."""
        return f"{self.months} months {self.days} days {self.exact.total_seconds():f} seconds"


STEP = {
    Grain.HOUR: Shift(exact=timedelta(hours=1)),
    Grain.DAY: Shift(days=1),
    Grain.WEEK: Shift(days=7),
    Grain.MONTH: Shift(months=1),
    Grain.QUARTER: Shift(months=3),
    Grain.YEAR: Shift(months=12),
}


def comparison_shift(period: Period, comparison: Comparison, grain: Grain | None, zone: ZoneInfo) -> Shift:
    """How far the comparison lies behind `period`.

    Last year: 12 months, for weeks 52 weeks (so that Monday meets Monday). Previous period with a grain: one bucket. Without:
    whole calendar months (quarters, years) as many months; a stretch that begins a month, quarter, year or week and ends
    within it, the part of the one before; one that begins with a day, as many days as it touches, so that mornings meet
    mornings; else the same length.
    """
    if comparison is Comparison.LAST_YEAR:
        return Shift(days=364) if grain is Grain.WEEK else Shift(months=12)
    if grain:
        return STEP[grain]
    start, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (period.start, period.end))
    if _begins_month(start) and (months := _months_spanned(start, end)):
        return Shift(months=months)
    if start.time() == end.time():
        return Shift(days=(end - start).days)
    if start.time() == time():
        days = (end - start).days + 1
        return Shift(days=_WEEK if start.weekday() == 0 and 1 < days < _WEEK else days)
    return Shift(exact=period.end - period.start)


def _begins_month(moment: datetime) -> bool:
    return moment.day == 1 and moment.time() == time()


def _months_spanned(start: datetime, end: datetime) -> int:
    """Months from a month's begin: whole ones, or the calendar unit that begins there and within which the end lies; else 0."""
    between = (end.year - start.year) * 12 + end.month - start.month
    if _begins_month(end):
        return between
    units = (months for months in _MONTHS_OF.values() if (start.month - 1) % months == 0)
    return next((months for months in units if between < months), 0)


def whole_months(window: Window, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """First and last bound of the whole calendar months within the window, or None where there is none."""
    if window.start is None:
        return None
    first = _month_begin(window.start, zone)
    if first < window.start:
        first = _month_begin(first + timedelta(days=32), zone)
    last = _month_begin(window.end, zone)
    return (first, last) if first < last else None


def _month_begin(moment: datetime, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def first_date(moment: datetime, zone: ZoneInfo) -> date:
    """The first day that begins at or after the moment."""
    local = moment.astimezone(zone)
    return local.date() if local.time() == time() else local.date() + timedelta(days=1)


def years_touched(window: Window, zone: ZoneInfo) -> tuple[int, int]:
    """First and last calendar year that the window touches."""
    assert window.start is not None
    return window.start.astimezone(zone).year, (window.end - TICK).astimezone(zone).year


def year_to(moment: datetime, zone: ZoneInfo) -> Window:
    """The moment's calendar year up to and with the moment."""
    local = moment.astimezone(zone)
    return Window(datetime(local.year, 1, 1, tzinfo=zone).astimezone(UTC), moment + TICK)


def bucket_count(window: Window, grain: Grain) -> int:
    """About how many buckets of the grain the window touches."""
    assert window.start is not None
    step = STEP[grain]
    length = step.exact + timedelta(days=step.days + 30.4 * step.months)
    return int((window.end - window.start) / length) + 1
