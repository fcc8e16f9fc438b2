"""The formats that a placeholder may ask for."""

import re
from collections.abc import Callable
from decimal import Decimal

from pesut.contracts import Evidence, Filter, Language, Measure, MetricQuery, Period, Show, ValueFormat
from pesut.placeholders import dates, numbers
from pesut.placeholders.grammar import Placeholder, PlaceholderError
from pesut.placeholders.names import joined, names_of, place_of
from pesut.placeholders.resolve import Sources
from pesut.placeholders.units import unit_in

Format = Callable[[object, Placeholder, Sources], str]

_DIRECTIONS = {Language.ID: ("turun", "tetap", "naik"), Language.EN: ("fell", "did not change", "rose")}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_INNER_MARKS = str.maketrans('“”„«»"', "‘’‘‘’'")


def _integer(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return numbers.decimal(number, sources.language, places=0)


def _decimal(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return numbers.decimal(number, sources.language)


def _percent(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return numbers.percent(number, sources.language)


def _rupiah(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return numbers.rupiah(number, sources.language)


def _rupiah_exact(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return ("-" if number < 0 else "") + "Rp" + numbers.decimal(abs(number), sources.language, places=0)


def _duration(number: Decimal, _: Placeholder, sources: Sources) -> str:
    return numbers.duration(number, sources.language)


def _measure(number: Decimal, placeholder: Placeholder, sources: Sources) -> str:
    """As the metric is written for people: with its unit, decimals and sign of currency."""
    evidence = sources.of(placeholder)
    if evidence.measure is None:
        raise PlaceholderError(f"Evidence {placeholder.label} measures nothing.")
    return written(number, evidence.measure, sources.language, format_of(evidence, placeholder.column))


def written(number: Decimal, measure: Measure, language: Language, format_: ValueFormat | None = None) -> str:
    """A value of the measure for people, with its unit, decimals and sign of currency; `format_` where it is another."""
    match format_ or measure.format:
        case ValueFormat.PERCENT:
            return numbers.percent(number, language)
        case ValueFormat.RUPIAH:
            return numbers.rupiah(number, language)
        case ValueFormat.DURATION:
            return numbers.duration(number, language)
        case ValueFormat.INTEGER | ValueFormat.DECIMAL:
            return _with_unit(number, measure, language)


def _with_unit(number: Decimal, measure: Measure, language: Language) -> str:
    whole = measure.format is ValueFormat.INTEGER
    said = numbers.decimal(number, language, places=0 if whole else measure.decimals, fixed=not whole)
    unit = unit_in(measure.unit, language, abs(number))
    return f"{said}{unit}" if unit in {"%", "‰"} else f"{said} {unit}".rstrip()


def named_format(column: object) -> ValueFormat | None:
    """How numbers are written whose column says by its name what they are: `late_share` a fraction, `median_response_hours` hours."""
    endings = {"_share": ValueFormat.PERCENT, "_hours": ValueFormat.DURATION}
    return next((format_ for ending, format_ in endings.items() if str(column).endswith(ending)), None)


def format_of(evidence: Evidence, column: str | None) -> ValueFormat:
    """How the numbers of a column of a metric's evidence are written."""
    shares = isinstance(evidence.query, MetricQuery) and evidence.query.show is Show.SHARE
    if column == "change_ratio" or (shares and column in {"value", "previous", "change"}):
        return ValueFormat.PERCENT
    return evidence.measure.format if evidence.measure else ValueFormat.DECIMAL


def _direction(value: object, _: Placeholder, sources: Sources) -> str:
    number = numbers.number_of(value)
    down, same, up = _DIRECTIONS[sources.language]
    return up if number > 0 else down if number < 0 else same


def _year(value: object, _: Placeholder, __: Sources) -> str:
    return str(int(numbers.number_of(value)))


def _date(value: object, _: Placeholder, sources: Sources) -> str:
    return dates.written_date(dates.parsed(value, sources.city.zone), sources.language)


def _moment(value: object, _: Placeholder, sources: Sources) -> str:
    return dates.written_moment(dates.parsed(value, sources.city.zone), sources.language)


def _bucket(value: object, placeholder: Placeholder, sources: Sources) -> str:
    query = sources.of(placeholder).query
    if not isinstance(query, MetricQuery) or query.grain is None:
        raise PlaceholderError(f"Evidence {placeholder.label} is no series.")
    return dates.written_bucket(dates.parsed(value, sources.city.zone), query.grain, sources.language)


def _period(value: object, _: Placeholder, sources: Sources) -> str:
    if not isinstance(value, Period):
        raise PlaceholderError(f"{value!r} is no period.")
    return dates.written_period(value, sources.city.zone, sources.language)


def _text(value: object, _: Placeholder, __: Sources) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PlaceholderError("There is no text here.")
    return " ".join(_CONTROL.sub(" ", value).split())


def _quote(value: object, placeholder: Placeholder, sources: Sources) -> str:
    """In quotation marks; those within it become single ones, so that no quotation ends where its writer wants it to."""
    return f"“{_text(value, placeholder, sources).translate(_INNER_MARKS)}”"


def _names(value: object, _: Placeholder, sources: Sources) -> str:
    if not isinstance(value, Filter):
        raise PlaceholderError(f"{value!r} is no filter.")
    return names_of(value, sources)


def _place(value: object, _: Placeholder, sources: Sources) -> str:
    if not isinstance(value, str):
        raise PlaceholderError(f"{value!r} is no region.")
    return place_of(value, sources)


def _agencies(value: object, placeholder: Placeholder, sources: Sources) -> str:
    """The agencies that produce the evidence's datasets."""
    names = dict.fromkeys(reference.agency_name for reference in sources.of(placeholder).datasets)
    if not names or value is None:
        raise PlaceholderError(f"Evidence {placeholder.label} names no agency.")
    return joined(list(names), sources.language)


def _signed(write: Callable[[Decimal, Placeholder, Sources], str]) -> Format:
    def format_(value: object, placeholder: Placeholder, sources: Sources) -> str:
        number = numbers.number_of(value)
        sign = "+" if number > 0 else "−" if number < 0 else ""
        return sign + write(abs(number), placeholder, sources)

    return format_


def _size(write: Callable[[Decimal, Placeholder, Sources], str]) -> Format:
    return lambda value, placeholder, sources: write(abs(numbers.number_of(value)), placeholder, sources)


def _plain(write: Callable[[Decimal, Placeholder, Sources], str]) -> Format:
    return lambda value, placeholder, sources: write(numbers.number_of(value), placeholder, sources)


_NUMBERS = {
    "integer": _integer,
    "decimal": _decimal,
    "percent": _percent,
    "rupiah": _rupiah,
    "rupiah_exact": _rupiah_exact,
    "duration": _duration,
    "measure": _measure,
}

NUMERIC = frozenset(name + ending for name in _NUMBERS for ending in ("", "_signed", "_size"))
"""The formats that write a number."""

FORMATS: dict[str, Format] = {
    **{name: _plain(write) for name, write in _NUMBERS.items()},
    **{f"{name}_signed": _signed(write) for name, write in _NUMBERS.items()},
    **{f"{name}_size": _size(write) for name, write in _NUMBERS.items()},
    "year": _year,
    "direction": _direction,
    "date": _date,
    "moment": _moment,
    "bucket": _bucket,
    "period": _period,
    "text": _text,
    "quote": _quote,
    "names": _names,
    "place": _place,
    "agencies": _agencies,
}
"""By name. `_signed` writes the sign always, `_size` never; `measure` follows the metric's own format and unit."""
