"""Floods that are measured and reported are found by place and date; chance alone is not."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.crosscheck import derive
from pesut.reports.patterns.ranks import relation

DAYS, LAG = 365, 1
BEGIN = date(2025, 11, 1)
PLACES = ("hulu", "hilir", "bukit")


def day(number: int) -> str:
    return (BEGIN + timedelta(days=number)).isoformat()


def parameters(**more: Any) -> dict[str, Any]:
    return {
        "false_alarms_share": 0.05, "places": {name: number for number, name in enumerate(PLACES)},
        "sites": [{"name": name.title(), "items": [f"pos_{name}", "pos_muara"]} for name in PLACES],
        "items": {f"pos_{name}": f"Pos {name}" for name in (*PLACES, "muara")}, "every": "day", "lag": LAG,
        "operator": ">=", "value": None, "share": 0.03, "suffix": "", "unit": "m", "decimals": 2,
        "check_name": "Banjir", "metric_name": "Muka air", "begin": day(0), "first": day(DAYS - 90), "last": day(DAYS - 1),
    } | more  # fmt: skip


def rows_of(counts: np.ndarray, readings: np.ndarray) -> list[Row]:
    """Counts of PLACES, and readings of their gauges; the gauge of all of them stays low."""
    told: list[Row] = []
    for number, name in enumerate(PLACES):
        told.append({"part": "reports", "key": name, "pairs": [[day(n), int(v)] for n, v in enumerate(counts[number])]})
        read: list[JsonValue] = [[day(n), float(v)] for n, v in enumerate(readings[number]) if not np.isnan(v)]
        told.append({"part": "readings", "key": f"pos_{name}", "pairs": read})
    told.append({"part": "readings", "key": "pos_muara", "pairs": [[day(n), 1.0] for n in range(DAYS)]})
    told.append({"part": "reports", "key": "", "pairs": [[day(5), 30]]})
    return told


@pytest.fixture
def quiet() -> tuple[np.ndarray, np.ndarray]:
    """Few reports, levels that rise and fall slowly; five floods before the last 90 days in all places but on the hill."""
    generator = np.random.default_rng(11)
    counts = generator.poisson(0.3, size=(3, DAYS))
    readings = 2 + generator.normal(0, 0.05, size=(3, DAYS)) + 0.1 * np.sin(np.arange(DAYS) / 9)
    for at in (20, 75, 130, 190, 240):
        readings[:2, at : at + 2] += 1.5
        counts[:2, at : at + 3] += 6
    return counts, readings


def test_a_flood_is_named_with_place_dates_and_gauge(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    counts, readings = quiet
    readings[0, 330] += 1.2
    counts[0, 331] += 9

    found = derive(rows_of(counts, readings), parameters())

    assert [(row["verdict"], row["place_name"], row["since"], row["until"]) for row in found[:1]] == [
        ("both", "Hulu", day(330), day(331))
    ]
    assert (found[0]["item_name"], found[0]["read_on"]) == ("Pos hulu", day(330))
    assert all(row["verdict"] == "both" for row in found)
    assert float(str(found[0]["relation_share"])) <= 0.05
    assert float(str(found[0]["reports_when_high"])) > 3 * float(str(found[0]["reports_otherwise"]))
    assert 0.05 < float(str(found[0]["unplaced_share"])) < 0.15


def test_reports_without_a_high_reading_contradict(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    counts, readings = quiet
    counts[2, 300:302] = 7

    found = derive(rows_of(counts, readings), parameters(share=None, value=2.8))

    assert [(row["verdict"], row["place_name"], row["since"], row["until"]) for row in found] == [
        ("reports_only", "Bukit", day(300), day(301))
    ]


def test_a_gauge_that_is_not_read_contradicts_nobody(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    counts, readings = quiet
    counts[2, 300:302] = 7
    readings[2, 290:310] = np.nan
    blind = [{"name": name.title(), "items": [f"pos_{name}"]} for name in PLACES]

    assert derive(rows_of(counts, readings), parameters(sites=blind))[0]["verdict"] == "none"


def test_a_high_reading_that_nobody_reports_contradicts(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    counts, readings = quiet
    readings[1, 320:323] += 1.6
    counts[1, 319:326] = 0

    found = derive(rows_of(counts, readings), parameters(share=None, value=2.8))

    assert [(row["verdict"], row["place_name"], row["since"]) for row in found] == [
        ("measured_only", "Hilir", day(320))
    ]
    assert float(str(found[0]["expected"])) > 10
    assert found[0]["reports"] == 0


def test_without_high_readings_the_evidence_is_thin(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    assert derive(rows_of(*quiet), parameters(share=None, value=9.0))[0]["thin"]


def test_where_nothing_goes_together_a_rise_is_rarer_than_the_bound() -> None:
    generator = np.random.default_rng(64_72)
    alarms = 0
    for _ in range(40):
        rate = generator.gamma(2, 0.25, size=(3, DAYS))
        found = derive(rows_of(generator.poisson(rate), generator.normal(2, 0.1, (3, DAYS))), parameters(share=0.02))
        alarms += any(row["verdict"] in {"both", "reports_only"} for row in found)
    assert alarms / 40 <= 0.1  # two families of tests, each bounded at 0.05


def test_what_lasts_is_not_taken_for_a_relation() -> None:
    generator = np.random.default_rng(5)
    chances: list[float] = []
    for _ in range(40):
        slow = [np.convolve(generator.normal(size=DAYS + 30), np.ones(31), "valid")[None, :] for _ in range(2)]
        chances.append(relation(slow[0], slow[1], np.ones(1)).chance)
    assert (
        sum(chance <= 0.05 for chance in chances) <= 7
    )  # 3 are to be expected; of independent days about half would be


def test_too_short_a_past_is_refused(quiet: tuple[np.ndarray, np.ndarray]) -> None:
    with pytest.raises(InvalidInputError, match="terlalu pendek"):
        derive(rows_of(*quiet), parameters(begin=day(0), first=day(5), last=day(20)))
