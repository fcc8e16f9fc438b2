"""Moments and days as spreadsheets and people write them: "3 Maret 2025", "03/04/2025 14.30 WITA", ISO, Excel's serials."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names


class DayOrder(StrEnum):
    """Which comes first in 03/04/2025."""

    DAY = "day_first"
    MONTH = "month_first"


_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0}
_OTHER_MONTHS = {"pebruari": 2, "peb": 2, "mrt": 3, "agst": 8, "agt": 8, "ags": 8, "sept": 9, "nopember": 11, "nop": 11}
_FIRST_SERIAL, _LAST_SERIAL = 14_611, 73_050  # 1940 to 2099, so that a year or an amount is not taken for a day
_EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's days have no zone; the caller's is put on

_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>am|pm)?"
    r"\s*(?P<zone>wib|wita|wit|utc|gmt|z|[+-]\d{2}:?\d{2})?$"
)
_NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]+)[-/. ]*,?\s*(\d{4}|\d{2})")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]+)\s+(\d{1,2})\s*,\s*(\d{4})")
_MONTH = re.compile(r"([a-z]+)[-/. ]+(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?")
_AFTER_DAY = re.compile(r"[,;]?\s+(?:pukul|jam|pkl\.?|at)?\s*(?=\d{1,2}[:.]\d{2})|(?<=\d)t(?=\d{2}:)")


def parse_moment(value: object, zone: ZoneInfo, order: DayOrder = DayOrder.DAY) -> datetime:
    """The aware moment that a cell holds; naive times are `zone`'s, a day, month or year means its start.

    Raises ValueError with a reason for people.
    """
    naive = _typed(value)
    if naive is None:
        day, clock, offset = _parts(str(value), order)
        naive = datetime.combine(day, clock, offset)
    return naive if naive.tzinfo else naive.replace(tzinfo=zone)


def parse_day(value: object, order: DayOrder = DayOrder.DAY) -> date:
    """The day that a cell holds, whatever time it gives. Raises ValueError with a reason for people."""
    typed = _typed(value)
    return typed.date() if typed else _parts(str(value), order)[0]


def month_number(value: object) -> int | None:
    """1 to 12 for a month's name or number alone, None for all else."""
    name = str(value).strip().lower().strip(".")
    number = int(name) if name.isdecimal() and len(name) <= 2 else _months().get(name)
    return number if number is not None and 1 <= number <= 12 else None


def infer_order(values: Iterable[object]) -> DayOrder | None:
    """The order that the values as a whole give away (03/25/2025), None when none of them does or they disagree."""
    seen: set[DayOrder] = set()
    for value in values:
        match = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
        if match and int(match[1]) <= 12 < int(match[2]):
            seen.add(DayOrder.MONTH)
        elif match and int(match[2]) <= 12 < int(match[1]):
            seen.add(DayOrder.DAY)
    return seen.pop() if len(seen) == 1 else None


def _typed(value: object) -> datetime | None:
    """Cells that a spreadsheet or JSON already typed, and ISO 8601."""
    match value:
        case datetime():
            return value
        case date():
            return datetime.combine(value, time())
        case int() | float() if not isinstance(value, bool):
            return _numbered(value)
        case str() if _ISO.fullmatch(value):
            return _iso(value)
        case _:
            return None


def _numbered(value: float) -> datetime:
    """A year, a spreadsheet's serial day, or 20250303."""
    if 1900 <= value <= 2100 and value == int(value):
        return datetime(int(value), 1, 1)  # noqa: DTZ001
    if _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return _EXCEL_START + timedelta(seconds=round(value * 86_400))
    if 19_000_101 <= value <= 21_001_231 and value == int(value):
        return datetime.combine(_calendar(*_split(int(value))), time())
    raise ValueError("is a number that is no date")


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is a moment that does not exist") from None


def _split(compact: int) -> tuple[int, int, int]:
    return compact // 10_000, compact // 100 % 100, compact % 100


def _parts(text: str, order: DayOrder) -> tuple[date, time, timezone | None]:
    text = " ".join(text.lower().split())
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        typed = _typed(float(text))
        assert typed is not None
        return typed.date(), typed.time(), None
    text = _without_weekday(text)
    day, *clock = _AFTER_DAY.split(text, maxsplit=1)
    if not clock:
        return _day(text, order), time(), None
    return (_day(day, order), *_clock(clock[0]))


def _day(text: str, order: DayOrder) -> date:
    text = text.strip(" ,.")
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _calendar(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(text):
        day, month = (match[1], match[2]) if order is DayOrder.DAY else (match[2], match[1])
        return _calendar(_full_year(match[3]), int(month), int(day))
    if match := _NAMED.fullmatch(text):
        return _calendar(_full_year(match[3]), _month(match[2]), int(match[1]))
    if match := _NAMED_MONTH_FIRST.fullmatch(text):
        return _calendar(int(match[3]), _month(match[1]), int(match[2]))
    return _start(text)


def _start(text: str) -> date:
    """The first day of a month or a year."""
    if match := _MONTH.fullmatch(text):
        return _calendar(int(match[2]), _month(match[1]), 1)
    if match := _YEAR_MONTH.fullmatch(text):
        return _calendar(int(match[1]), int(match[2]), 1)
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1)
    raise ValueError("is not a date")


def _clock(text: str) -> tuple[time, timezone | None]:
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError("has a time that cannot be read")
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0)), _offset(match["zone"])
    except ValueError:
        raise ValueError("has a time that does not exist") from None


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone in _ZONES:
        return timezone(timedelta(hours=_ZONES[zone]))
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])))


def _calendar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("is a day that does not exist") from None


def _full_year(year: str) -> int:
    """Two digits mean the hundred years that end with 2069."""
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 70 else 1900)


def _month(name: str) -> int:
    month = _months().get(name)
    if month is None:
        raise ValueError(f"names a month that is not known: {name!r}")
    return month


@cache
def _months() -> dict[str, int]:
    """Names of months in Indonesian and English, whole and shortened."""
    names = dict(_OTHER_MONTHS)
    for locale in ("id", "en"):
        for width in ("wide", "abbreviated"):
            written = cast("Mapping[int, str]", get_month_names(width, locale=locale))
            for month, name in written.items():
                names[name.lower().strip(".")] = month
    return names


@cache
def _weekdays() -> frozenset[str]:
    names = {"jum'at", "ahad"}
    for locale in ("id", "en"):
        for width in ("wide", "abbreviated"):
            written = cast("Mapping[int, str]", get_day_names(width, locale=locale))
            names.update(name.lower().strip(".") for name in written.values())
    return frozenset(names)


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.strip(",.") in _weekdays() else text
