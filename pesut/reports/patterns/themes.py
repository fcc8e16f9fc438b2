"""Themes by size, growth or newness."""

# pyright: reportUnknownMemberType=false

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import JsonValue

from pesut.contracts import Row
from pesut.reports.patterns.unusual import LEAST_WEEKS, Counted, Key, judged

LEAST_WINDOWS = 4  # before the period, to tell what is usual of one as long

Names = Mapping[str, Mapping[str, str]]


class Course(NamedTuple):
    """What weeks before let one expect of a theme; None where history is too short."""

    expected: float | None = None
    high: int | None = None
    growing: bool | None = None
    chance: float = 1.0


def derive(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Row]:
    """The rows of a ThemesQuery from those of `tools.patterns.themes`.

    A theme grows where it has more reports than `pesut.reports.patterns.unusual` lets one expect, by the same test and the same
    bound on false discoveries; it is new where the first report of it lies in the period.
    """
    courses = _courses(rows, parameters)
    found = [_row(row, course, len(rows), parameters) for row, course in zip(rows, courses, strict=True)]
    alone = (
        1 - sum(int(cast("int", row["value"])) for row in rows) / max(int(cast("int", rows[0]["told"])), 1)
        if rows
        else 0
    )
    chosen = [row | {"alone_share": round(alone, 4)} for row in found]
    match parameters["order"]:
        case "growth":
            chosen = [row for row in chosen if row["growing"]]
            chosen.sort(key=lambda row: -float(cast("float", row["value"])) + float(cast("float", row["expected"])))
        case "new":
            chosen = [row for row in chosen if row["new"]]
        case _:
            pass
    return chosen[: int(cast("int", parameters["limit"]))]


def _courses(rows: Sequence[Row], parameters: Mapping[str, JsonValue]) -> list[Course]:
    weeks = float(cast("float", parameters["weeks"]))
    windows = [dict(cast("list[tuple[int, int]]", row["windows"])) for row in rows]
    last = max((key for each in windows for key in each), default=0)
    if last - 1 < LEAST_WINDOWS or (last - 1) * weeks < LEAST_WEEKS:
        return [Course() for _ in rows]
    table = np.array([[each.get(number, 0) for number in range(last)] for each in windows], dtype=np.float64)
    ages = np.arange(1, last, dtype=np.float64) * weeks
    keys = [Key(str(row["theme"]), "") for row in rows]
    counted = Counted(keys, table[:, 0], table[:, 1:], ages, {}, {})
    verdict = judged(counted, float(cast("float", parameters["false_alarms_share"])))
    return [
        Course(round(float(expected), 1), int(high), bool(unusual and count > expected), float(f"{chance:.3g}"))
        for expected, high, unusual, chance, count in zip(
            verdict.expected, verdict.high, verdict.unusual, verdict.chance, table[:, 0], strict=True
        )
    ]


def _row(row: Row, course: Course, themes: int, parameters: Mapping[str, JsonValue]) -> Row:
    names, zone = cast("Names", parameters["names"]), ZoneInfo(str(parameters["zone"]))
    began = datetime.fromisoformat(str(row["first"]))
    place, there = _most(cast("list[tuple[str, int]]", row["places"]))
    return {
        "theme": row["theme"],
        "theme_name": row["label"] or ", ".join(cast("list[str]", row["terms"])[:3]) or _named(row, "category", names),
        "confirmed": row["confirmed"],
        "category_name": _named(row, "category", names),
        **{name: row[name] for name in ("value", "reporters")},
        "expected": course.expected,
        "usual_high": course.high,
        "chance_share": course.chance,
        "growing": course.growing,
        "new": began >= datetime.fromisoformat(str(parameters["start"])),
        "place_name": names["place"].get(place, place) if place else None,
        "place_value": there if place else None,
        "agency_name": _named(row, "agency", names),
        "first": began.astimezone(zone).date().isoformat(),
        "last": datetime.fromisoformat(str(row["last"])).astimezone(zone).date().isoformat(),
        **{name: row[name] for name in ("total", "total_reporters", "report", "number", "excerpt", "told")},
        "themes": themes,
    }


def _most(places: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Where most reports are, of those whose place is known."""
    placed = [(code, count) for code, count in places if code]
    return min(placed, key=lambda each: (-each[1], each[0]), default=("", 0))


def _named(row: Row, column: str, names: Names) -> str | None:
    code = row[column]
    return names[column].get(str(code), str(code)) if code else None
