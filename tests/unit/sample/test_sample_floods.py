"""A flood is one event: rain, then the river, then the people who report it where the water is."""

from collections import Counter

import numpy as np
import pytest

from pesut.sample.outline import Outline
from pesut.sample.spec import Storm
from pesut.sample.story import Story
from pesut.sample.timeline import Ints

DAY, HOUR = 86_400, 3_600


def _day(story: Story, storm: Storm) -> int:
    return len(story.timeline.days) - 1 - storm.ago


@pytest.fixture(scope="module")
def reports(whole: Story, outlines: list[Outline]) -> Ints:
    """Reports of floods: villages x days."""
    counts: Ints = np.zeros(whole.drivers.values["flood"].shape, dtype=np.int64)
    midnights = whole.timeline.midnights.astype(np.int64)
    for each in outlines:
        if each.matter.category == "flood":
            counts[each.matter.village, np.searchsorted(midnights, each.moment, side="right") - 1] += 1
    return counts


def test_every_planted_storm_shows_in_rain_level_and_reports(whole: Story, reports: Ints) -> None:
    flood = whole.drivers.values["flood"]
    usual = reports[flood == 0].mean()
    for storm in whole.spec.weather.storms:
        day = _day(whole, storm)
        assert whole.weather.daily_rain[day : day + 2].sum() > 50, storm.name
        flooded = flood[:, day : day + 2].max(axis=1) > 0.1
        assert flooded.any(), storm.name
        there = reports[flooded, day : day + 3].sum(axis=1)
        assert there.mean() > 30 * 3 * usual, storm.name


def test_water_follows_rain_by_hours(whole: Story) -> None:
    river = whole.spec.weather.rivers["gunung_lingai"]
    rain = whole.weather.rain["sempaja"]
    rise = np.diff(whole.weather.levels["gunung_lingai"])
    follows = [np.corrcoef(rain[1 : len(rise) - lag], rise[lag : len(rise) - 1])[0, 1] for lag in range(12)]
    assert abs(int(np.argmax(follows)) - river.lag) <= 1
    assert max(follows) > 0.5


def test_reports_come_where_and_when_the_water_is(whole: Story, reports: Ints) -> None:
    flood = whole.drivers.values["flood"]
    assert reports[flood > 0.3].mean() > 40 * reports[flood == 0].mean()
    spots = [whole.drivers.places.villages.index(spot.region) for spot in whole.spec.weather.spots]
    correlation = np.corrcoef(flood[spots].ravel(), reports[spots].ravel())[0, 1]
    assert correlation > 0.6


def test_levels_pass_their_alert_when_it_floods_and_seldom_else(whole: Story) -> None:
    level = whole.weather.levels["benanga"]
    lempake = whole.drivers.places.villages.index("64.72.05.1003")
    wet_days = whole.drivers.values["flood"][lempake] > 0.1
    alert = np.zeros(len(wet_days), dtype=bool)
    np.logical_or.at(alert, whole.weather.day_of_hour, level >= 7.9)
    assert alert[wet_days].all()
    assert alert.mean() < 0.06


def test_a_flood_leaves_its_mark_elsewhere(whole: Story) -> None:
    filled = {each.profile.indicator: each for each in whole.observations().filled()}
    flood = np.stack([whole.drivers.of("flood", each.region) for each in filled["waste_delivered"].series])
    after = np.roll(flood, 2, axis=1)[:, filled["waste_delivered"].grid.until]
    waste = filled["waste_delivered"].values / filled["waste_delivered"].values.mean(axis=1, keepdims=True)
    assert waste[after > 0.15].mean() > 1.05 * waste[after == 0].mean()


def test_dry_taps_are_reported_where_they_are(whole: Story, outlines: list[Outline]) -> None:
    event = next(each for each in whole.spec.events if each.driver == "outage" and each.ago == 41)
    first = int(whole.timeline.midnights.astype(np.int64)[len(whole.timeline.days) - 1 - event.ago])
    villages = {village for region in event.regions for village in whole.drivers.places.members(region)}
    told = Counter(
        each.matter.village in villages
        for each in outlines
        if each.matter.category == "water_supply" and first <= each.moment < first + event.days * DAY
    )
    assert told[True] > 5 * told[False]
