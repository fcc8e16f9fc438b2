"""The values of an indicator's series, from its profile and from what moved the city."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownMemberType=false
# (NumPy leaves the types of some results open.)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pesut.catalog.models import Catalog, Dataset
from pesut.errors import InvalidInputError
from pesut.sample.dice import generator
from pesut.sample.drivers import Drivers, Places
from pesut.sample.grids import Grid
from pesut.sample.spec import Level, Profile
from pesut.sample.timeline import Floats, Timeline

NO_DAY = np.zeros(1)


@dataclass(frozen=True)
class Series:
    region: str
    item: str = ""


@dataclass(frozen=True)
class Filled:
    """A profile's series on their grid (values: series x moments; NaN: none was observed)."""

    profile: Profile
    series: Sequence[Series]
    grid: Grid
    values: Floats

    @property
    def keys(self) -> list[tuple[str, str, str]]:
        """Indicator, region and item of each series."""
        return [(self.profile.indicator, each.region, each.item) for each in self.series]


def dataset_of(indicator: str, catalog: Catalog) -> Dataset:
    """Raises InvalidInputError for an indicator that the catalog does not have."""
    found = catalog.indicator(indicator)
    dataset = catalog.dataset(found.dataset) if found else None
    if dataset is None:
        raise InvalidInputError(
            f"The sample profile {indicator!r} is of no indicator in the catalog.",
            remedy="Mend the city folder's sample/ or catalog/.",
        )
    return dataset


def series_of(profile: Profile, dataset: Dataset, drivers: Drivers) -> list[Series]:
    """The series that a profile fills; where a driver says how high, only those that it ever moves."""
    places = drivers.places
    items = [item for item in dataset.items if not profile.items or item.code in profile.items]
    match profile.by:
        case "city":
            series = [Series(places.root)]
        case "district":
            series = [Series(code) for code in places.districts]
        case "village":
            series = [Series(code) for code in places.villages]
        case "item":
            series = [Series(item.region or places.root, item.code) for item in items]
        case "item_by_district":
            series = [Series(code, item.code) for code in places.districts for item in items]
    driver = profile.driver
    return [each for each in series if driver is None or drivers.of(driver, each.region).any()] or series[:1]


class ProfileMaker:
    """Makes the values of profiles. `seed` and the indicator's code decide every draw.

    `filled` holds what was made before, for the profiles that lean on another.
    """

    def __init__(self, drivers: Drivers, timeline: Timeline, seed: int) -> None:
        self.drivers, self.timeline, self.seed = drivers, timeline, seed
        self.filled: dict[str, Filled] = {}

    def fill(self, profile: Profile, series: Sequence[Series], grid: Grid) -> Filled:
        rng = generator(self.seed, "profile", profile.indicator, series[0].item)
        values = _levels(profile, series, grid, self.drivers.places, rng)
        if profile.of:
            values = values * self._matching(profile.of, series)
        values = values * self._moved(profile, series, grid)
        if profile.noise:
            values = values * np.exp(profile.noise * red_noise(rng, values.shape, profile.memory))
        values = self._finished(profile, np.clip(values, profile.minimum, profile.maximum), series, rng)
        values[:, self._closed(profile, grid)] = np.nan
        if profile.where:
            values[~(self._matching(profile.where, series) > 0)] = np.nan
        return Filled(profile, series, grid, values)

    def _moved(self, profile: Profile, series: Sequence[Series], grid: Grid) -> Floats:
        by_region = {each.region: grid.averaged(self._days(profile, each.region)) for each in series}
        moved = np.stack([by_region[each.region] for each in series])
        if profile.hours:
            moved = moved * (np.array(profile.hours) / np.mean(profile.hours))[grid.hours]
        return moved

    def _days(self, profile: Profile, region: str) -> Floats:
        days = self.drivers.factor(profile.effects, region)
        if profile.driver:
            days = days * self.drivers.of(profile.driver, region)
        if profile.months:
            days = days * self.timeline.monthly(np.array(profile.months) / np.mean(profile.months))
        if profile.weekdays:
            days = days * (np.array(profile.weekdays) / np.mean(profile.weekdays))[self.timeline.weekdays]
        return days

    def _finished(self, profile: Profile, values: Floats, series: Sequence[Series], rng: np.random.Generator) -> Floats:
        if profile.counts and profile.of:
            whole = np.nan_to_num(self._matching(profile.of, series))
            share = np.clip(np.nan_to_num(values) / np.maximum(whole, 1e-9), 0, 1)
            return rng.binomial(whole.astype(np.int64), share).astype(np.float64)
        if profile.counts:
            return rng.poisson(values).astype(np.float64)
        if profile.total is not None and not profile.decimals and not profile.noise:
            return _apportioned(values)
        return np.round(values, profile.decimals)

    def _matching(self, indicator: str, series: Sequence[Series]) -> Floats:
        """The values of another indicator at the same places and items, or at the same places where it has no items."""
        other = self.filled[indicator]
        rows: Mapping[Series, int] = {each: row for row, each in enumerate(other.series)}
        return other.values[[rows.get(each, rows.get(Series(each.region), 0)) for each in series]]

    def _closed(self, profile: Profile, grid: Grid) -> "np.ndarray[tuple[int], np.dtype[np.bool]]":
        closed = np.isin(self.timeline.weekdays, profile.closed)
        if profile.closed_on_holidays:
            closed |= self.drivers.values["holiday"] > 0
        return closed[grid.until]


def _levels(profile: Profile, series: Sequence[Series], grid: Grid, places: Places, rng: np.random.Generator) -> Floats:
    apart = rng.lognormal(-(profile.spread**2) / 2, profile.spread, len(series))
    factors = np.array([profile.regions.get(each.region, 1.0) for each in series]) * apart
    if profile.items:
        return factors[:, None] * np.stack([at_years(profile.items[each.item], grid.years) for each in series])
    if profile.total is not None:
        shares = factors * (_inhabitants(series, places) if profile.shared == "inhabitants" else 1.0)
        return (shares / shares.sum())[:, None] * at_years(profile.total, grid.years)
    return factors[:, None] * at_years(1.0 if profile.level is None else profile.level, grid.years)


def _inhabitants(series: Sequence[Series], places: Places) -> Floats:
    return np.array([places.inhabitants[places.members(each.region)].sum() for each in series])


def at_years(level: Level, years: Floats) -> Floats:
    """A level over years with fraction: between the middles of the years given, and flat outside them."""
    if not isinstance(level, dict):
        return np.full(len(years), float(level))
    known = sorted(level)
    return np.interp(years, [year + 0.5 for year in known], [level[year] for year in known])


def red_noise(rng: np.random.Generator, shape: tuple[int, ...], memory: float) -> Floats:
    """Noise of unit variance along the last axis, each value holding `memory` of the one before."""
    noise = rng.standard_normal(shape)
    if memory:
        fresh = np.sqrt(1 - memory**2)
        for moment in range(1, shape[-1]):
            noise[..., moment] = memory * noise[..., moment - 1] + fresh * noise[..., moment]
    return noise


def _apportioned(values: Floats) -> Floats:
    """Whole numbers whose sum over the series is the whole sum: the largest remainders are rounded up."""
    floors = np.floor(values)
    missing = np.round(values.sum(axis=0) - floors.sum(axis=0)).astype(np.int64)
    order = np.argsort(floors - values, axis=0, kind="stable")
    for moment, count in enumerate(missing.tolist()):
        floors[order[:count, moment], moment] += 1
    return floors
