"""Rows of observations: every series of every profile, with the moments at which its values became known and were corrected."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pesut.catalog.models import Catalog, Schedule
from pesut.errors import InvalidInputError
from pesut.sample.copying import FOREVER_TEXT, Block, as_texts
from pesut.sample.dice import generator
from pesut.sample.grids import Grid, make_grid
from pesut.sample.profiles import Filled, ProfileMaker, Series, dataset_of, series_of
from pesut.sample.spec import Known, Profile, SampleSpec
from pesut.sample.timeline import Floats, Moments, Timeline
from pesut.sample.volume import Volume
from pesut.sample.weather import Weather

COLUMNS = "series_id, observed_at, recorded_at, superseded_at, sample, value"
BULK_BLOCK = 100  # series made at once
CORRECTED_AFTER = (2.0, 20.0)  # days
WRONG_BY = 0.06  # of the first value, on a log scale
QUIET_HOURS = 48  # no gauge falls silent so close to now

SeriesKey = tuple[str, str, str]


class ObservationMaker:
    """Fills profiles with values and writes them as rows. Deterministic for the spec's seed and the timeline's `now`."""

    def __init__(
        self,
        spec: SampleSpec,
        catalog: Catalog,
        timeline: Timeline,
        weather: Weather,
        maker: ProfileMaker,
        volume: Volume,
        seed: int,
    ) -> None:
        self.spec, self.catalog, self.timeline = spec, catalog, timeline
        self.weather, self.maker, self.volume, self.seed = weather, maker, volume, seed
        self._grids: dict[tuple[Schedule, Known], Grid] = {}
        self._leaned_on = {name for each in spec.profiles for name in (each.of, each.where) if name}

    def filled(self) -> Iterator[Filled]:
        """Every profile in turn, then the bulk series of a scale above 1, in blocks."""
        for profile, series in self._parts():
            filled = self._fill(profile, series)
            if profile.indicator in self._leaned_on:
                self.maker.filled[profile.indicator] = filled
            yield filled

    def keys(self) -> list[SeriesKey]:
        """All series that `blocks` will need the ids of."""
        return [(profile.indicator, each.region, each.item) for profile, series in self._parts() for each in series]

    def blocks(self, ids: Mapping[SeriesKey, int]) -> Iterator[Block]:
        """The rows of one profile after the other."""
        return (self.rows(filled, ids) for filled in self.filled())

    def _parts(self) -> Iterator[tuple[Profile, list[Series]]]:
        regions: dict[str, set[str]] = {}
        for profile in self.spec.profiles:
            dataset = dataset_of(profile.indicator, self.catalog)
            series = series_of(profile, dataset, self.maker.drivers)
            for other in filter(None, (profile.of, profile.where)):
                series = [each for each in series if each.region in _earlier(other, regions)]
            regions.setdefault(profile.indicator, set()).update(each.region for each in series)
            yield profile, series
        yield from self._bulk()

    def _bulk(self) -> Iterator[tuple[Profile, list[Series]]]:
        villages = self.maker.drivers.places.villages
        profiles = [each for each in self.spec.profiles if each.indicator in self.spec.bulk]
        for first in range(0, self.volume.bulk_series, BULK_BLOCK):
            numbers = range(first, min(first + BULK_BLOCK, self.volume.bulk_series))
            series = [Series(villages[number % len(villages)], f"meter-{number:05d}") for number in numbers]
            yield profiles[first // BULK_BLOCK % len(profiles)], series

    def _fill(self, profile: Profile, series: list[Series]) -> Filled:
        grid = self._grid(profile)
        if profile.weather is None:
            return self.maker.fill(profile, series, grid)
        source = self.weather.rain if profile.weather == "rain" else self.weather.levels
        skipped = len(self.weather.hours) - len(grid.moments)
        values = np.stack([source[each.item][skipped:] for each in series])
        return Filled(profile, series, grid, np.round(values, profile.decimals))

    def _grid(self, profile: Profile) -> Grid:
        schedule = dataset_of(profile.indicator, self.catalog).schedule
        known = profile.known or self.spec.known[schedule]
        if (schedule, known) not in self._grids:
            days = self.volume.hourly_days if schedule is Schedule.HOURLY else self.volume.daily_days
            self._grids[schedule, known] = make_grid(schedule, known, self.timeline, days)
        return self._grids[schedule, known]

    def rows(self, filled: Filled, ids: Mapping[SeriesKey, int]) -> Block:
        """The rows of a filled profile, series by series in the order of time."""
        rng = generator(self.seed, "known", filled.profile.indicator, filled.series[0].item)
        lines: list[str] = []
        for key, values in zip(filled.keys, filled.values, strict=True):
            lines += self._lines(ids[key], filled, values, rng)
        text = "".join(lines)
        return text, text.count("\n")

    def _lines(self, series_id: int, filled: Filled, values: Floats, rng: np.random.Generator) -> list[str]:
        known = filled.grid.known_at(rng)
        kept = np.flatnonzero((known <= self.timeline.end) & ~np.isnan(values) & ~self._silent(filled.grid, rng))
        observed, recorded = as_texts(filled.grid.moments[kept]), as_texts(known[kept])
        decimals = filled.profile.decimals
        numbers = [f"{value:.{decimals}f}" for value in values[kept].tolist()]
        ends = f"{FOREVER_TEXT}\tt\t"
        lines = [
            f"{series_id}\t{seen}\t{told}\t{ends}{number}\n"
            for seen, told, number in zip(observed, recorded, numbers, strict=True)
        ]
        for place, when, factor in self._corrections(filled.grid, known[kept], rng):
            wrong = f"{float(numbers[place]) * factor:.{decimals}f}"
            if wrong != numbers[place]:
                lines[place] = (
                    f"{series_id}\t{observed[place]}\t{recorded[place]}\t{when}\tt\t{wrong}\n"
                    f"{series_id}\t{observed[place]}\t{when}\t{ends}{numbers[place]}\n"
                )
        return lines

    def _silent(self, grid: Grid, rng: np.random.Generator) -> NDArray[np.bool]:
        """The moments at which an hourly gauge told nothing."""
        silent = np.zeros(len(grid.moments), dtype=bool)
        gaps = self.spec.gaps
        if grid.schedule is Schedule.HOURLY and gaps:
            last = max(len(silent) - QUIET_HOURS, 1)
            for _ in range(rng.poisson(gaps.per_year * len(silent) / 8766)):
                first, hours = int(rng.integers(last)), int(rng.integers(gaps.hours[0], gaps.hours[1]))
                silent[first : min(first + hours, last)] = True
        return silent

    def _corrections(self, grid: Grid, known: Moments, rng: np.random.Generator) -> list[tuple[int, str, float]]:
        """Which moments were first told wrongly: when that was put right, and by what factor it was wrong."""
        if grid.schedule is Schedule.HOURLY:
            return []
        places: NDArray[Any] = np.flatnonzero(rng.random(len(known)) < self.spec.corrected)
        seconds = (rng.uniform(*CORRECTED_AFTER, len(places)) * 86_400).astype("timedelta64[s]")
        when = known[places] + seconds
        factors = np.exp(rng.normal(0, WRONG_BY, len(places)))
        in_time = when <= self.timeline.end
        return list(zip(places[in_time].tolist(), as_texts(when[in_time]), factors[in_time].tolist(), strict=True))


def _earlier(indicator: str, regions: Mapping[str, set[str]]) -> set[str]:
    """The regions at which an indicator that others lean on is filled."""
    if indicator not in regions:
        raise InvalidInputError(
            f"{indicator!r} comes after what leans on it.", remedy="Put its sample profile earlier."
        )
    return regions[indicator]
