"""Charts and maps of what was looked up: Vega-Lite specifications whose data is an evidence, named by its label."""

from decimal import Decimal
from typing import Literal

from pydantic import JsonValue

from agents.presenting.wording import dimension_title, words
from pesut.city.models import City
from pesut.contracts import Chart, Dimension, Evidence, Grain, Language, Measure, MetricQuery, RegionMap, ValueFormat
from pesut.placeholders.units import unit_in

Kind = Literal["line", "bar", "grouped_bar", "area", "table"]
Spec = dict[str, JsonValue]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
MOST_BARS, MOST_LINES = 20, 8
_UNITS = {
    Grain.HOUR: "yearmonthdatehours",
    Grain.DAY: "yearmonthdate",
    Grain.WEEK: "yearmonthdate",
    Grain.MONTH: "yearmonth",
    Grain.QUARTER: "yearquarter",
    Grain.YEAR: "year",
}
_TICKS = {Grain.HOUR: "%e %b %H.%M", Grain.DAY: "%e %b", Grain.WEEK: "%e %b", Grain.MONTH: "%b %Y", Grain.YEAR: "%Y"}


def chart(evidence: Evidence, city: City, language: Language) -> Chart | None:
    """The chart that fits the shape of the rows; None where there is nothing to compare."""
    query, measure = evidence.query, evidence.measure
    if not isinstance(query, MetricQuery) or measure is None or evidence.row_count < 2:
        return None
    kind = _kind(query, evidence.row_count)
    spec = _spec(kind, query, measure, city, language)
    title = _title(query, measure, city, language)
    return Chart(title=title, evidence=evidence.label, kind=kind, spec={} if spec is None else _framed(evidence, spec))


def region_map(evidence: Evidence, city: City, language: Language) -> RegionMap | None:
    """A map of the values by district or village, when that is how the rows are split."""
    query, measure = evidence.query, evidence.measure
    if not isinstance(query, MetricQuery) or measure is None or query.grain or len(query.group_by) != 1:
        return None
    title = _title(query, measure, city, language)
    match query.group_by[0]:
        case Dimension.DISTRICT:
            return RegionMap(title=title, evidence=evidence.label, level="district")
        case Dimension.VILLAGE:
            return RegionMap(title=title, evidence=evidence.label, level="village")
        case _:
            return None


def _kind(query: MetricQuery, rows: int) -> Kind:
    if query.grain:
        return "line" if len(query.group_by) <= 1 else "table"
    if rows > MOST_BARS or len(query.group_by) > 2:
        return "table"
    return "grouped_bar" if query.comparison or len(query.group_by) == 2 else "bar"


def _spec(kind: Kind, query: MetricQuery, measure: Measure, city: City, language: Language) -> Spec | None:
    match kind:
        case "line" | "area":
            return _line(query, measure, city, language)
        case "bar":
            return _bar(query, measure, city, language)
        case "grouped_bar":
            return (
                _compared(query, measure, city, language)
                if query.comparison
                else _grouped(query, measure, city, language)
            )
        case "table":
            return None


def _line(query: MetricQuery, measure: Measure, city: City, language: Language) -> Spec:
    assert query.grain is not None
    axis: Spec = {"format": _TICKS[query.grain]} if query.grain in _TICKS else {}
    zero: Spec = {"scale": {"zero": measure.format is ValueFormat.INTEGER}}  # a level has no meaningful 0, a count has
    encoding: Spec = {
        "x": {"field": "period", "type": "temporal", "timeUnit": _UNITS[query.grain], "title": None, "axis": axis},
        "y": _value(measure, language) | zero,
        "tooltip": [{"field": "period", "type": "temporal"}, {"field": "value", "type": "quantitative"}],
    }
    if query.group_by:
        encoding["color"] = _named(query.group_by[0], city, language)
    return {"mark": {"type": "line", "point": True}, "encoding": encoding}


def _bar(query: MetricQuery, measure: Measure, city: City, language: Language) -> Spec:
    length = _value(measure, language)
    amount: Spec = {"field": "value", "type": "quantitative"} | _written(measure)
    return {
        "encoding": {"y": _row(query.group_by[0], city, language), "x": length},
        "layer": [
            {"mark": {"type": "bar"}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": amount}},
        ],
    }


def _grouped(query: MetricQuery, measure: Measure, city: City, language: Language) -> Spec:
    first, second = query.group_by
    return {
        "mark": {"type": "bar"},
        "encoding": {
            "y": _row(first, city, language),
            "yOffset": {"field": f"{second.value}_name"},
            "x": _value(measure, language),
            "color": _named(second, city, language),
        },
    }


def _compared(query: MetricQuery, measure: Measure, city: City, language: Language) -> Spec:
    """Now and then side by side: the columns `value` and `previous` folded into one."""
    now, then = words("now", language), words("before", language)
    label = f"datum.key == 'value' ? '{now}' : '{then}'"
    order: list[JsonValue] = [now, then]
    by: Spec = _row(query.group_by[0], city, language) if query.group_by else {"value": 0}
    return {
        "transform": [{"fold": ["value", "previous"], "as": ["key", "amount"]}, {"calculate": label, "as": "which"}],
        "mark": {"type": "bar"},
        "encoding": {
            "y": by,
            "yOffset": {"field": "which", "sort": order},
            "x": _value(measure, language) | {"field": "amount"},
            "color": {"field": "which", "type": "nominal", "title": None, "sort": order},
        },
    }


def _value(measure: Measure, language: Language) -> Spec:
    title = unit_in(measure.unit, language, Decimal()) or measure.name(language)
    axis: Spec = {"format": ".0%"} if measure.format is ValueFormat.PERCENT else {}
    return {"field": "value", "type": "quantitative", "title": title, "axis": axis}


def _written(measure: Measure) -> Spec:
    """How a value is written beside its mark (a format of d3)."""
    match measure.format:
        case ValueFormat.PERCENT:
            return {"format": f".{measure.decimals}%"}
        case ValueFormat.INTEGER | ValueFormat.RUPIAH:
            return {"format": ",.0f"}
        case ValueFormat.DECIMAL | ValueFormat.DURATION:
            return {"format": f",.{measure.decimals}f"}


def _named(dimension: Dimension, city: City, language: Language) -> Spec:
    return {"field": f"{dimension.value}_name", "type": "nominal", "title": dimension_title(dimension, city, language)}


def _row(dimension: Dimension, city: City, language: Language) -> Spec:
    """What tells the bars apart; the chart's title says it already, and the rows have their order."""
    return _named(dimension, city, language) | {"sort": None, "title": None}


def _title(query: MetricQuery, measure: Measure, city: City, language: Language) -> str:
    name = measure.name(language)
    by = [dimension_title(dimension, city, language).lower() for dimension in query.group_by]
    if query.grain:
        by.append(words(query.grain.value, language))
    return f"{name} {words('by', language)} {words('and', language).join(by)}" if by else name


def _framed(evidence: Evidence, spec: Spec) -> Spec:
    data: Spec = {"name": evidence.label}
    return {"$schema": SCHEMA, "data": data, "width": "container", **spec}
