"""False alarms stay under the bound where nothing happens, and what happens is found and dated."""

from datetime import UTC, datetime

import numpy as np
import pytest
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns import bursts
from pesut.reports.patterns.unusual import Counted, Key, derive, judged

BOUND, WEEKS = 0.05, 130
PARAMETERS: dict[str, JsonValue] = {
    "false_alarms_share": BOUND,
    "all_categories": True,
    "weeks": 1,
    "seconds": 7 * 86_400,
    "end": datetime(2026, 11, 23, tzinfo=UTC).isoformat(),
    "zone": "Asia/Makassar",
    "names": {"category": {"": "semua"}, "place": {"": "kota"}},
}
CATEGORIES, PLACES = 8, 6


def quiet(generator: np.random.Generator, spread: float) -> np.ndarray:
    """Weekly counts (categories x places x weeks, the newest first) with season and trend and nothing else; `spread` is the
    relative variance of the rate from week to week, common to a category in all places.
    """
    ages = np.arange(WEEKS + 1)
    level = np.geomspace(0.1, 12, CATEGORIES)[:, None, None] * np.linspace(0.3, 2, PLACES)[None, :, None]
    course = np.exp(0.4 * np.sin(2 * np.pi * ages / 52.18) - 0.003 * ages)
    rate = level * course
    if spread:
        rate = rate * generator.gamma(1 / spread, spread, size=(CATEGORIES, 1, WEEKS + 1))
    return generator.poisson(rate)


def counted_of(counts: np.ndarray) -> Counted:
    """Every category in every place and in the whole city."""
    table = np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1).astype(np.float64)
    keys = [
        Key(f"c{category}", f"p{place}" if place else "")
        for category in range(CATEGORIES)
        for place in range(PLACES + 1)
    ]
    flat = table.reshape(len(keys), -1)
    return Counted(keys, flat[:, 0], flat[:, 1:], np.arange(1, WEEKS + 1, dtype=np.float64), {}, {})


def rows_of(counts: np.ndarray, days: dict[tuple[int, int], list[int]] | None = None) -> list[Row]:
    rows: list[Row] = []
    for category in range(CATEGORIES):
        for place in range(PLACES):
            pairs: list[JsonValue] = [[number, int(n)] for number, n in enumerate(counts[category, place]) if n]
            key: Row = {"category": f"c{category}", "place": f"p{place}"}
            rows.append({**key, "part": "windows", "counts": pairs})
            daily = (days or {}).get((category, place), [])
            rows.append({**key, "part": "days", "counts": [[day, count] for day, count in enumerate(daily)]})
    return rows


@pytest.mark.parametrize("spread", [0.0, 0.15])
def test_where_nothing_happens_an_alarm_is_rarer_than_the_bound(spread: float) -> None:
    generator = np.random.default_rng(64_72)
    alarms = [judged(counted_of(quiet(generator, spread)), BOUND).unusual.any() for _ in range(150)]
    assert sum(alarms) / len(alarms) <= BOUND


def test_a_sudden_rise_is_found_in_its_place_and_dated() -> None:
    counts = quiet(np.random.default_rng(3), 0.1)
    counts[5, 2, 0] = 60
    daily = {(5, 2): [15, 20, 20, 5, 0, 0, 0]}  # the newest first: it began four days before the end

    found = derive(rows_of(counts, daily), PARAMETERS)

    assert (found[0]["category"], found[0]["place"], found[0]["value"]) == ("c5", "p2", 60)
    assert found[0]["unusual"]
    assert found[0]["since"] == "2026-11-19"
    assert all(row["category"] in {"c5", None} for row in found)


def test_a_sudden_silence_of_the_whole_city_is_found() -> None:
    counts = quiet(np.random.default_rng(4), 0.0)
    counts[:, :, 0] = 0

    found = derive(rows_of(counts), PARAMETERS)

    assert found[0]["unusual"]
    assert found[0]["value"] == 0


def test_a_past_outbreak_does_not_hide_a_new_one() -> None:
    counts = quiet(np.random.default_rng(5), 0.05)
    counts[4, 1, [20, 45, 80]] = 90
    counts[4, 1, 0] = 45

    assert derive(rows_of(counts), PARAMETERS)[0]["place"] == "p1"


def test_too_short_a_history_is_refused() -> None:
    counts = quiet(np.random.default_rng(6), 0.0)[:, :, :8]

    with pytest.raises(InvalidInputError, match="12 minggu"):
        derive(rows_of(counts), PARAMETERS)


MONTH = PARAMETERS | {"seconds": 30 * 86_400, "weeks": 5}


def month_of(generator: np.random.Generator, spread: float) -> tuple[np.ndarray, dict[tuple[int, int], list[int]]]:
    """Counts of like months, and the last eight weeks by day, of which the newest month is the sum of its days."""
    counts = quiet(generator, spread)[:, :, :30] * 4
    rate = counts[:, :, 1:].mean(axis=2) / 30
    daily = generator.poisson(
        rate[:, :, None] * generator.gamma(5, 0.2, size=(CATEGORIES, 1, 56)), (CATEGORIES, PLACES, 56)
    )
    counts[:, :, 0] = daily[:, :, :30].sum(axis=2)
    return counts, {(c, p): daily[c, p].tolist() for c in range(CATEGORIES) for p in range(PLACES)}


def test_two_days_that_a_month_hides_are_found_and_dated() -> None:
    counts, daily = month_of(np.random.default_rng(8), 0.0)
    counts[4, 3, 2:28:4] += 80  # such months have been
    for back in (11, 12):
        daily[4, 3][back] += 20
    counts[4, 3, 0] += 40

    found = bursts.derive(rows_of(counts, daily), MONTH)

    first = next(row for row in found if (row["category"], row["place"]) == ("c4", "p3"))
    assert first["unusual"]
    assert (first["burst_since"], first["burst_until"]) == ("2026-11-10", "2026-11-11")
    assert 40 <= int(str(first["burst_value"])) <= 60


@pytest.mark.parametrize("spread", [0.0, 0.15])
def test_where_nothing_happens_days_raise_no_more_alarms_than_the_bound(spread: float) -> None:
    generator = np.random.default_rng(64_72)
    alarms = [
        any(
            row["unusual"] and row["burst_since"] for row in bursts.derive(rows_of(*month_of(generator, spread)), MONTH)
        )
        for _ in range(30)
    ]
    assert sum(alarms) / len(alarms) <= BOUND
