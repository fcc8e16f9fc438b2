"""As `unusual`, and within the period the days that stand out, which a whole month hides."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (scipy carries no types of its own.)

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.reports.patterns.breaks import DAYS
from pesut.reports.patterns.discovery import OUTBREAK, Floats, discoveries, negative_binomial
from pesut.reports.patterns.unusual import (
    LEAST_REPORTS,
    NEAREST,
    Counted,
    Verdict,
    counted_of,
    judged,
    row_of,
)

LONGEST, SHORTEST_PERIOD = 7, 10
"""Days that a burst may last, and that a period must have so that one is looked for in it."""


class Bursts(NamedTuple):
    """The likeliest run of days of each series: `first` and `last` in days before the period's end (from 0); its count, what was
    expected, and the chance of so many.
    """

    first: Floats
    last: Floats
    value: Floats
    expected: Floats
    chance: Floats


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of an UnusualQuery from those of `tools.patterns.unusual`. Raises InvalidInputError for too short a history.

    A series is unusual by its whole count, or by a run of at most LONGEST days in the period: that with the smallest upper tail of a
    negative binomial, whose daily mean is what the period lets one expect, or the mean of the series' own last DAYS days where that is more, and
    whose spread is that of these days without outbreaks. The tail is multiplied by the number of runs, the smaller of both
    chances by two (Bonferroni), and Benjamini-Hochberg goes over the series.
    """
    counted = counted_of(rows, parameters)
    bound = float(cast("float", parameters["false_alarms_share"]))
    whole = judged(counted, bound)
    length = max(round(float(cast("float", parameters["seconds"])) / 86_400), 1)
    bursts = _bursts(counted, whole, length)
    runs = bursts.chance
    searched = length >= SHORTEST_PERIOD
    chance = np.minimum(2 * np.minimum(whole.chance, runs), 1.0) if searched else whole.chance
    verdict = whole._replace(chance=chance, unusual=discoveries(chance, bound))
    order = sorted(range(len(counted.keys)), key=lambda each: (chance[each], counted.keys[each]))
    found = [each for each in order if verdict.unusual[each]] or order[:NEAREST]
    shown = [bool(searched and verdict.unusual[each] and runs[each] < whole.chance[each]) for each in range(len(order))]
    return [
        row_of(each, counted, verdict, parameters) | _told(each if shown[each] else None, bursts, parameters)
        for each in found
    ]


def _bursts(counted: Counted, whole: Verdict, length: int) -> Bursts:
    days = np.array([counted.days.get(key, np.zeros(DAYS)) for key in counted.keys])
    mean, spread = _usual(days, whole.expected / length)
    inside = days[:, : min(length, DAYS)]
    sums = np.concatenate([np.zeros((len(days), 1)), np.cumsum(inside, axis=1)], axis=1)
    found, runs = list[Bursts](), 0
    for size in range(1, min(LONGEST, inside.shape[1]) + 1):
        counts = sums[:, size:] - sums[:, :-size]
        at = counts.argmax(axis=1).astype(np.float64)
        most, due = counts.max(axis=1), mean * size
        chance = np.where(most >= LEAST_REPORTS, negative_binomial(due, due * spread).sf(most - 1), 1.0)
        found.append(Bursts(at, at + size - 1, most, due, chance))
        runs += counts.shape[1]
    best = np.array([each.chance for each in found]).argmin(axis=0)
    chosen = Bursts(*(np.array(each)[best, np.arange(len(best))] for each in zip(*found, strict=True)))
    return chosen._replace(chance=np.minimum(chosen.chance * runs, 1.0))


def _usual(days: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """The daily mean of each series, and the variance as a multiple of it: of the days that are no outbreaks against the quieter
    seven eighths.
    """
    quiet = np.sort(days, axis=1)[:, : DAYS * 7 // 8]
    first = np.maximum(quiet.mean(axis=1, keepdims=True), 1 / DAYS)
    calm = negative_binomial(first, 2 * first).sf(days - 1) >= OUTBREAK
    many = np.maximum(calm.sum(axis=1), 1)
    own = np.maximum((days * calm).sum(axis=1) / many, 1 / DAYS)
    variance = ((days - own[:, None]) ** 2 * calm).sum(axis=1) / many
    return np.maximum(own, expected), np.maximum(variance / own, 1.0)


def _told(series: int | None, bursts: Bursts, parameters: Mapping[str, JsonValue]) -> Row:
    if series is None:
        return dict.fromkeys(("burst_since", "burst_until", "burst_value", "burst_expected"))
    zone = ZoneInfo(str(parameters["zone"]))
    end = datetime.fromisoformat(str(parameters["end"]))

    def day(back: float) -> str:
        return (end - timedelta(days=back + 1)).astimezone(zone).date().isoformat()

    return {
        "burst_since": day(float(bursts.last[series])),
        "burst_until": day(float(bursts.first[series])),
        "burst_value": int(bursts.value[series]),
        "burst_expected": round(float(bursts.expected[series]), 1),
    }
