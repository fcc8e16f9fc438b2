"""Silence is told from chance, from small villages and from those that always report little."""

# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# (numpy leaves what its generators give open.)

import numpy as np
import pytest

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.silent import derive

BOUND, VILLAGES = 0.05, 59


def villages(generator: np.random.Generator, factors: dict[int, float] | None = None, level: float = 12) -> list[Row]:
    """Villages of different size and habit; `factors` mute some of them in the period."""
    people = generator.integers(4_000, 30_000, VILLAGES)
    habit = generator.gamma(8, 1 / 8, VILLAGES) * people / people.mean()
    mute = np.array([(factors or {}).get(number, 1.0) for number in range(VILLAGES)])
    now, before = generator.poisson(level * habit * mute), generator.poisson(8 * level * habit)
    return [
        {
            "village": f"v{number}", "village_name": f"Desa {number}", "district_name": "Kecamatan", "last": None,
            "inhabitants": int(people[number]), "value": int(now[number]), "before": int(before[number]),
        }
        for number in range(VILLAGES)
    ]  # fmt: skip


def test_where_nobody_is_silent_an_alarm_is_rarer_than_the_bound() -> None:
    generator = np.random.default_rng(72)
    alarms = [
        any(row["silent"] for row in derive(villages(generator), {"false_alarms_share": BOUND})) for _ in range(200)
    ]

    assert sum(alarms) / len(alarms) <= BOUND


def test_a_village_that_fell_silent_is_found_and_no_other() -> None:
    rows = villages(np.random.default_rng(7), {3: 0.03, 31: 0.03}, level=40)

    found = derive([*rows, {**rows[0], "village": "", "value": 800, "before": 0}], {"false_alarms_share": BOUND})

    assert sorted(str(row["village"]) for row in found if row["silent"]) == ["v3", "v31"]
    assert all(float(str(row["ratio_high"])) < 0.6 for row in found)
    assert 0 < float(str(found[0]["unplaced_share"])) < 1


def test_too_few_reports_or_no_inhabitants_are_refused() -> None:
    rows = villages(np.random.default_rng(1), level=0.2)
    with pytest.raises(InvalidInputError, match="terlalu sedikit"):
        derive(rows, {"false_alarms_share": BOUND})

    nobody: list[Row] = [{**row, "inhabitants": None} for row in villages(np.random.default_rng(1))]
    with pytest.raises(InvalidInputError, match="Penduduk"):
        derive(nobody, {"false_alarms_share": BOUND})
