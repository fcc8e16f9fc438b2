"""Results as tables for people: what is a code is left out where its name stands beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pesut.contracts import Evidence, Grain, MetricQuery, Row, ValueFormat
from pesut.drawing.wording import Wording
from pesut.drawing.words import COLUMNS
from pesut.placeholders import numbers
from pesut.placeholders.dates import parsed, written_bucket, written_date, written_moment
from pesut.placeholders.formats import format_of, named_format, written
from pesut.placeholders.units import unit_in

MEASURED = ("value", "previous", "change", "change_ratio")
MOMENTS, DAYS, MONEY = (
    {"observed_at", "submitted_at"},
    {"issued_on", "since", "until", "read_on", "burst_since", "burst_until", "last", "deadline"},
    {"ceiling", "realised", "left"},
)
NOTHING = "–"


@dataclass(frozen=True)
class Column:
    name: str
    title: str
    numeric: bool


@dataclass(frozen=True)
class Table:
    """Cells are texts, in the order of `columns`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def table_of(evidence: Evidence, wording: Wording) -> Table:
    """The evidence's whole result, in the wording's language and the city's time."""
    names = _shown(evidence.result)
    columns = tuple(_column(name, evidence, wording) for name in names)
    rows = tuple(tuple(_cell(row.get(name), name, evidence, wording) for name in names) for row in evidence.result)
    return Table(columns, rows)


def _shown(rows: tuple[Row, ...]) -> list[str]:
    """What names a row comes first, then its time, then its numbers in their order."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    order = {name: place for place, name in enumerate(("period", *MEASURED, "observed_at"))}
    return sorted((name for name in names if f"{name}_name" not in names), key=lambda name: order.get(name, -1))


def _column(name: str, evidence: Evidence, wording: Wording) -> Column:
    title = wording.say(COLUMNS.get(name.removesuffix("_name"), name))
    unit = evidence.measure.unit if evidence.measure and _counted(name, evidence) else ""
    numeric = name in MEASURED or name in MONEY
    return Column(name, f"{title} ({unit_in(unit, wording.language, Decimal())})" if unit else title, numeric)


def _counted(name: str, evidence: Evidence) -> bool:
    """Whether the column holds bare numbers, whose unit stands in the head."""
    return name in MEASURED and format_of(evidence, name) in {ValueFormat.INTEGER, ValueFormat.DECIMAL}


def _cell(value: object, name: str, evidence: Evidence, wording: Wording) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return wording.say("ya") if value else wording.say("tidak")
    if isinstance(value, int | float):
        return _number(Decimal(str(value)), name, evidence, wording)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return _text(str(value), name, evidence, wording)


def _number(value: Decimal, name: str, evidence: Evidence, wording: Wording) -> str:
    if name == "year":
        return str(value)
    if name in MONEY:
        return "Rp" + numbers.decimal(value, wording.language, places=0)
    match named_format(name):
        case ValueFormat.PERCENT:
            return numbers.percent(value, wording.language)
        case ValueFormat.DURATION:
            return numbers.duration(value, wording.language)
        case _:
            pass
    if evidence.measure is None or name not in MEASURED:
        return numbers.decimal(value, wording.language)
    if not _counted(name, evidence):
        return written(value, evidence.measure, wording.language, format_of(evidence, name))
    whole = evidence.measure.format is ValueFormat.INTEGER
    places = 0 if whole and value == value.to_integral_value() else evidence.measure.decimals
    return numbers.decimal(value, wording.language, places=places, fixed=not whole)


def _text(value: str, name: str, evidence: Evidence, wording: Wording) -> str:
    query = evidence.query
    if name == "period" and isinstance(query, MetricQuery) and query.grain is not None:
        return _bucket(parsed(value, wording.zone), query.grain, wording)
    if name in MOMENTS:
        return written_moment(parsed(value, wording.zone), wording.language)
    return written_date(parsed(value, wording.zone), wording.language) if name in DAYS else value


def _bucket(start: date, grain: Grain, wording: Wording) -> str:
    return written_bucket(start, grain, wording.language)
