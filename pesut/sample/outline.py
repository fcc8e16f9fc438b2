"""What is reported when and where, before it is put into words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from pesut.sample.dice import Dice, generator
from pesut.sample.drivers import Drivers
from pesut.sample.spec import Campaign, CategoryReports, Reports
from pesut.sample.timeline import Floats, Ints, Timeline
from pesut.sample.weather import Weather

REPEATED_WITHIN = 3 * 86_400  # seconds in which others tell the same matter again
SMALLEST_CAMPAIGN = 12
LATEST = 300  # seconds before now in which nothing is submitted any more


@dataclass
class Matter:
    """What a report is about. `group` is set where it is told again; `first` is the number of the report that told it first, `slots` its words, once
    chosen.
    """

    category: str
    village: int
    flood: float  # how deep the village is under water, 0 to 1
    classification: str = ""
    group: int | None = None
    slots: dict[str, str] = field(default_factory=dict[str, str])
    campaign: Campaign | None = None
    first: str | None = None


@dataclass(order=True)
class Outline:
    """A report to be written: submitted at `moment` (seconds since 1970 in UTC)."""

    moment: int
    order: int
    matter: Matter = field(compare=False)
    repeats: bool = field(default=False, compare=False)


class Outliner:
    """Lays out `total` reports in the order of time; the same for the same seed. Memory grows with days, not with reports."""

    def __init__(self, spec: Reports, drivers: Drivers, weather: Weather, timeline: Timeline, seed: int) -> None:
        self.spec, self.drivers, self.weather, self.timeline = spec, drivers, weather, timeline
        self.rng = generator(seed, "outlines")
        self.dice = Dice(generator(seed, "outline"))
        self.categories = list(spec.categories)
        self.activity = np.array(spec.hours) / np.sum(spec.hours)
        self._order = 0

    def outlines(self, total: int) -> Iterator[Outline]:
        campaigns = [(each, self._campaign_size(each, total)) for each in self.spec.campaigns]
        repeated = round(total * self.spec.repeated)
        first_tellings = total - repeated - sum(size for _, size in campaigns)
        counts = self.rng.multinomial(first_tellings, self._chances())
        again = self._again(counts, repeated)
        later: list[Outline] = []
        for campaign, size in campaigns:
            self._plan_campaign(campaign, size, later)
        for day, cells in enumerate(counts.reshape(len(self.timeline.days), -1)):
            for each in self._day(day, cells, again):
                heappush(later, each)
            ends = int(self._midnight(day + 1))
            while later and later[0].moment < ends:
                yield heappop(later)

    def _chances(self) -> Floats:
        """Of each day, category and village, flattened in that order."""
        cells = np.stack([self._category(each) for each in self.spec.categories.values()])
        cells = np.moveaxis(cells, 2, 0)
        begun = (self.timeline.end - self.timeline.midnights[-1]).astype(np.int64) / 86_400
        cells[-1] *= min(float(begun), 1.0)
        return (cells / cells.sum()).ravel()

    def _category(self, category: CategoryReports) -> Floats:
        places, timeline = self.drivers.places, self.timeline
        cells = self.drivers.factors(category.effects)
        for code, factor in category.regions.items():
            cells[places.members(code)] *= factor
        cells *= places.inhabitants[:, None]
        for silence in self.spec.silences:
            cells[places.members(silence.region), -silence.days :] *= silence.factor
        daily = np.array(self.spec.weekdays)[timeline.weekdays] * (1 + self.spec.growth) ** (
            timeline.years - timeline.years[0]
        )
        if category.months:
            daily = daily * timeline.monthly(np.array(category.months))
        cells = cells * daily
        return cells / cells.sum() * category.weight

    def _again(self, counts: Ints, repeated: int) -> dict[int, int]:
        """How often which first telling (by its number in time) is told again; none so late that the repetition is to come."""
        per_day = counts.reshape(len(self.timeline.days), -1).sum(axis=1)
        settled = int(per_day[: -(REPEATED_WITHIN // 86_400 + 2)].sum())
        chosen, times = np.unique(self.rng.integers(0, max(settled // 3, 1), repeated) * 3, return_counts=True)
        return dict(zip(chosen.tolist(), times.tolist(), strict=True))

    def _day(self, day: int, cells: Ints, again: dict[int, int]) -> Iterator[Outline]:
        found = np.flatnonzero(cells)
        villages = len(self.drivers.places.villages)
        flood = self.drivers.values["flood"][:, day]
        for cell, count in zip(found.tolist(), cells[found].tolist(), strict=True):
            category, village = self.categories[cell // villages], cell % villages
            hours = self._hours(category, village, day)
            for moment in self._moments(day, count, hours):
                matter = Matter(category, village, float(flood[village]))
                matter.classification = self._classification(category)
                yield self._next(moment, matter)
                yield from self._repetitions(again.pop(self._told, 0), moment, matter)
                self._told += 1

    _told = 0

    def _repetitions(self, times: int, moment: int, matter: Matter) -> Iterator[Outline]:
        if times:
            matter.group = self._told
        for _ in range(times):
            later = moment + int(REPEATED_WITHIN * self.dice.uniform() ** 2) + 600
            yield self._next(later, matter, repeats=True)

    def _next(self, moment: int, matter: Matter, *, repeats: bool = False) -> Outline:
        self._order += 1
        return Outline(moment, self._order, matter, repeats)

    def _classification(self, category: str) -> str:
        classes = self.spec.categories[category].classes
        point = self.dice.uniform() * sum(classes.values())
        for name, weight in classes.items():
            point -= weight
            if point < 0:
                return name
        return next(iter(classes))

    def _moments(self, day: int, count: int, hours: Floats) -> list[int]:
        begin = int(self._midnight(day))
        if day == len(self.timeline.days) - 1:
            elapsed = int(self.timeline.end.astype(np.int64)) - begin - LATEST
            return sorted((begin + self.rng.random(count) * elapsed).astype(np.int64).tolist())
        chosen = self.rng.choice(24, count, p=hours)
        return sorted((begin + chosen * 3600 + self.rng.integers(0, 3600, count)).tolist())

    def _hours(self, category: str, village: int, day: int) -> Floats:
        """When people report: in waking hours; a flood soon after the water comes."""
        under_water = self._under_water.get((village, day))
        if under_water is None or "flood" not in self.spec.categories[category].effects:
            return self.activity
        weights = (self.activity + 0.01) * under_water
        return weights / weights.sum()

    @property
    def _under_water(self) -> dict[tuple[int, int], Floats]:
        if not hasattr(self, "_water"):
            self._water = self._flooded_hours()
        return self._water

    def _flooded_hours(self) -> dict[tuple[int, int], Floats]:
        """For each village and day with a flood, how much each hour stands under its sign."""
        found: dict[tuple[int, int], Floats] = {}
        for spot in self.weather.spots:
            village = self.drivers.places.villages.index(spot.region)
            felt = np.convolve(self.weather.depth(spot), np.exp(-np.arange(8) / 3))[: len(self.weather.hours)]
            for day in np.unique(self.weather.day_of_hour[felt > 0]).tolist():
                hours = np.full(24, 0.02)
                today = felt[self.weather.day_of_hour == day][:24]
                hours[: len(today)] += today
                found[village, day] = hours
        return found

    def _campaign_size(self, campaign: Campaign, total: int) -> int:
        return max(min(campaign.reports, round(campaign.reports * total / self.spec.total)), SMALLEST_CAMPAIGN)

    def _plan_campaign(self, campaign: Campaign, size: int, later: list[Outline]) -> None:
        village = self.drivers.places.villages.index(campaign.region)
        first = len(self.timeline.days) - 1 - campaign.ago
        for _ in range(size):
            day = first + int(campaign.days * self.dice.uniform() ** 1.5)
            moment = self._moments(day, 1, self.activity)[0]
            matter = Matter(campaign.category, village, 0.0, "complaint", campaign=campaign)
            heappush(later, self._next(moment, matter))

    def _midnight(self, day: int) -> int | np.int64:
        midnights = self.timeline.midnights.astype(np.int64)
        return midnights[day] if day < len(midnights) else midnights[-1] + 86_400
