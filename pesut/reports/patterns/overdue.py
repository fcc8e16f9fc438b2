"""Which open reports will miss their deadline."""

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.survival import Ages, Survival

LEAST = 50
"""Closures from which on an agency is forecast by its own past; below, by all agencies'."""

BANDS = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Chances that part the bands in which forecasts are held against what came true."""


class Forecast:
    """Survival by agency from [agency, [age, closed, open] …]."""

    def __init__(self, ages: Sequence[Row]) -> None:
        known = {str(row["agency"]): cast("Ages", row["ages"]) for row in ages}
        self._all = Survival(each for table in known.values() for each in table)
        self._own = {agency: Survival(table) for agency, table in known.items()}

    def late(self, agency: str, age: float, deadline: float) -> float:
        own = self._own.get(agency)
        return (own if own and own.ended >= LEAST else self._all).late(age, deadline)


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of an OverdueQuery from those of `tools.patterns.overdue`: the forecast from all handling so far; beside it, how many
    reports of past months that a forecast made before them put into the same band were really late.
    """
    parts = {part: [row for row in rows if row["part"] == part] for part in ("now", "then", "trial", "open")}
    if not parts["now"]:
        raise InvalidInputError(
            "Belum ada riwayat penanganan laporan.",
            remedy="Muat laporan dengan saat selesainya lewat `pesut import reports`.",
        )
    forecast, held = Forecast(parts["now"]), _held(Forecast(parts["then"]), parts["trial"])
    found = [_row(row, forecast, held, parameters) for row in parts["open"]]
    found.sort(key=lambda row: (-cast("float", row["late_share"]), str(row["deadline"]), str(row["number"])))
    return found[: cast("int", parameters["limit"])]


def band(chance: float) -> int:
    return int(np.searchsorted(BANDS, chance, side="right"))


def _held(forecast: Forecast, trial: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Reports and those of them really late, by the band of their forecast."""
    counts: dict[int, tuple[int, int]] = {}
    for row in trial:
        for age, deadline, reports, late in cast("Ages", row["ages"]):
            which = band(forecast.late(str(row["agency"]), age, deadline))
            before = counts.get(which, (0, 0))
            counts[which] = (before[0] + reports, before[1] + late)
    return counts


def _row(row: Row, forecast: Forecast, held: dict[int, tuple[int, int]], parameters: Mapping[str, JsonValue]) -> Row:
    agency, category = str(row["agency"]), str(row["category"])
    age, deadline, days = cast("Ages", row["ages"])[0]
    chance = forecast.late(agency, age, deadline)
    alike, late = held.get(band(chance), (0, 0))
    names = cast("dict[str, dict[str, str]]", parameters["names"])
    return {
        "number": row["number"],
        "title": row["title"],
        "agency": agency or None,
        "agency_name": names["agency"].get(agency, agency),
        "category": category or None,
        "category_name": names["category"].get(category, category),
        "submitted_at": row["submitted_at"],
        "deadline": row["deadline"],
        "days_left": days,
        "late_share": round(chance, 3),
        "alike": alike,
        "alike_late_share": round(late / alike, 3) if alike else None,
        "open": row["open"],
    }
