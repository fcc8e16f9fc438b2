"""Tiles as the first page shows them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from babel.dates import format_date
from markupsafe import Markup

from api.web.words import OPERATORS, SPANS
from pesut.catalog.models import Threshold
from pesut.contracts import Evidence, Measure, MetricQuery
from pesut.drawing.trends import draw_trend
from pesut.drawing.wording import Wording
from pesut.placeholders.dates import written_time
from pesut.placeholders.formats import written
from pesut.placeholders.numbers import LOCALES
from pesut.placeholders.units import unit_in
from tools.tiles import Reading

UNBROKEN = "\u00a0"  # a space at which no line ends


@dataclass(frozen=True)
class TileView:
    """Texts of a tile in the reader's language. `state` is calm, alert or silent, and `note` says why."""

    code: str
    title: str
    value: str
    state: str
    note: str
    when: str
    agency: str
    trend: Markup | None
    span: str


def tile_view(reading: Reading, wording: Wording) -> TileView:
    threshold = reading.crossed
    return TileView(
        code=reading.tile.code,
        title=title_of(reading, wording),
        value=_value(reading.number, reading.value.measure, wording),
        state="silent" if reading.silent else "alert" if threshold else "calm",
        note=_note(reading, threshold, wording),
        when=_when(reading.newest, reading.value.as_of, wording),
        agency=", ".join(reading.agencies),
        trend=_trend(reading),
        span=_span(reading.trend, wording),
    )


def title_of(reading: Reading, wording: Wording) -> str:
    return (reading.tile.title or reading.metric.name).in_(wording.language)


def _value(number: float | None, measure: Measure | None, wording: Wording) -> str:
    return "–" if number is None or measure is None else written(Decimal(str(number)), measure, wording.language)


def _note(reading: Reading, threshold: Threshold | None, wording: Wording) -> str:
    if reading.newest is None:
        return wording.say("Belum ada data")
    if reading.silent:
        return wording.say("Sumber diam melewati batas kesegarannya")
    if threshold is None:
        return ""
    limit = _value(threshold.value, reading.value.measure, wording)
    return f"{threshold.name.in_(wording.language)} {OPERATORS[threshold.operator]} {limit}"


def _when(moment: datetime | None, now: datetime, wording: Wording) -> str:
    """The clock alone for today, else with its day."""
    if moment is None:
        return ""
    there = moment.astimezone(wording.zone)
    clock = written_time(there, wording.language)
    if there.date() == now.astimezone(wording.zone).date():
        return clock
    return f"{format_date(there, 'd MMM', locale=LOCALES[wording.language])} {clock}"


def _trend(reading: Reading) -> Markup | None:
    threshold = reading.crossed or next((each for each in reading.metric.thresholds if not each.items), None)
    drawn = draw_trend(_line(reading.trend), threshold.value if threshold else None)
    return Markup(drawn) if drawn else None  # noqa: S704  (drawn from numbers)


def _line(trend: Evidence) -> list[float | None]:
    values = [row.get("value") for row in trend.result]
    return [value if isinstance(value, int | float) else None for value in values]


def _span(trend: Evidence, wording: Wording) -> str:
    """What the line reaches over, in words: "48 jam terakhir: 7,05 – 7,31 m"."""
    known = [value for value in _line(trend) if value is not None]
    if not known or not isinstance(trend.query, MetricQuery) or trend.query.grain is None:
        return ""
    over = wording.say(SPANS[trend.query.grain]) % {"count": len(trend.result)}
    lowest, highest = (_value(value, trend.measure, wording) for value in (min(known), max(known)))
    unit = unit_in(trend.measure.unit, wording.language, Decimal()) if trend.measure else ""
    return f"{over}: " + f"{lowest.removesuffix(unit).rstrip()} – {highest}".replace(" ", UNBROKEN)
