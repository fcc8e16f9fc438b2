"""Reports held against what is measured: where both rise, and where only one does."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scipy carries no types of its own.)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.discovery import OUTBREAK, Floats, discoveries, negative_binomial
from pesut.reports.patterns.measured import Measured, measured_of, table_of
from pesut.reports.patterns.ranks import relation

LEAST_REPORTS = 3
"""Fewer in one place on one day are never called a rise."""
LEAST_HIGH, LEAST_SEEN = 5, 30
"""Below so many high days, or reports, nothing is said about how the two go together."""
LEAST_TIMES = 28
CALM = 7
"""So many days (or weeks) after a high reading count as usual again, since reports of it trickle in."""

SELDOM = 0.05
"""What comes by accident more often than that is not worth a word as reports that failed to come."""

VERDICTS = {
    "both": "laporan dan pengukuran",
    "reports_only": "laporan saja",
    "measured_only": "pengukuran saja",
    "none": "tidak ada",
}

Flags = NDArray[np.bool_]
Parameters = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Held:
    """Places x times: counts and what was measured; by place the mean and variance of a time that is calm, and of one after a high
    reading. `asked` are the times asked for.
    """

    counts: Floats
    usual: Floats
    spread: Floats
    high: Floats
    high_spread: Floats
    measured: Measured
    asked: slice


class Stretch(NamedTuple):
    """`chance` of so many reports (of so few, where only something was measured) against the `expected`."""

    verdict: str
    place: int
    first: int
    last: int
    expected: float
    chance: float


def derive(rows: Sequence[Row], parameters: Parameters) -> list[Row]:
    """The rows of a CrosscheckQuery from those of `tools.patterns.crosscheck`. Raises InvalidInputError for too short a past.

    What is usual in a place is the mean and variance of its counts where nothing high was measured of late, and a count's chance
    the upper tail of a negative binomial. High readings that follow each other, with the `lag` after them, are one test; each other
    day (or week) of each place is one. Among either kind, discoveries (Benjamini-Hochberg) are agreement, and reports without a
    reading. A stretch of high readings counts as unheard where no more reports came than usual, though by what came after the place's
    other high readings so few are seldom; each of these is a test of its own.
    """
    held, bound = _held(rows, parameters), float(cast("float", parameters["false_alarms_share"]))
    found = [*_after_high(held, bound, cast("int", parameters["lag"])), *_without_high(held, bound)]
    found.sort(key=lambda each: (each.verdict == "measured_only", -abs(_seen(each, held) - each.expected)))
    common = _common(held, rows, parameters)
    return [_row(each, held, parameters) | common for each in found or [None]]


def _held(rows: Sequence[Row], parameters: Parameters) -> Held:
    measured = measured_of(rows, parameters)
    told = [row for row in rows if row["part"] == "reports"]
    places = cast("dict[str, int]", parameters["places"])
    counts = table_of(told, places, len(measured.readings), measured.times)
    asked = slice(measured.times.index(str(parameters["first"])), len(measured.times))
    if asked.stop < LEAST_TIMES:
        raise InvalidInputError(
            "Riwayat laporan dan pengukuran terlalu pendek untuk diperbandingkan.",
            remedy="Muat data masa lalu dengan `pesut import`.",
        )
    calm = ~measured.within(CALM)
    mean, variance = _moments(counts, calm)
    outbreak = negative_binomial(mean[:, None], variance[:, None]).sf(counts - 1) < OUTBREAK
    usual, high = _moments(counts, calm & ~outbreak), _moments(counts, measured.exposed)
    return Held(counts, *usual, *high, measured, asked)


def _moments(counts: Floats, chosen: Flags) -> tuple[Floats, Floats]:
    """Mean and variance by place over the chosen times; of a place with none, that nothing is expected."""
    times = np.maximum(chosen.sum(axis=1), 1)
    mean = np.maximum((counts * chosen).sum(axis=1), 0.5) / times
    return mean, np.maximum(((counts - mean[:, None]) ** 2 * chosen).sum(axis=1) / times, mean)


def _after_high(held: Held, bound: float, lag: int) -> list[Stretch]:
    """Stretches of high readings: those that reports followed, and those that none did."""
    runs = [
        (place, first, min(last + lag, held.asked.stop - 1))
        for place in range(len(held.counts))
        for first, last in _runs(held.measured.high[place])
        if last + lag >= held.asked.start
    ]
    if not runs:
        return []
    place, first, last = (np.array(each) for each in zip(*runs, strict=True))
    length = last - first + 1
    seen = np.array([held.counts[p, f : to + 1].sum() for p, f, to in runs])
    usual = negative_binomial(held.usual[place] * length, held.spread[place] * length)
    rise = discoveries(np.where(seen >= LEAST_REPORTS, usual.sf(seen - 1), 1.0), bound)
    due = held.high[place] * length
    so_few = negative_binomial(due, held.high_spread[place] * length).cdf(seen)
    unheard = ~rise & (due >= 1) & (seen <= usual.ppf(0.95)) & (so_few <= SELDOM)
    chance, expected = np.where(rise, usual.sf(seen - 1), so_few), np.where(rise, held.usual[place] * length, due)
    verdicts = np.where(rise, "both", np.where(unheard, "measured_only", ""))
    return [
        Stretch(str(verdict), *run, float(expected[n]), float(chance[n]))
        for n, (verdict, run) in enumerate(zip(verdicts, runs, strict=True))
        if verdict
    ]


def _without_high(held: Held, bound: float) -> list[Stretch]:
    """Rises where all that was to be measured is known, and none of it high."""
    fits = ~held.measured.exposed & held.measured.known & (held.counts >= LEAST_REPORTS)
    fits[:, : held.asked.start] = False
    spread = negative_binomial(held.usual[:, None], held.spread[:, None])
    chance = np.where(fits, spread.sf(held.counts - 1), 1.0)
    own = chance[:, held.asked]
    rise = np.zeros(fits.shape, dtype=np.bool_)
    rise[:, held.asked] = discoveries(own.ravel(), bound).reshape(own.shape)
    return [
        Stretch(
            "reports_only",
            place,
            first,
            last,
            float(held.usual[place]) * (last - first + 1),
            float(chance[place, first : last + 1].min()),
        )
        for place in range(len(held.counts))
        for first, last in _runs(rise[place])
    ]


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and last of each run of true; one false between two runs does not part them."""
    runs: list[tuple[int, int]] = []
    for at in np.flatnonzero(flags):
        if runs and at - runs[-1][1] <= 2:
            runs[-1] = (runs[-1][0], int(at))
        else:
            runs.append((int(at), int(at)))
    return runs


