"""What moves the city's figures together: named drivers, by region and day, from 0 to about 1."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# (NumPy leaves the types of some results open.)

from collections.abc import Mapping
from dataclasses import dataclass

import holidays
import numpy as np

from pesut.sample.dice import generator
from pesut.sample.report_spec import Effect
from pesut.sample.spec import Chance, Event
from pesut.sample.timeline import DHUL_HIJJA, RAMADAN, SHAWWAL, Floats, Timeline
from pesut.sample.weather import Weather

HEAVY_RAIN = 50.0  # mm in a day
DRY_SPELL = 30  # days looked back on


@dataclass(frozen=True)
class Places:
    """The villages, their districts and the city, and how much each counts."""

    villages: list[str]
    district_of: dict[str, str]
    root: str
    inhabitants: Floats

    @property
    def districts(self) -> list[str]:
        return sorted(set(self.district_of.values()))

    def members(self, region: str) -> list[int]:
        """Positions of the villages within a region."""
        if region == self.root:
            return list(range(len(self.villages)))
        return [n for n, code in enumerate(self.villages) if region in (code, self.district_of[code])]

    def weights(self, region: str) -> Floats:
        """Part of each village in a region's inhabitants."""
        weights = np.zeros(len(self.villages))
        members = self.members(region)
        weights[members] = self.inhabitants[members]
        return weights / weights.sum()


class Drivers:
    """`values[name]` is days, or villages x days."""

    def __init__(self, values: Mapping[str, Floats], places: Places) -> None:
        self.values = values
        self.places = places

    def of(self, name: str, region: str) -> Floats:
        """A driver's days in a region: of a larger region the mean over its inhabitants."""
        values = self.values[name]
        return values if values.ndim == 1 else self.places.weights(region) @ values

    def factor(self, effects: Mapping[str, Effect], region: str) -> Floats:
        """What the effects together do to a quantity in a region, day by day (1: nothing)."""
        product = np.ones(1)
        for name, effect in effects.items():
            product = product * np.maximum(1 + effect.by * delayed(self.of(name, region), effect), 0)
        return product

    def factors(self, effects: Mapping[str, Effect]) -> Floats:
        """The same for all villages at once (villages x days)."""
        days = next(iter(self.values.values())).shape[-1]
        product = np.ones((len(self.places.villages), days))
        for name, effect in effects.items():
            product = product * np.maximum(1 + effect.by * delayed(self.values[name], effect), 0)
        return product


def delayed(values: Floats, effect: Effect) -> Floats:
    """Mean over the last `window` days (the last axis), `lag` days later."""
    sums = np.cumsum(values, axis=-1)
    before = _shifted(sums, effect.window)
    return _shifted((sums - before) / effect.window, effect.lag)


def _shifted(values: Floats, days: int) -> Floats:
    if days == 0:
        return values
    shifted = np.zeros_like(values)
    shifted[..., days:] = values[..., :-days]
    return shifted


def make_drivers(
    timeline: Timeline,
    weather: Weather,
    places: Places,
    events: tuple[Event, ...],
    chances: Mapping[str, Chance],
    seed: int,
    country: str,
) -> Drivers:
    values = _calendar(timeline, country)
    values["rain"] = weather.daily_rain / HEAVY_RAIN
    values["drought"] = _drought(weather.daily_rain)
    values["flood"] = weather.flood(places.villages)
    shape = (len(places.villages), len(timeline.days))
    for name in sorted({event.driver for event in events} | set(chances)):
        values[name] = np.zeros(shape)
    for name, chance in chances.items():
        _let_happen(values[name], chance, places, generator(seed, "chance", name))
    for event in events:
        _plant(values[event.driver], event, places)
    return Drivers(values, places)


def _calendar(timeline: Timeline, country: str) -> dict[str, Floats]:
    to_eid = timeline.days_from(SHAWWAL, 1)
    to_sacrifice = timeline.days_from(DHUL_HIJJA, 10)
    into_fast = timeline.days_from(RAMADAN, 1)
    free = holidays.country_holidays(country, years=range(timeline.days[0].year, timeline.days[-1].year + 1))
    year_end = np.array([day.month == 12 and day.day >= 20 for day in timeline.days], dtype=float)
    return {
        "feast": _rising(to_eid, 12, 8),
        "sacrifice": _rising(to_sacrifice, 8, 4),
        "ramadan": ((into_fast >= 0) & (into_fast < 30) & (to_eid < 0)).astype(float),
        "homecoming": ((to_eid >= -2) & (to_eid <= 6)).astype(float),
        "year_end": year_end,
        "holiday": np.array([day in free for day in timeline.days], dtype=float),
    }


def _rising(distance: np.ndarray, before: int, after: int) -> Floats:
    """Grows for `before` days to 1 on the day, and fades within `after`."""
    return np.where(distance <= 0, np.clip(1 + distance / before, 0, 1), np.clip(1 - distance / after, 0, 1))


def _drought(rain: Floats) -> Floats:
    """How far the last month's rain stays behind the usual."""
    recent = delayed(rain, Effect(by=1, window=DRY_SPELL))
    drought = np.clip(1.2 - 2 * recent / max(float(rain.mean()), 1e-9), 0, 1)
    drought[:DRY_SPELL] = 0
    return drought


def _let_happen(values: Floats, chance: Chance, places: Places, rng: np.random.Generator) -> None:
    villages, days = values.shape
    share = places.inhabitants / places.inhabitants.sum()
    for _ in range(rng.poisson(chance.per_year * days / 365.25)):
        first, length = int(rng.integers(days)), int(rng.integers(chance.days[0], chance.days[1] + 1))
        many = min(int(rng.integers(chance.regions[0], chance.regions[1] + 1)), villages)
        hit = rng.choice(villages, many, replace=False, p=share)
        values[np.ix_(hit, np.arange(first, min(first + length, days)))] += rng.uniform(*chance.strength)
    np.minimum(values, 1.0, out=values)


def _plant(values: Floats, event: Event, places: Places) -> None:
    first = values.shape[1] - 1 - event.ago
    members = [n for region in event.regions or (places.root,) for n in places.members(region)]
    if first + event.days > 0:
        values[members, max(first, 0) : first + event.days] = event.strength
