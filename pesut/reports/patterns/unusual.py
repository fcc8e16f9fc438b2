"""Counts by category and place that lie outside what the weeks before, the season and the trend let one expect."""

# pyright: reportUnknownMemberType=false
# (scipy carries no types of its own.)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.errors import InvalidInputError
from pesut.reports.patterns.breaks import DAYS, days_since_break
from pesut.reports.patterns.discovery import Floats, discoveries, negative_binomial
from pesut.reports.patterns.expectation import expectation, share_of

LEAST_WEEKS = 12
LEAST_REPORTS = 5
"""A rise of fewer reports, or a fall from fewer, is not worth a word (Farrington et al. 1996 ask for five as well)."""

NEAREST = 3
ALL = ""


class Key(NamedTuple):
    category: str
    place: str


@dataclass(frozen=True)
class Counted:
    """Counts by series: of the period, and of like windows before it, the latest first."""

    keys: list[Key]
    now: Floats
    before: Floats
    ages: Floats
    days: dict[Key, Floats]
    reporters: dict[Key, int]


class Verdict(NamedTuple):
    """Arrays over series."""

    expected: Floats
    low: Floats
    high: Floats
    chance: Floats
    unusual: Any


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of an UnusualQuery from those of `tools.patterns.unusual`. Raises InvalidInputError for too short a history."""
    counted = counted_of(rows, parameters)
    verdict = judged(counted, float(cast("float", parameters["false_alarms_share"])))
    order = sorted(range(len(counted.keys)), key=lambda each: (verdict.chance[each], counted.keys[each]))
    found = [each for each in order if verdict.unusual[each]] or order[:NEAREST]
    return [row_of(each, counted, verdict, parameters) for each in found]


def judged(counted: Counted, bound: float) -> Verdict:
    """Each series against its expectation; two-sided exact tails of a negative binomial, false discoveries bounded."""
    mean, variance = _expected(counted)
    spread = negative_binomial(mean, variance)
    above, below = spread.sf(counted.now - 1), spread.cdf(counted.now)
    chance = np.minimum(2 * np.minimum(above, below), 1.0)
    matters = np.maximum(counted.now, mean) >= LEAST_REPORTS
    chance = np.where(matters, chance, 1.0)
    return Verdict(mean, spread.ppf(0.025), spread.ppf(0.975), chance, discoveries(chance, bound))


def _expected(counted: Counted) -> tuple[Floats, Floats]:
    """Mean and variance by series. A place follows the course of its category in the whole city, at its own share of it."""
    mean, variance = np.zeros(len(counted.keys)), np.zeros(len(counted.keys))
    wholes = [number for number, key in enumerate(counted.keys) if key.place == ALL]
    courses = expectation(counted.before[wholes], counted.ages)
    mean[wholes], variance[wholes] = courses.mean, courses.variance
    for row, whole in enumerate(wholes):
        category = counted.keys[whole].category
        parts = [number for number, key in enumerate(counted.keys) if key.category == category and key.place != ALL]
        if parts:
            shares = share_of(counted.before[parts], courses.of(row))
            mean[parts], variance[parts] = shares.mean, shares.variance
    return mean, variance


def counted_of(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> Counted:
    """Sums what is counted by category and place to whole cities and, where several categories were asked for, to all of them."""
    several = bool(parameters["all_categories"])
    windows, days, reporters = dict[Key, dict[int, int]](), dict[Key, Floats](), dict[Key, int]()
    for row in rows:
        key = Key(str(row["category"]), str(row["place"]))
        pairs = cast("list[list[int]]", row["counts"])
        match row["part"]:
            case "windows":
                for each in _sums(key, several):
                    into = windows.setdefault(each, {})
                    for number, count in pairs:
                        into[number] = into.get(number, 0) + count
            case "days":
                for each in _sums(key, several):
                    into = days.setdefault(each, np.zeros(DAYS))
                    for number, count in pairs:
                        into[number] += count
            case _:
                reporters[key] = pairs[0][1]
    return _as_arrays(windows, days, reporters, float(cast("float", parameters["weeks"])))


def _sums(key: Key, several: bool) -> set[Key]:
    """The series that a count goes into: its own, its category in the whole city, and both for all categories."""
    categories = ({key.category} - {ALL}) | ({ALL} if several else set[str]())
    return {Key(category, place) for category in categories for place in {key.place, ALL}}


def _as_arrays(
    windows: dict[Key, dict[int, int]], days: dict[Key, Floats], reporters: dict[Key, int], weeks: float
) -> Counted:
    """History begins with the first window in which anything was reported, which may be incomplete and is left out."""
    last = max((number for each in windows.values() for number in each), default=0)
    if (last - 1) * weeks < LEAST_WEEKS:
        raise InvalidInputError(
            f"Riwayat laporan belum {LEAST_WEEKS} minggu, sehingga yang biasa belum dapat dikenali.",
            remedy="Muat laporan masa lalu dengan `pesut import reports`, atau tanyakan masa yang lebih pendek.",
        )
    keys = sorted(windows)
    table = np.array([[windows[key].get(number, 0) for number in range(last)] for key in keys], dtype=np.float64)
    ages = np.arange(1, last, dtype=np.float64) * weeks
    return Counted(keys, table[:, 0], table[:, 1:], ages, days, reporters)


def row_of(number: int, counted: Counted, verdict: Verdict, parameters: Mapping[str, JsonValue]) -> Row:
    """The series as a row of the query's result."""
    key, value = counted.keys[number], int(counted.now[number])
    names = cast("dict[str, dict[str, str]]", parameters["names"])
    expected = round(float(verdict.expected[number]), 1)
    return {
        "category": key.category or None,
        "category_name": names["category"].get(key.category, key.category),
        "place": key.place or None,
        "place_name": names["place"].get(key.place, key.place),
        "value": value,
        "reporters": counted.reporters.get(key),
        "expected": expected,
        "usual_low": int(verdict.low[number]),
        "usual_high": int(verdict.high[number]),
        "change": round(value - expected, 1),
        "chance_share": float(f"{verdict.chance[number]:.3g}"),
        "unusual": bool(verdict.unusual[number]),
        "since": _since(number, counted, verdict, parameters) if verdict.unusual[number] else None,
        "tested": len(counted.keys),
        "weeks": round(float(counted.ages[-1])),
    }


def _since(number: int, counted: Counted, verdict: Verdict, parameters: Mapping[str, JsonValue]) -> str:
    """The day on which the level changed, in the city's zone."""
    length = timedelta(seconds=float(cast("float", parameters["seconds"])))
    daily = verdict.expected[number] / max(length / timedelta(days=1), 1e-9)
    back = days_since_break(counted.days.get(counted.keys[number], np.zeros(DAYS)), np.full(DAYS, daily))
    end = datetime.fromisoformat(str(parameters["end"]))
    began = end - timedelta(days=back)
    return began.astimezone(ZoneInfo(str(parameters["zone"]))).date().isoformat()
