"""What a kind of import wants to know of each row, and how a cell becomes a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, cast
from zoneinfo import ZoneInfo

import orjson

from pesut.intake.amounts import DecimalMark, parse_amount
from pesut.intake.files.table import Cell
from pesut.intake.geometry import parse_geometry
from pesut.intake.moments import DayOrder, month_number, parse_day, parse_moment
from pesut.intake.text_repair import one_line, repaired

_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "#n/a", "null", "none", "nan", "nil"})
_YES = frozenset({"1", "true", "yes", "ya", "y", "benar"})
_NO = frozenset({"0", "false", "no", "tidak", "n", "bukan"})


class FieldType(StrEnum):
    NAME = "name"  # one line of text
    TEXT = "text"
    AMOUNT = "amount"  # exact
    RUPIAH = "rupiah"  # whole
    DEGREES = "degrees"
    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"  # its first day; its number (1 to 12) where the year stands in a column of its own
    YEAR = "year"
    NAMES = "names"  # a list
    GEOMETRY = "geometry"
    FLAG = "flag"


@dataclass(frozen=True)
class Field:
    """`synonyms` are the headers, in Indonesian and English, under which people write it. A required field may be told by
    another one `instead`, and be empty in a row where `blank`.
    """

    name: str
    type: FieldType
    synonyms: tuple[str, ...] = ()
    required: bool = False
    instead: str = ""
    blank: bool = False


@dataclass(frozen=True)
class Conventions:
    """How this file writes numbers and dates, and the zone of its naive times."""

    zone: ZoneInfo
    mark: DecimalMark = DecimalMark.COMMA
    order: DayOrder = DayOrder.DAY


class CellError(Exception):
    """A cell that cannot be used: its column, why, and what it holds."""

    def __init__(self, column: str, reason: str, value: object = "") -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason
        self.value = "" if value is None else str(value)


def parse_cell(cell: Cell, wanted: FieldType, conventions: Conventions) -> Any:
    """The value of a cell, None where it holds nothing. Raises ValueError with a reason for people."""
    if _is_nothing(cell):
        return None
    return _PARSERS[wanted](cell, conventions)


def _is_nothing(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in _NOTHING)


def _amount(cell: Cell, conventions: Conventions) -> Decimal:
    return parse_amount(cell, conventions.mark)


def _rupiah(cell: Cell, conventions: Conventions) -> int:
    """Budgets are kept in whole Rupiah; the sen that some programs print are rounded."""
    return int(parse_amount(cell, conventions.mark).to_integral_value(ROUND_HALF_UP))


def _degrees(cell: Cell, _: Conventions) -> float:
    """Coordinates have no thousands, so either mark is the decimal one."""
    try:
        return float(str(cell).strip().replace(",", "."))
    except ValueError:
        raise ValueError("is no coordinate in degrees") from None


def _year(cell: Cell, conventions: Conventions) -> int:
    year = parse_moment(_whole(cell), conventions.zone, conventions.order).year
    if not 1900 <= year <= 2100:
        raise ValueError("is no year")
    return year


def _whole(cell: Cell) -> Cell:
    """2025.0, as spreadsheets give a year, as 2025."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _month(cell: Cell, conventions: Conventions) -> date | int:
    if (number := month_number(_whole(cell))) is not None:
        return number
    return parse_day(_whole(cell), conventions.order).replace(day=1)


def _names(cell: Cell, _: Conventions) -> list[str]:
    parts = cast("list[Any]", cell) if isinstance(cell, list) else str(cell).replace("|", ";").split(";")
    if len(parts) == 1:
        parts = str(parts[0]).split(",")
    return [name for part in parts if (name := one_line(str(part)))]


def _flag(cell: Cell, _: Conventions) -> bool:
    word = str(cell).strip().lower()
    if word not in _YES | _NO:
        raise ValueError("is neither yes nor no")
    return word in _YES


def _name(cell: Cell, _: Conventions) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dict | list):
        return orjson.dumps(cell).decode()
    return one_line(str(cell))


def _moment(cell: Cell, conventions: Conventions) -> datetime:
    return parse_moment(_whole(cell), conventions.zone, conventions.order)


_PARSERS: Mapping[FieldType, Callable[[Cell, Conventions], Any]] = {
    FieldType.NAME: _name,
    FieldType.TEXT: lambda cell, _: repaired(str(cell)),
    FieldType.AMOUNT: _amount,
    FieldType.RUPIAH: _rupiah,
    FieldType.DEGREES: _degrees,
    FieldType.MOMENT: _moment,
    FieldType.DAY: lambda cell, conventions: parse_day(_whole(cell), conventions.order),
    FieldType.MONTH: _month,
    FieldType.YEAR: _year,
    FieldType.NAMES: _names,
    FieldType.GEOMETRY: lambda cell, _: parse_geometry(cell),
    FieldType.FLAG: _flag,
}
