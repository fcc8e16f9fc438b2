"""A cell that reports more than people, other reports and its past explain is found; where all is alike, none is."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (h3 carries no types of its own.)

from collections.abc import Sequence
from typing import Any

import h3
import numpy as np
import pytest

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.hotspots import POINT, RESOLUTION, derive, outline

PARAMETERS: dict[str, Any] = {"false_alarms_share": 0.05}
VILLAGES, STEPS = 6, 12


def places() -> list[tuple[str, int, int]]:
    """Villages beside each other, each with points 10 steps (1.1 km) apart, so that every point has a cell of its own."""
    return [(f"v{v}", -470 + 10 * n, 117_100 + 10 * v) for v in range(VILLAGES) for n in range(STEPS)]


def rows_of(
    now: Sequence[int], before: Sequence[int], other: Sequence[int], people: float | None = 9000.0
) -> list[Row]:
    rows: dict[str, Row] = {}
    for number, (village, latitude, longitude) in enumerate(places()):
        row = rows.setdefault(
            village,
            {"village": village, "village_name": village.upper(), "district_name": "D", "inhabitants": people,
             "points": [], "unlocated": 10},
        )  # fmt: skip
        points: Any = row["points"]
        points.append([latitude, longitude, now[number], before[number], other[number]])
    return list(rows.values())


def draws(seed: int) -> tuple[list[int], list[int], list[int]]:
    generator = np.random.default_rng(seed)
    busy = np.tile(generator.gamma(3, 1 / 3, STEPS), VILLAGES)
    return tuple(generator.poisson(rate * busy).tolist() for rate in (3.0, 9.0, 25.0))  # type: ignore[return-value]


def test_a_new_spot_is_found_where_it_is() -> None:
    now, before, other = draws(1)
    now[20] += 25

    found = derive(rows_of(now, before, other), PARAMETERS)

    village, latitude, longitude = places()[20]
    assert found[0]["cell"] == h3.latlng_to_cell((latitude + 0.5) / POINT, (longitude + 0.5) / POINT, RESOLUTION)
    assert (found[0]["village"], found[0]["hot"], found[0]["value"]) == (village, True, now[20])
    assert sum(bool(row["hot"]) for row in found) == 1
    assert found[0]["located"] == sum(now)
    assert found[0]["unplaced_share"] == pytest.approx(60 / (60 + sum(now)), abs=1e-4)


def test_a_spot_of_long_standing_is_found_by_people_though_its_past_was_alike() -> None:
    now, before, other = draws(2)
    now[40] += 20
    before[40] += 60

    first = derive(rows_of(now, before, other), PARAMETERS)[0]

    assert (first["village"], first["hot"], first["rising"]) == (places()[40][0], True, False)
    assert float(str(first["expected_past"])) > 3 * float(str(first["expected"]))


def test_where_all_reports_of_everything_lie_close_is_no_spot() -> None:
    now, before, other = draws(3)
    now[10], before[10], other[10] = now[10] * 8, before[10] * 8, other[10] * 8

    hot = [row["cell"] for row in derive(rows_of(now, before, other, people=None), PARAMETERS) if row["hot"]]
    assert not hot


def test_where_nothing_happens_an_alarm_is_rarer_than_the_bound() -> None:
    alarms = [any(row["hot"] for row in derive(rows_of(*draws(seed), people=None), PARAMETERS)) for seed in range(60)]
    assert sum(alarms) / len(alarms) <= 0.05


def test_too_few_points_are_refused() -> None:
    none = [0] * (VILLAGES * STEPS)
    with pytest.raises(InvalidInputError, match="titiknya kurang dari 30"):
        derive(rows_of([1, *none[1:]], none, none), PARAMETERS)


def test_an_outline_is_longitude_and_latitude_around_its_middle() -> None:
    cell = h3.latlng_to_cell(-0.47, 117.15, RESOLUTION)
    corners = outline(cell)
    assert len(corners) == 6
    assert all(117 < longitude < 118 and -1 < latitude < 0 for longitude, latitude in corners)
