"""At what hours people report: while they are awake, and of a flood soon after the water came."""

import numpy as np

from pesut.sample.dice import Dice, Weighted
from pesut.sample.drivers import Places
from pesut.sample.timeline import Floats, Timeline
from pesut.sample.weather import Weather

FELT_FOR = 8  # hours after the water that people still report of it
CALM = 0.02  # of an hour of a flooded day without water, against 1 for one fully under it
AWAKE_ANYWAY = 0.01  # added to every hour's share: water wakes people
LATEST = 300  # seconds before now in which nothing is submitted any more


class DayTimes:
    def __init__(self, hours: tuple[float, ...], weather: Weather, places: Places, timeline: Timeline) -> None:
        self.usual = Weighted(range(24), hours)
        self.flooded = _flooded(np.array(hours) / np.sum(hours), weather, places)
        self.midnights = timeline.midnights.astype(np.int64).tolist()
        self.end = int(timeline.end.astype(np.int64))

    def moment(self, day: int, village: int, dice: Dice, *, wet: bool) -> int:
        """A moment (seconds since 1970) of a day; `wet`: of a report that is about water, if there was any."""
        begin = self.midnights[day]
        if day == len(self.midnights) - 1:
            return begin + max(int(dice.uniform() * (self.end - begin - LATEST)), 0)
        hours = self.flooded.get((village, day), self.usual) if wet else self.usual
        return begin + dice.draw(hours) * 3600 + dice.below(3600)

    def ends(self, day: int) -> int:
        return self.midnights[day + 1] if day + 1 < len(self.midnights) else self.end


def _flooded(usual: Floats, weather: Weather, places: Places) -> dict[tuple[int, int], Weighted[int]]:
    """The hours of each village and day that had water."""
    found: dict[tuple[int, int], Weighted[int]] = {}
    for spot in weather.spots:
        village = places.villages.index(spot.region)
        felt = np.convolve(weather.depth(spot), np.exp(-np.arange(FELT_FOR) / 3))[: len(weather.hours)]
        for day in np.unique(weather.day_of_hour[felt > 0]).tolist():
            today = felt[weather.day_of_hour == day][:24]
            water = np.full(24, CALM)
            water[: len(today)] += today
            found[village, day] = Weighted(range(24), ((usual + AWAKE_ANYWAY) * water).tolist())
    return found
