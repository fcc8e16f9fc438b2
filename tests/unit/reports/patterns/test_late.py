"""How long handling takes, and what that says of reports that are open."""

import numpy as np
import pytest
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns import handling, overdue
from pesut.reports.patterns.survival import Survival

NAMES: Row = {"agency": {"d": "Dinas"}, "category": {}}


def ages(closed: list[int], still_open: list[int]) -> list[list[int]]:
    return [[age, 1, 0] for age in closed] + [[age, 0, 1] for age in still_open]


def test_what_is_still_open_counts_in_the_median() -> None:
    assert Survival(ages([1, 2, 3], [])).median_hours() == 15
    assert Survival(ages([1, 2, 3], [9, 9])).median_hours() == 21
    assert Survival(ages([1], [9, 9])).median_hours() is None


def test_the_chance_of_being_late_is_that_of_those_that_lasted_as_long() -> None:
    survival = Survival(ages([1] * 50 + [10] * 25 + [30] * 25, []))

    assert survival.late(age=0, deadline=20) == pytest.approx(0.25)
    assert survival.late(age=5, deadline=20) == pytest.approx(0.5)


def test_agencies_come_by_what_is_overdue_with_contested_closures() -> None:
    base: Row = {
        "closed": 8, "open": 2, "closed_late": 1, "answered": 9, "reopened": 3, "reopened_open": 2,
        "responses": [[1, 9, 1]], "closures": [[4, 8, 2]],
    }  # fmt: skip
    rows: list[Row] = [
        {**base, "code": "a", "value": 10, "overdue": 0},
        {**base, "code": "b", "value": 10, "overdue": 2},
    ]

    first, second = handling.derive(rows, {"by": "agency", "names": {"b": "Badan"}})

    assert (first["agency_name"], first["overdue"], second["agency"]) == ("Badan", 2, "a")
    assert (first["reopened"], first["reopened_share"], first["answered_share"]) == (3, 0.3, 0.9)


def forecast_rows(generator: np.random.Generator) -> list[Row]:
    """Handling times, a trial made of the same, and two open reports, of which one is old."""
    taken = (generator.lognormal(3, 0.8, 2000)).astype(int)
    table: list[JsonValue] = [[int(age), 1, 0] for age in taken]
    trial: list[JsonValue] = [
        [5, 40, 1, int(age > 40)] for age in (generator.lognormal(3, 0.8, 2000)).astype(int) if age > 5
    ]
    of: Row = {"agency": "d", "category": "", "title": "t", "submitted_at": "", "deadline": "2026-12-01", "open": 2}
    return [
        {"part": "now", "agency": "d", "ages": table},
        {"part": "then", "agency": "d", "ages": table},
        {"part": "trial", "agency": "d", "ages": trial},
        {**of, "part": "open", "number": "young", "ages": [[5, 40, 9]]},
        {**of, "part": "open", "number": "old", "ages": [[38, 40, 1]]},
    ]


def test_the_forecast_agrees_with_what_came_true() -> None:
    old, young = overdue.derive(forecast_rows(np.random.default_rng(5)), {"limit": 5, "names": NAMES})

    assert (old["number"], old["alike"], old["alike_late_share"]) == ("old", 0, None)
    assert float(str(young["alike_late_share"])) == pytest.approx(float(str(young["late_share"])), abs=0.04)
    assert int(str(young["alike"])) > 1500


def test_without_a_past_nothing_is_forecast() -> None:
    with pytest.raises(InvalidInputError, match="riwayat"):
        overdue.derive([], {"limit": 5, "names": NAMES})
