"""The moments at which series of a schedule are observed, and become known."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# (NumPy leaves the types of some results open.)

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pesut.catalog.models import Schedule
from pesut.sample.spec import Known
from pesut.sample.timeline import Floats, Ints, Moments, Timeline, as_year

EARLIER_YEARS = 2  # yearly figures reach back further than the rest
SECOND = np.timedelta64(1, "s")


@dataclass(frozen=True)
class Grid:
    """`moments` in UTC; each speaks of the days `since`..`until` (positions, both included; clipped to the timeline)."""

    schedule: Schedule
    moments: Moments
    since: Ints
    until: Ints
    years: Floats  # for levels: the middle of the days it speaks of
    hours: Ints  # local hour
    delay: timedelta

    def averaged(self, daily: Floats) -> Floats:
        """Daily values (…, days) as means over the days that each moment speaks of (…, moments)."""
        if daily.shape[-1] == 1:
            return np.broadcast_to(daily, (*daily.shape[:-1], len(self.moments)))
        sums = np.concatenate([np.zeros((*daily.shape[:-1], 1)), np.cumsum(daily, axis=-1)], axis=-1)
        return (sums[..., self.until + 1] - sums[..., self.since]) / (self.until + 1 - self.since)

    def known_at(self, rng: np.random.Generator) -> Moments:
        """When each value became known: about `delay` later, never quite the same."""
        late = self.delay.total_seconds() * rng.uniform(0.8, 1.2, len(self.moments))
        return self.moments + np.maximum(late, 1).astype("timedelta64[s]")


def make_grid(schedule: Schedule, known: Known, timeline: Timeline, days: int) -> Grid:
    """The grid of a schedule over the last `days` days (hourly and daily) or the whole timeline (the others)."""
    last = len(timeline.days) - 1
    if schedule is Schedule.HOURLY:
        return _hourly(timeline, max(last + 1 - days, 0), known.delay)
    begin = max(last + 1 - days, 0) if schedule is Schedule.DAILY else 0
    ends = [day for day in _ends(schedule, known, timeline) if day >= timeline.days[begin]]
    if schedule is Schedule.YEARLY:
        ends = _ends(schedule, known, timeline)
    moments = np.array([timeline.moment(day, known.at) for day in ends], dtype="datetime64[s]")
    until = np.array([min(max((day - timeline.days[0]).days, 0), last) for day in ends])
    since = np.maximum(until + 1 - _length(schedule), 0)
    middles = np.array([_middle(schedule, day) for day in ends])
    hours = np.full(len(ends), known.at.hour)
    past = moments <= timeline.end
    return Grid(schedule, moments[past], since[past], until[past], middles[past], hours[past], known.delay)


def _hourly(timeline: Timeline, begin: int, delay: timedelta) -> Grid:
    start = timeline.midnights[begin]
    count = int((timeline.end - start) // (3600 * SECOND)) + 1
    moments = start + np.arange(count) * np.timedelta64(3600, "s")
    day = np.searchsorted(timeline.midnights, moments, side="right") - 1
    hours = (moments - timeline.midnights[day]).astype(np.int64) // 3600
    return Grid(Schedule.HOURLY, moments, day, day, timeline.years[day], hours, delay)


def _ends(schedule: Schedule, known: Known, timeline: Timeline) -> list[date]:
    days = timeline.days
    match schedule:
        case Schedule.DAILY:
            return days
        case Schedule.WEEKLY:
            return [day for day in days if day.weekday() == known.weekday]
        case Schedule.MONTHLY:
            return [day for day in days if _ends_month(day)]
        case Schedule.QUARTERLY:
            return [day for day in days if _ends_month(day) and day.month % 3 == 0]
        case _:
            years = range(days[0].year - EARLIER_YEARS, days[-1].year + 1)
            return [_month_end(year, known.month) for year in years]


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _length(schedule: Schedule) -> int:
    return {Schedule.DAILY: 1, Schedule.WEEKLY: 7, Schedule.MONTHLY: 30, Schedule.QUARTERLY: 91}.get(schedule, 365)


def _middle(schedule: Schedule, end: date) -> float:
    return end.year + 0.5 if schedule is Schedule.YEARLY else as_year(end - timedelta(days=_length(schedule) // 2))
