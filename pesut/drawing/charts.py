"""Vega-Lite specifications drawn as SVG, on the server, so that a chart needs no script and prints as it is seen."""

from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import orjson
from babel import Locale
from pydantic import JsonValue
from vl_convert import vegalite_to_svg

from pesut.contracts import Chart, Evidence, Language, Row
from pesut.placeholders.numbers import LOCALES

VEGA_LITE = "6.4"
SHADES = 6  # of `--series-1` and so on, which the page defines
LINE_HEIGHT, BAR_STEP = 220, 24  # pixels
WIDE = 500
KEPT = 256  # drawings, of about 15 kB

Spec = dict[str, JsonValue]
_QUIET: dict[str, Any] = {
    "labelColor": "var(--quiet)", "titleColor": "var(--quiet)", "labelFontSize": 12, "titleFontSize": 12,
    "titleFontWeight": "normal", "gridColor": "var(--line)", "domainColor": "var(--line)", "tickColor": "var(--line)",
    "labelLimit": 150,
}  # fmt: skip
_CONFIG: dict[str, Any] = {
    "aria": False,  # the page names the chart and gives its table
    "background": None,
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": _QUIET,
    "axisQuantitative": {"tickCount": 5},
    "axisTemporal": {"labelFlush": False, "labelSeparation": 8},
    "axisY": {"titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -10},
    "axisBand": {"grid": False, "ticks": False},
    "legend": _QUIET | {"orient": "top", "offset": 24, "symbolType": "square", "columnPadding": 16, "labelLimit": 260},
    "bar": {"color": "var(--series-1)", "cornerRadiusEnd": 2},
    "line": {"color": "var(--series-1)", "strokeWidth": 2},
    "point": {"color": "var(--series-1)", "size": 24, "filled": True},
    "text": {"color": "var(--text)", "fontSize": 12},
    "range": {"category": [f"var(--series-{number})" for number in range(1, SHADES + 1)]},
}


def draw_chart(chart: Chart, evidence: Evidence, zone: ZoneInfo, language: Language, width: int) -> str | None:
    """The chart as an SVG element, `width` pixels wide; None for one that is shown as a table.

    Times are told in `zone`. Colours are CSS variables: --text, --quiet, --line, --series-1 to --series-6.
    """
    if not chart.spec:
        return None
    rows = [_local(row, zone) for row in evidence.result]
    size: Spec = {
        "width": width,
        "height": LINE_HEIGHT if chart.kind in {"line", "area"} else {"step": BAR_STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {"legend": {"columns": 1 if width < WIDE else 3}},
    }
    spec = _in_utc(chart.spec) | {"data": {"values": cast("JsonValue", rows)}} | size
    return _draw(orjson.dumps(spec), language)


@lru_cache(KEPT)
def _draw(spec: bytes, language: Language) -> str:
    return vegalite_to_svg(
        spec.decode(),
        VEGA_LITE,
        config=_CONFIG,
        allowed_base_urls=[],
        format_locale=cast("Any", _numbers(language)),
        time_format_locale=cast("Any", _times(language)),
    )


def _local(row: Row, zone: ZoneInfo) -> Row:
    """With the city's clock written as if it were UTC, since the drawing knows no other zones."""
    period = row.get("period")
    if not isinstance(period, str) or len(period) <= len("2026-01-31"):
        return row
    there = datetime.fromisoformat(period).astimezone(zone).replace(tzinfo=None)
    return row | {"period": f"{there.isoformat()}Z"}


def _in_utc(spec: Spec) -> Spec:
    """With every time unit reckoned in UTC, whatever the zone of the machine is."""

    def changed(value: JsonValue, key: str = "") -> JsonValue:
        match value:
            case dict():
                return {name: changed(each, name) for name, each in value.items()}
            case list():
                return [changed(each) for each in value]
            case str() if key == "timeUnit":
                return f"utc{value}"
            case _:
                return value

    return cast("Spec", changed(spec))


@lru_cache
def _numbers(language: Language) -> dict[str, Any]:
    symbols = Locale.parse(LOCALES[language]).number_symbols["latn"]
    return {
        "decimal": symbols["decimal"], "thousands": symbols["group"], "grouping": [3], "currency": ["Rp", ""],
    }  # fmt: skip


@lru_cache
def _times(language: Language) -> dict[str, Any]:
    """Names of months and days; Babel's weeks begin on Monday, those of the drawing on Sunday."""
    locale = Locale.parse(LOCALES[language])
    days, months = locale.days["format"], locale.months["format"]
    return {
        "dateTime": "%A, %e %B %Y %H.%M", "date": "%e %B %Y", "time": "%H.%M", "periods": ["AM", "PM"],
        "days": [days["wide"][day] for day in (6, *range(6))],
        "shortDays": [days["abbreviated"][day] for day in (6, *range(6))],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }  # fmt: skip
