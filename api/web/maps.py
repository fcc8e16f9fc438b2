"""A map of values by region, with its legend and its table: the same for an answer and for the page of maps."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import RegionLevel
from pesut.city.outlines import outlines_at
from pesut.contracts import Evidence, Language, RegionMap, Row, ValueFormat
from pesut.drawing.maps import Place, Shade, draw_map, shades_of
from pesut.drawing.wording import Wording
from pesut.placeholders.formats import format_of, named_format, written
from pesut.placeholders.numbers import percent
from pesut.placeholders.units import unit_in

Lead = Callable[[Row, int], str]
"""Where a tap on a region leads, from its row and the row's number (from 1)."""


@dataclass(frozen=True)
class Key:
    """A class of the legend, in the words of the values."""

    number: int
    said: str


@dataclass(frozen=True)
class MapView:
    """`drawing` is None where nothing has an outline or a point; `places` are in the order of the rows, for the table."""

    title: str
    language: Language
    evidence: Evidence
    drawing: Markup | None
    keys: tuple[Key, ...]
    places: tuple[Place, ...]


async def map_view(engine: AsyncEngine, spec: RegionMap, evidence: Evidence, wording: Wording, lead: Lead) -> MapView:
    """The map of an evidence, with the regions as they were known at its moment."""
    outlines = await outlines_at(engine, RegionLevel(spec.level), evidence.as_of)
    points = await _points(engine, evidence.as_of)
    rows = [(row, number) for number, row in enumerate(evidence.result, start=1) if row.get(spec.level)]
    places = [
        Place(
            name=str(row.get(f"{spec.level}_name") or row[spec.level]),
            value=_number(row, spec.column),
            said=said(row, spec.column, evidence, wording),
            href=lead(row, number),
            outline=outlines.get(str(row[spec.level])),
            point=points.get(str(row[spec.level])),
        )
        for row, number in rows
    ]
    return await drawn_map(spec.title, spec.column, evidence, places, wording)


async def drawn_map(
    title: str, column: str, evidence: Evidence, places: Sequence[Place], wording: Wording, around: Sequence[Place] = ()
) -> MapView:
    """The map of places whose values stand in the evidence's column; `around` is drawn below them, without values."""
    shades = shades_of([place.value for place in places if place.value is not None])
    drawn = await asyncio.to_thread(draw_map, [*around, *places], shades)
    shaded = any(place.outline is not None for place in places)
    return MapView(
        title=title,
        language=wording.language,
        evidence=evidence,
        drawing=Markup(drawn) if drawn else None,  # noqa: S704  (drawn from escaped values)
        keys=tuple(_key(each, column, evidence, wording) for each in shades) if shaded else (),
        places=tuple(places),
    )


def said(row: Row, column: str, evidence: Evidence, wording: Wording) -> str:
    """The row's number as people read it."""
    value = _number(row, column)
    return wording.say("tidak ada data") if value is None else _written(value, column, evidence, wording)


async def _points(engine: AsyncEngine, as_of: datetime) -> dict[str, tuple[float, float]]:
    regions = (await gazetteer_at(engine, as_of)).regions
    return {
        each.code: (each.longitude, each.latitude)
        for each in regions
        if each.longitude is not None and each.latitude is not None
    }


def _number(row: Row, column: str) -> float | None:
    value = row.get(column)
    return float(value) if isinstance(value, int | float) else None


def _key(shade: Shade, column: str, evidence: Evidence, wording: Wording) -> Key:
    low, high = (_written(each, column, evidence, wording) for each in (shade.low, shade.high))
    unit = unit_in(evidence.measure.unit, wording.language, Decimal()) if evidence.measure else ""
    return Key(shade.number, low if low == high else f"{low.removesuffix(unit).rstrip()} – {high}")


def _written(value: float, column: str, evidence: Evidence, wording: Wording) -> str:
    if evidence.measure is None:
        share = named_format(column) is ValueFormat.PERCENT
        return percent(Decimal(str(value)), wording.language) if share else wording.amount(value)
    return written(Decimal(str(value)), evidence.measure, wording.language, format_of(evidence, column))
