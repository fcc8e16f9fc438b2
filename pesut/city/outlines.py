"""Outlines of regions, as maps show them: polygons where they were imported, simplified so that neighbours still meet."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.city.models import RegionLevel
from pesut.database.tables import RegionRow

TOLERANCE = 0.0004  # degrees, about 45 m: less than a pixel of a city on a page
GAP = 25 * TOLERANCE**2  # square degrees, about five hectares
MOST_KEPT = 8

Outlines = Mapping[str, BaseGeometry]
_known: dict[tuple[str, RegionLevel, datetime | None], Outlines] = {}


async def outlines_at(engine: AsyncEngine, level: RegionLevel, as_of: datetime) -> Outlines:
    """By code, those of the level that have one at `as_of` (aware), in degrees. Where no district has its own, districts are made
    of their villages. Read again only when a region changed since.
    """
    key = (str(engine.url), level, await _newest(engine, as_of))
    if key not in _known:
        found = await _read(engine, level, as_of)
        while len(_known) >= MOST_KEPT:
            del _known[next(iter(_known))]
        _known[key] = await asyncio.to_thread(_simplified, found)
    return _known[key]


async def _newest(engine: AsyncEngine, as_of: datetime) -> datetime | None:
    moments = [
        select(func.max(moment)).where(moment <= as_of).scalar_subquery()
        for moment in (col(RegionRow.recorded_at), col(RegionRow.superseded_at))
    ]
    async with engine.connect() as connection:
        moment: datetime | None = (await connection.execute(select(func.greatest(*moments)))).scalar_one()
        return moment


async def _read(engine: AsyncEngine, level: RegionLevel, as_of: datetime) -> dict[str, list[dict[str, Any]]]:
    """Polygons by the code of the region that they make up."""
    async with engine.connect() as connection:
        own = (await connection.execute(_polygons(level, RegionRow.code, as_of))).all()
        if not own and level is RegionLevel.DISTRICT:
            own = (await connection.execute(_polygons(RegionLevel.VILLAGE, RegionRow.parent_code, as_of))).all()
    found: dict[str, list[dict[str, Any]]] = {}
    for code, polygon in own:
        found.setdefault(code, []).append(polygon)
    return found


def _polygons(level: RegionLevel, code: str | None, as_of: datetime) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [col(code), col(RegionRow.polygon)]
    return (
        select(*columns)
        .where(col(RegionRow.recorded_at) <= as_of, col(RegionRow.superseded_at) > as_of)
        .where(col(RegionRow.level) == level.value, col(RegionRow.polygon).is_not(None), col(code).is_not(None))
        .order_by(col(RegionRow.code))
    )


def _simplified(found: Mapping[str, list[dict[str, Any]]]) -> Outlines:
    codes = list(found)
    if not codes:
        return {}
    whole = [_joined([shape(each) for each in found[code]]) for code in codes]
    simple: list[Any] = list(shapely.coverage_simplify(whole, TOLERANCE))  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return dict(zip(codes, simple, strict=True))


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    """One outline, without the gaps that borders drawn a little apart leave between the parts."""
    if len(parts) == 1:
        return parts[0]
    whole: Any = shapely.union_all(parts)  # pyright: ignore[reportUnknownMemberType]
    closed = [
        Polygon(each.exterior, [ring for ring in each.interiors if Polygon(ring).area > GAP])
        for each in getattr(whole, "geoms", (whole,))
    ]
    return closed[0] if len(closed) == 1 else MultiPolygon(closed)