def _seen(each: Stretch, held: Held) -> int:
    return int(held.counts[each.place, each.first : each.last + 1].sum())


def _row(each: Stretch | None, held: Held, parameters: Parameters) -> Row:
    suffix, sites = str(parameters["suffix"]), cast("list[dict[str, Any]]", parameters["sites"])
    if each is None:
        empty = (
            "place_name", "since", "until", "reports", "expected", f"reading{suffix}", f"high{suffix}",
            "item_name", "read_on", "chance_share",
        )  # fmt: skip
        return {"verdict": "none", "verdict_name": VERDICTS["none"]} | dict.fromkeys(empty)
    measured = held.measured
    item, at = measured.peak(each.place, each.first - cast("int", parameters["lag"]), each.last)
    return {
        "verdict": each.verdict,
        "verdict_name": VERDICTS[each.verdict],
        "place_name": sites[each.place]["name"],
        "since": measured.times[each.first],
        "until": measured.times[each.last],
        "reports": _seen(each, held),
        "expected": round(each.expected, 1),
        f"reading{suffix}": measured.shown(item, at),
        f"high{suffix}": measured.bound(item),
        "item_name": cast("dict[str, str]", parameters["items"]).get(item, ""),
        "read_on": measured.times[at] if at is not None else None,
        "chance_share": float(f"{each.chance:.3g}"),
    }


def _common(held: Held, rows: Sequence[Row], parameters: Parameters) -> Row:
    measured, seen = held.measured, held.counts.sum()
    high = measured.exposed
    related = relation(held.counts, measured.exposure, held.counts.sum(axis=1))
    unplaced = sum(
        pair[1]
        for row in rows
        if row["part"] == "reports" and row["key"] not in cast("dict[str, int]", parameters["places"])
        for pair in cast("list[tuple[str, int]]", row["pairs"])
    )
    return {
        "check_name": parameters["check_name"],
        "metric_name": parameters["metric_name"],
        "unit": parameters["unit"],
        "every": "minggu" if parameters["every"] == "week" else "hari",
        "relation": round(related.strength, 2),
        "relation_share": round(related.chance, 4),
        "reports_when_high": _mean(held.counts, high),
        "reports_otherwise": _mean(held.counts, ~high & measured.known),
        "high_count": int(high.sum()),
        "count": int(measured.known.sum()),
        "thin": bool(high.sum() < LEAST_HIGH or seen < LEAST_SEEN),
        "unplaced_share": round(unplaced / max(float(seen) + unplaced, 1.0), 4),
    }


def _mean(counts: Floats, chosen: Flags) -> float | None:
    return round(float(counts[chosen].mean()), 2) if chosen.any() else None
