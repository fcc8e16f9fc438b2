"""What was measured, by place and time: readings of a place's gauges, and which of them are high."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (Parts of numpy carry no types of their own.)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.reports.patterns.discovery import Floats

Flags = NDArray[np.bool_]
STEP = {"day": timedelta(days=1), "week": timedelta(days=7)}


@dataclass(frozen=True)
class Measured:
    """`readings` are those of each place's items; all else is places x times. `ranked` is where a reading stands among its item's
    own, from 0 to 1, of a place the highest of its items'; `exposure` the highest rank of a time and the `lag` before it.
    """

    times: list[str]
    readings: list[dict[str, Floats]]
    bounds: dict[str, float]
    ranked: Floats
    exposure: Floats
    high: Flags
    exposed: Flags
    known: Flags
    sign: float
    decimals: int

    def within(self, times: int) -> Flags:
        """Where something high was measured at most so many days or weeks ago."""
        return lasting(self.high.astype(np.float64), times) > 0

    def peak(self, place: int, first: int, last: int) -> tuple[str, int | None]:
        """The item whose reading lies furthest beyond its bound, or nearest to it, and when; nothing read: no item."""
        within = slice(max(first, 0), last + 1)
        best, found = -np.inf, ("", None)
        for item, values in self.readings[place].items():
            beyond = self.sign * (values[within] - self.bounds[item])
            if not np.isnan(beyond).all() and np.nanmax(beyond) > best:
                best, found = float(np.nanmax(beyond)), (item, within.start + int(np.nanargmax(beyond)))
        return found

    def shown(self, item: str, at: int | None) -> float | None:
        values = next((each[item] for each in self.readings if item in each), None)
        return None if values is None or at is None else round(float(values[at]), self.decimals)

    def bound(self, item: str) -> float | None:
        return round(self.bounds[item], self.decimals) if item in self.bounds else None


def measured_of(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> Measured:
    """From the rows of `tools.patterns.crosscheck`."""
    times = _times(parameters)
    sites = cast("list[dict[str, Any]]", parameters["sites"])
    items = list(dict.fromkeys(item for site in sites for item in site["items"]))
    found = [row for row in rows if row["part"] == "readings"]
    table = table_of(found, {item: number for number, item in enumerate(items)}, len(items), times, unknown=np.nan)
    values = {item: table[number] for number, item in enumerate(items)}
    sign = 1.0 if str(parameters["operator"]).startswith(">") else -1.0
    bounds = {item: _bound(values[item], sign, parameters) for item in items}
    lag = cast("int", parameters["lag"])
    ranked = _most([[_rank(sign * values[item]) for item in site["items"]] for site in sites])
    high = (
        _most(
            [
                [_beyond(values[item], bounds[item], str(parameters["operator"])) for item in site["items"]]
                for site in sites
            ]
        )
        > 0
    )
    return Measured(
        times,
        [{item: values[item] for item in site["items"]} for site in sites],
        bounds,
        ranked,
        lasting(ranked, lag),
        high,
        lasting(high.astype(np.float64), lag) > 0,
        ~np.isnan(lasting(ranked, lag)),
        sign,
        cast("int", parameters["decimals"]),
    )


def table_of(
    rows: Sequence[Row], places: Mapping[str, int], size: int, times: list[str], *, unknown: float = 0.0
) -> Floats:
    """Values by place and time from [[time, value], …] of each key; what belongs to no place is left out."""
    at = {time: number for number, time in enumerate(times)}
    table = np.full((size, len(times)), unknown)
    for row in rows:
        place = places.get(str(row["key"]))
        for time, value in cast("list[tuple[str, float | None]]", row["pairs"]) if place is not None else []:
            if time in at and value is not None:
                before = table[place, at[time]]
                table[place, at[time]] = value + (0.0 if np.isnan(before) else before)
    return table


def _times(parameters: Mapping[str, JsonValue]) -> list[str]:
    """The first days of all days or weeks, as ISO dates."""
    step = STEP[str(parameters["every"])]
    begin, end = date.fromisoformat(str(parameters["begin"])), date.fromisoformat(str(parameters["last"]))
    return [(begin + number * step).isoformat() for number in range((end - begin) // step + 1)]


def _bound(values: Floats, sign: float, parameters: Mapping[str, JsonValue]) -> float:
    """A share's bound lies beyond the median, however rarely anything but nothing is measured."""
    if parameters["value"] is not None:
        return float(cast("float", parameters["value"]))
    known = sign * values[~np.isnan(values)]
    if not known.size:
        return sign * np.inf
    bound = float(np.quantile(known, 1 - float(cast("float", parameters["share"]))))
    uncommon = known[known > np.median(known)]
    return sign * (max(bound, float(uncommon.min())) if uncommon.size else np.inf)


def _beyond(values: Floats, bound: float, operator: str) -> Floats:
    compare = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}[operator]
    return np.where(np.isnan(values), 0.0, compare(values, bound))


def _rank(values: Floats) -> Floats:
    """Where each value stands among the known, from 0 to 1."""
    known = ~np.isnan(values)
    ranks = np.full(len(values), np.nan)
    order = np.sort(values[known])
    ranks[known] = np.searchsorted(order, values[known]) / max(len(order), 1)
    return ranks


def _most(tables: list[list[Floats]]) -> Floats:
    """The highest of each place's items; not known where none is."""
    return np.array([np.fmax.reduce(np.array(each)) for each in tables])


def lasting(table: Floats, lag: int) -> Floats:
    """The highest of each time and the `lag` before it."""
    found = table.copy()
    for back in range(1, lag + 1):
        found[:, back:] = np.fmax(found[:, back:], table[:, :-back])
    return found
