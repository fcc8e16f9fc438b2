"""The stretch of time that the sample city lived through, day by day and hour by hour, in the city's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import hijridate
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]
"""Seconds in UTC."""

SHAWWAL, RAMADAN, DHUL_HIJJA = 10, 9, 12


@dataclass(frozen=True)
class Timeline:
    """Whole local days from `first` to the day of `now` (aware, UTC), which has only begun."""

    now: datetime
    first: date
    zone: ZoneInfo

    @classmethod
    def before(cls, now: datetime, years: int, zone: ZoneInfo) -> "Timeline":
        today = now.astimezone(zone).date()
        return cls(now.astimezone(UTC), (today - timedelta(days=round(365.25 * years))), zone)

    @cached_property
    def days(self) -> list[date]:
        count = (self.now.astimezone(self.zone).date() - self.first).days + 1
        return [self.first + timedelta(days=number) for number in range(count)]

    @cached_property
    def end(self) -> np.datetime64:
        """`now` to the second."""
        return np.datetime64(self.now.replace(tzinfo=None), "s")

    @cached_property
    def midnights(self) -> Moments:
        """Where each local day begins, in UTC."""
        return np.array([self.moment(day, time(0)) for day in self.days], dtype="datetime64[s]")

    def moment(self, day: date, at: time) -> np.datetime64:
        local = datetime.combine(day, at, self.zone)
        return np.datetime64(local.astimezone(UTC).replace(tzinfo=None), "s")

    @cached_property
    def months(self) -> Ints:
        """Month of each day, from 0."""
        return np.array([day.month - 1 for day in self.days])

    @cached_property
    def weekdays(self) -> Ints:
        return np.array([day.weekday() for day in self.days])

    @cached_property
    def years(self) -> Floats:
        """Each day as a year with fraction."""
        return np.array([as_year(day) for day in self.days])

    def days_from(self, month: int, day_of_month: int) -> Ints:
        """Days that each day lies after (or, negative, before) the nearest such day of the Islamic calendar."""
        span = range(self.days[0].year - 1, self.days[-1].year + 2)
        feasts = np.array([each.toordinal() for year in span for each in _in_year(year, month, day_of_month)])
        ordinals = np.array([day.toordinal() for day in self.days])
        distance = ordinals[:, None] - feasts[None, :]
        return distance[np.arange(len(ordinals)), np.abs(distance).argmin(axis=1)]

    def monthly(self, factors: Floats) -> Floats:
        """Twelve factors, each reached at the middle of its month, drawn out smoothly over the days."""
        places = (self.years % 1) * 12 - 0.5
        return np.interp(places, np.arange(-1, 13), np.concatenate([factors[-1:], factors, factors[:1]]))


def as_year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 0.5) / 365.25


def _in_year(year: int, month: int, day: int) -> list[date]:
    """The Gregorian dates within `year` of a day of the Islamic calendar."""
    first = hijridate.Gregorian(year, 1, 1).to_hijri().year
    found = [hijridate.Hijri(hijri, month, day).to_gregorian() for hijri in (first, first + 1)]
    return [date(each.year, each.month, each.day) for each in found if each.year == year]
