"""Rain by the hour, rivers that follow it, and the villages that are under water when they do."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# (NumPy leaves the types of some results open.)

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pesut.sample.dice import generator
from pesut.sample.spec import FloodSpot, River, Storm
from pesut.sample.spec import Weather as WeatherSpec
from pesut.sample.timeline import Floats, Ints, Moments, Timeline

SEMIDIURNAL, DIURNAL, SPRING_NEAP = 12.42, 23.93, 354.4  # hours
SLOWER_PER_HOUR = 25  # mm of a day's rain for which it lasts an hour longer
DAILY_SHAPE = 0.75  # of the gamma distribution of a wet day's rain
LONGEST_MEMORY = 12  # a river forgets rain after so many of its decay times


@dataclass(frozen=True)
class Weather:
    """Hourly values over the whole timeline: `rain` (mm) by gauge, `levels` (m) by river gauge."""

    hours: Moments
    day_of_hour: Ints
    rain: dict[str, Floats]
    levels: dict[str, Floats]
    spots: tuple[FloodSpot, ...]

    @cached_property
    def daily_rain(self) -> Floats:
        """mm of each day, mean over the gauges."""
        mean = np.mean(list(self.rain.values()), axis=0)
        return np.bincount(self.day_of_hour, weights=mean).astype(np.float64)

    def depth(self, spot: FloodSpot) -> Floats:
        """How far under water a spot is in each hour, from 0 to 1."""
        return np.clip((self.levels[spot.river] - spot.begins) / (spot.full - spot.begins), 0, 1)

    def flood(self, regions: list[str]) -> Floats:
        """The deepest of each day, region by region."""
        worst = np.zeros((len(regions), int(self.day_of_hour[-1]) + 1))
        for spot in self.spots:
            np.maximum.at(worst[regions.index(spot.region)], self.day_of_hour, self.depth(spot))
        return worst


def make_weather(spec: WeatherSpec, timeline: Timeline, seed: int) -> Weather:
    start, days = timeline.midnights[0], len(timeline.days)
    count = int((timeline.end - start).astype(int) // 3600) + 1
    hours = start + np.arange(count) * np.timedelta64(3600, "s")
    day_of_hour = np.searchsorted(timeline.midnights, hours, side="right") - 1
    rain = _rain(spec, timeline, seed, days * 24)
    for storm in spec.storms:
        _add_storm(rain, storm, days)
    rain = {gauge: np.round(values[:count], 1) for gauge, values in rain.items()}
    levels = {name: _level(name, river, rain, timeline, seed) for name, river in spec.rivers.items()}
    return Weather(hours, day_of_hour, rain, levels, spec.spots)


def _rain(spec: WeatherSpec, timeline: Timeline, seed: int, hours: int) -> dict[str, Floats]:
    rng = generator(seed, "rain")
    rain = {gauge: np.zeros(hours) for gauge in spec.gauges}
    wet_share = np.array(spec.wet_days)[timeline.months]
    mean = np.array(spec.month_mm)[timeline.months] / 30.4 / wet_share
    begins = np.array(spec.hours) / np.sum(spec.hours)
    for day in np.flatnonzero(rng.random(len(wet_share)) < wet_share):
        amount = float(rng.gamma(DAILY_SHAPE, mean[day] / DAILY_SHAPE))
        shape = _burst(int(rng.integers(2, 7)) + int(amount // SLOWER_PER_HOUR), amount)
        at = int(day) * 24 + int(rng.choice(24, p=begins))
        for gauge, factor in spec.gauges.items():
            _add(rain[gauge], at, shape * factor * rng.lognormal(-0.1, 0.45))
    return rain


def _burst(hours: int, amount: float) -> Floats:
    """Rain that comes hard and dies down."""
    shape = np.exp(-np.arange(hours) / max(hours / 3, 0.5))
    return shape / shape.sum() * amount


def _add(rain: Floats, at: int, shape: Floats) -> None:
    end = min(at + len(shape), len(rain))
    rain[at:end] += shape[: end - at]


def _add_storm(rain: dict[str, Floats], storm: Storm, days: int) -> None:
    at = (days - 1 - storm.ago) * 24 + storm.hour
    for gauge, values in rain.items():
        if at >= 0:
            _add(values, at, _burst(storm.hours, storm.mm) * storm.gauges.get(gauge, 1.0))


def _level(name: str, river: River, rain: dict[str, Floats], timeline: Timeline, seed: int) -> Floats:
    count = len(next(iter(rain.values())))
    total = sum(river.gauges.values())
    fallen = np.sum([rain[gauge] * share / total for gauge, share in river.gauges.items()], axis=0)
    flow = np.convolve(fallen, _response(river))[:count]
    hours = np.arange(count)
    wetness = np.repeat(timeline.monthly(_seasons(rain, timeline)), 24)[:count]
    noise = generator(seed, "level", name).normal(0, river.noise, count)
    return river.base + river.season * wetness + river.tide * _tide(hours) + river.rise * flow + noise


def _response(river: River) -> Floats:
    after = np.arange(int(river.lag + LONGEST_MEMORY * river.decay)) - river.lag
    return np.where(after >= 0, np.exp(-np.maximum(after, 0) / river.decay), 0)


def _seasons(rain: dict[str, Floats], timeline: Timeline) -> Floats:
    """How much wetter or drier than the year each month is, from about -1 to 1."""
    mean = np.mean(list(rain.values()), axis=0)
    month = np.repeat(timeline.months, 24)[: len(mean)]
    monthly = np.bincount(month, weights=mean, minlength=12) / np.maximum(np.bincount(month, minlength=12), 1)
    centred = monthly - monthly.mean()
    return centred / max(float(np.abs(centred).max()), 1e-9)


def _tide(hours: NDArray[np.int64]) -> Floats:
    turn = 2 * np.pi * hours
    springs = 1 + 0.3 * np.cos(turn / SPRING_NEAP)
    return springs * (0.7 * np.cos(turn / SEMIDIURNAL) + 0.3 * np.cos(turn / DIURNAL))
