"""What is reported when and where, before it is put into words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from pesut.sample.daytimes import DayTimes
from pesut.sample.dice import Dice, generator, weighted
from pesut.sample.drivers import Drivers
from pesut.sample.intensity import chances
from pesut.sample.report_spec import Campaign, Reports
from pesut.sample.timeline import Ints, Timeline
from pesut.sample.weather import Weather

REPEATED_WITHIN = 3 * 86_400  # seconds in which others tell the same matter again
RETOLD = 1.6  # times that a matter is told again on average, if it is
SMALLEST_CAMPAIGN = 12
WATER = "flood"  # the driver that floods


@dataclass
class Matter:
    """What a report is about. `repeated`: others tell of it too; `first` is the number of the report that told it first.

    `issue` and `slots` are its kind of trouble and its words, once chosen.
    """

    category: str
    village: int
    flood: float  # how deep the village is under water, 0 to 1
    classification: str
    campaign: Campaign | None = None
    issue: str = ""
    slots: dict[str, str] = field(default_factory=dict[str, str])
    repeated: bool = False
    first: str | None = None


@dataclass(order=True)
class Outline:
    """A report to be written: submitted at `moment` (seconds since 1970 in UTC)."""

    moment: int
    order: int
    matter: Matter = field(compare=False)


class Outliner:
    """Lays out `total` reports in the order of time; the same for the same seed. Memory grows with days, not with reports."""

    def __init__(
        self, spec: Reports, drivers: Drivers, weather: Weather, timeline: Timeline, total: int, seed: int
    ) -> None:
        self.spec, self.drivers, self.timeline, self.total = spec, drivers, timeline, total
        self.times = DayTimes(spec.hours, weather, drivers.places, timeline)
        self.rng = generator(seed, "outlines")
        self.dice = Dice(generator(seed, "outline"))
        self.classes = {code: weighted(each.classes) for code, each in spec.categories.items()}
        self._made = 0

    def outlines(self) -> Iterator[Outline]:
        later: list[Outline] = []
        for campaign in self.spec.campaigns:
            self._plan_campaign(campaign, later)
        repeated = round(self.total * self.spec.repeated)
        cells = chances(self.spec, self.drivers, self.timeline)
        counts = self.rng.multinomial(self.total - repeated - len(later), cells.ravel()).reshape(cells.shape)
        again = self._again(counts, repeated)
        number = 0
        for day in range(len(counts)):
            for matter, moment in self._day(day, counts[day]):
                heappush(later, self._outline(moment, matter))
                for _ in range(again.get(number, 0)):
                    heappush(later, self._repetition(moment, matter))
                number += 1
            while later and later[0].moment < self.times.ends(day):
                yield heappop(later)

    def _day(self, day: int, counts: Ints) -> Iterator[tuple[Matter, int]]:
        """First tellings of a day. `counts`: categories x villages."""
        flood = self.drivers.values[WATER][:, day]
        categories = list(self.spec.categories)
        for place, village in np.argwhere(counts).tolist():
            category = categories[place]
            wet = WATER in self.spec.categories[category].effects
            for _ in range(int(counts[place, village])):
                classification = self.dice.draw(self.classes[category])
                matter = Matter(category, village, float(flood[village]), classification)
                yield matter, self.times.moment(day, village, self.dice, wet=wet)

    def _again(self, counts: Ints, repeated: int) -> dict[int, int]:
        """Which first telling (by its number) is told again, and how often; none so late that the repetition is to come."""
        settled = int(counts[: -(REPEATED_WITHIN // 86_400 + 2)].sum())
        first = self.rng.integers(0, max(settled, 1), max(round(repeated / RETOLD), 1))
        numbers, times = np.unique(self.rng.choice(first, repeated), return_counts=True)
        return dict(zip(numbers.tolist(), times.tolist(), strict=True))

    def _repetition(self, moment: int, matter: Matter) -> Outline:
        matter.repeated = True
        return self._outline(moment + 600 + int(REPEATED_WITHIN * self.dice.uniform() ** 2), matter)

    def _outline(self, moment: int, matter: Matter) -> Outline:
        self._made += 1
        return Outline(moment, self._made, matter)

    def _plan_campaign(self, campaign: Campaign, later: list[Outline]) -> None:
        village = self.drivers.places.villages.index(campaign.region)
        first = len(self.timeline.days) - 1 - campaign.ago
        share = min(self.total / self.spec.total, 1.0)
        for _ in range(max(round(campaign.reports * share), SMALLEST_CAMPAIGN)):
            day = first + int(campaign.days * self.dice.uniform() ** 1.5)
            moment = self.times.moment(day, village, self.dice, wet=False)
            heappush(
                later, self._outline(moment, Matter(campaign.category, village, 0.0, campaign.classification, campaign))
            )
