"""Cells of the city from which more reports come than people, other reports and the past let one expect."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scipy and h3 carry no types of their own.)

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import h3
import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.discovery import Floats, discoveries, negative_binomial

RESOLUTION = 8
"""Of h3's cells: about 0.74 km², 530 m along each side."""
POINT = 1000
"""Points are counted on a grid of so many steps a degree (110 m), which moves them less than a cell's tenth."""
LEAST_REPORTS = 5
LEAST_LOCATED = 30
NEAREST = 3
NEIGHBOURS = 2


@dataclass
class Cell:
    """Reports asked for in the period and before it, and all other reports of either; the village that most of them name."""

    now: int = 0
    before: int = 0
    other: int = 0
    village: str = ""


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of a HotspotQuery from those of `tools.patterns.hotspots`. Raises InvalidInputError for too few points.

    A cell's part of the period's reports is held, by upper tails, against two expectations: its village's part of the inhabitants,
    divided among the village's cells by the reports of everything else that came from them (negative binomial, the Gamma-Poisson
    prediction, since these are a count of their own); and its part in the past, given both sums (hypergeometric, which is Fisher's
    exact test). The smaller of the two, doubled, is its chance; discoveries among all cells that ever reported anything are hot
    (Benjamini-Hochberg), from LEAST_REPORTS reports on.
    """
    cells = _cells(rows)
    codes = sorted(cells)
    now, before = (
        np.array([getattr(cells[code], name) for code in codes], dtype=np.float64) for name in ("now", "before")
    )
    if now.sum() < LEAST_LOCATED:
        raise InvalidInputError(
            f"Laporan yang diketahui titiknya kurang dari {LEAST_LOCATED}; terlalu sedikit untuk mengenali titik rawan.",
            remedy="Tanyakan masa yang lebih panjang, atau semua kategori.",
        )
    due = _shares(codes, cells, rows) * now.sum()
    by_people, by_past = _tails(now, before, due, np.array([cells[code].other for code in codes]))
    chance = np.where(now >= LEAST_REPORTS, np.minimum(2 * np.minimum(by_people, by_past), 1.0), 1.0)
    hot = discoveries(chance, float(cast("float", parameters["false_alarms_share"])))
    order = sorted(range(len(codes)), key=lambda each: (not hot[each], chance[each], -now[each], codes[each]))
    found = [each for each in order if hot[each]] or order[:NEAREST]
    past = before * now.sum() / max(before.sum(), 1.0)
    located, unlocated = int(now.sum()), sum(cast("int", row["unlocated"]) for row in rows)
    common: Row = {
        "tested": len(codes),
        "located": located,
        "unplaced_share": round(unlocated / (located + unlocated), 4),
    }
    return [
        _row(codes[each], cells[codes[each]], rows)
        | {
            "expected": round(float(due[each]), 1),
            "expected_past": round(float(past[each]), 1),
            "rising": bool(by_past[each] <= by_people[each]),
            "chance_share": float(f"{chance[each]:.3g}"),
            "hot": bool(hot[each]),
        }
        | common
        for each in found
    ]


def outline(cell: str) -> list[tuple[float, float]]:
    """The cell's corners, as longitude and latitude (WGS 84)."""
    return [(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell)]


def _cells(rows: Sequence[Row]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    named: dict[str, Counter[str]] = {}
    for row in rows:
        for latitude, longitude, now, before, other in cast("list[list[int]]", row["points"] or []):
            code = h3.latlng_to_cell((latitude + 0.5) / POINT, (longitude + 0.5) / POINT, RESOLUTION)
            cell = found.setdefault(code, Cell())
            cell.now, cell.before, cell.other = cell.now + now, cell.before + before, cell.other + other
            if row["village"]:
                named.setdefault(code, Counter())[str(row["village"])] += now + before + other
    for code, cell in found.items():
        cell.village = _village(code, named)
    return found


def _village(code: str, named: Mapping[str, Counter[str]]) -> str:
    """The one that most of the cell's reports name, or those of the cells around it; '' where none does."""
    for distance in range(NEIGHBOURS + 1):
        counts = sum((named[each] for each in h3.grid_ring(code, distance) if each in named), Counter[str]())
        if counts:
            return min(counts, key=lambda village: (-counts[village], village))
    return ""


def _shares(codes: Sequence[str], cells: Mapping[str, Cell], rows: Sequence[Row]) -> Floats:
    """What part of the reports is to be expected from each cell: by all other reports, and as far as inhabitants are known, by these,
    divided among a village's cells by the other reports. One more report everywhere keeps a cell without others possible.
    """
    people = {str(row["village"]): cast("float | None", row["inhabitants"]) or 0.0 for row in rows if row["village"]}
    weight = np.array([cells[code].other + 1.0 for code in codes])
    share = weight / weight.sum()
    village = np.array([cells[code].village for code in codes])
    counted = np.array([people.get(each, 0.0) > 0 for each in village])
    within = {each: float(share[village == each].sum()) for each in set(village[counted])}
    total = sum(people[each] for each in within)
    for number in np.flatnonzero(counted):
        own = str(village[number])
        share[number] *= people[own] / total * sum(within.values()) / within[own]
    return share


def _tails(now: Floats, before: Floats, due: Floats, other: Floats) -> tuple[Floats, Floats]:
    """P(X >= now) by people and by the past."""
    from scipy.stats import hypergeom

    total, past = int(now.sum()), int(before.sum())
    people = negative_binomial(due, due + due**2 / (other + 1)).sf(now - 1)
    own = hypergeom.sf(now - 1, total + past, now + before, total) if past else np.ones(len(now))
    return np.asarray(people), np.asarray(own)


def _row(code: str, cell: Cell, rows: Sequence[Row]) -> Row:
    named = next((row for row in rows if row["village"] == cell.village), {})
    latitude, longitude = h3.cell_to_latlng(code)
    return {
        "cell": code,
        "latitude": round(latitude, 5),
        "longitude": round(longitude, 5),
        "village": cell.village or None,
        "village_name": named.get("village_name"),
        "district_name": named.get("district_name"),
        "value": cell.now,
    }
