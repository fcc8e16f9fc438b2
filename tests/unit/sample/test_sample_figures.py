"""The figures are complete, fresh, of the right size, and the same every time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256

import numpy as np
import pytest

from pesut.catalog.models import Schedule
from pesut.sample.profiles import Filled
from pesut.sample.story import Story

NOW = datetime(2026, 11, 24, 8, 41, tzinfo=UTC)
YEAR = "datetime64[Y]"

Tell = Callable[..., Story]


@pytest.fixture(scope="module")
def filled(whole: Story) -> dict[str, Filled]:
    return {each.profile.indicator: each for each in whole.observations().filled()}


def _of_year(filled: Filled, year: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Sum over the series at each moment of a year."""
    chosen = filled.grid.moments.astype(YEAR).astype(int) + 1970 == year
    return np.nansum(filled.values[:, chosen], axis=0)


def _lines(story: Story) -> Iterator[str]:
    maker = story.observations()
    for each in maker.filled():
        text, _ = maker.rows(each, {key: number for number, key in enumerate(each.keys)})
        yield text
    yield from story.budgets().line_rows()
    yield from story.budgets().realisation_rows()


def _digest(story: Story) -> str:
    return sha256("".join(_lines(story)).encode()).hexdigest()


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tell: Tell) -> None:
    small = [_digest(tell(scale=0.02)) for _ in range(2)]
    assert small[0] == small[1] != _digest(tell(scale=0.02, seed=7))


def test_every_indicator_has_a_profile(whole: Story) -> None:
    indicators = {indicator.code for indicator in whole.city.catalog.indicators}
    assert {profile.indicator for profile in whole.spec.profiles} == indicators
    assert len(indicators) >= 60


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 12, 31, 20, tzinfo=UTC),
        datetime(2028, 2, 29, 1, tzinfo=UTC),
        datetime(2027, 3, 7, 15, tzinfo=UTC),
    ],
)
def test_every_dataset_is_fresh(tell: Tell, now: datetime) -> None:
    story = tell(scale=0.02, now=now)
    maker = story.observations()
    stale: list[str] = []
    for each in maker.filled():
        indicator = story.city.catalog.indicator(each.profile.indicator)
        assert indicator is not None
        dataset = story.city.catalog.dataset(indicator.dataset)
        assert dataset is not None
        known = each.grid.moments[each.grid.known_at(np.random.default_rng(1)) <= story.timeline.end]
        age = (story.timeline.end - known[-1]).astype("timedelta64[s]").astype(int)
        # Offices that are closed tell nothing: over a long holiday their figures do grow old.
        if age > dataset.staleness.total_seconds():
            stale.append(f"{each.profile.indicator}: {age / 86_400:.1f} days")
    assert stale == []


def test_nothing_is_known_before_it_happened_or_after_now(tell: Tell) -> None:
    story = tell(scale=0.02)
    now = story.timeline.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for text in _lines_of_observations(story):
        for line in text.splitlines():
            _, observed, recorded, until, *_ = line.split("\t")
            assert observed < recorded <= now
            assert recorded < until
            assert until <= now or until.startswith("9999")


def _lines_of_observations(story: Story) -> Iterator[str]:
    maker = story.observations()
    for each in maker.filled():
        yield maker.rows(each, dict.fromkeys(each.keys, 1))[0]


def test_the_city_has_the_size_it_has(filled: dict[str, Filled]) -> None:
    assert _of_year(filled["population"], 2025) == [881_225]
    assert _of_year(filled["poverty_rate"], 2024) == [4.3]
    assert _of_year(filled["human_development_index"], 2023) == [82.61]
    assert 540 < _of_year(filled["waste_delivered"], 2024).mean() < 600


def test_the_budget_shrinks_to_three_trillion(whole: Story) -> None:
    budgets = whole.budgets()
    first = {year: sum(line[1] for line in budgets.ceilings(year)) for year in budgets.years}
    assert first[2025] == 5_810_000_000_000
    assert first[2026] == 3_030_000_000_000


def test_prices_peak_before_the_feast(filled: dict[str, Filled], whole: Story) -> None:
    prices = next(each for each in whole.observations().filled() if "chili_bird" in each.profile.items)
    feast = whole.drivers.values["feast"][prices.grid.until]
    usual = prices.values[:, feast == 0].mean(axis=1)
    assert (prices.values[:, feast > 0.6].mean(axis=1) > 1.1 * usual).all()


def test_parts_never_exceed_their_whole(filled: dict[str, Filled]) -> None:
    for part, whole_of in {
        "accident_deaths": "accidents",
        "lights_out": "lights_installed",
        "children_stunted": "children_weighed",
    }.items():
        assert (filled[part].values <= filled[whole_of].values).all()


def test_hourly_gauges_fall_silent_at_times_but_not_now(tell: Tell) -> None:
    story = tell(scale=0.3)
    maker = story.observations()
    gauge = next(each for each in maker.filled() if each.profile.weather == "level")
    assert gauge.grid.schedule is Schedule.HOURLY
    text, rows = maker.rows(gauge, dict.fromkeys(gauge.keys, 1))
    assert gauge.values.size - 900 < rows < gauge.values.size
    assert rows == text.count("\n")
