"""Outlines of a city's regions: as imported, simplified together, districts made of their villages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shapely import union_all
from shapely.geometry import box, mapping
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import RegionLevel
from pesut.city.outlines import outlines_at
from pesut.database.tables import FOREVER, RegionRow

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
EARLIER = JUNE - timedelta(days=1)


@pytest.fixture
async def regions(engine: AsyncEngine) -> AsyncEngine:
    """Two districts; the first of two villages side by side, the second of one that has no outline."""
    villages = {"1.1": box(0, 0, 1, 1), "1.2": box(1, 0, 2, 1), "2.1": None}
    common: dict[str, Any] = {
        "recorded_at": JUNE,
        "superseded_at": FOREVER,
        "sample": False,
        "name": "x",
        "aliases": [],
    }
    rows: list[dict[str, Any]] = [
        {"code": code, "level": "district", "parent_code": "0", "polygon": None} for code in ("1", "2")
    ]
    rows += [
        {"code": code, "level": "village", "parent_code": code[0], "polygon": mapping(shape) if shape else None}
        for code, shape in villages.items()
    ]
    async with engine.begin() as connection:
        for row in rows:
            await connection.execute(insert(RegionRow).values(**common, **row))
    return engine


async def test_villages_have_what_was_imported(regions: AsyncEngine) -> None:
    found = await outlines_at(regions, RegionLevel.VILLAGE, JUNE)
    assert set(found) == {"1.1", "1.2"}
    assert found["1.1"].equals(box(0, 0, 1, 1))


async def test_districts_are_made_of_their_villages(regions: AsyncEngine) -> None:
    found = await outlines_at(regions, RegionLevel.DISTRICT, JUNE)
    assert set(found) == {"1"}
    assert found["1"].equals(box(0, 0, 2, 1))


async def test_nothing_is_known_before_it_was(regions: AsyncEngine) -> None:
    assert await outlines_at(regions, RegionLevel.VILLAGE, EARLIER) == {}


async def test_neighbours_still_meet(regions: AsyncEngine) -> None:
    found = await outlines_at(regions, RegionLevel.VILLAGE, JUNE)
    whole = union_all(list(found.values()))
    assert whole.area == pytest.approx(sum(each.area for each in found.values()))
    assert whole.geom_type == "Polygon", "no gap between them"


async def test_borders_drawn_a_little_apart_leave_no_holes(engine: AsyncEngine) -> None:
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1).difference(box(1, 0.4, 1.0002, 0.41))
    common: dict[str, Any] = {
        "recorded_at": JUNE,
        "superseded_at": FOREVER,
        "sample": False,
        "name": "x",
        "aliases": [],
    }
    async with engine.begin() as connection:
        for code, shape in (("1.1", left), ("1.2", right)):
            row = {"code": code, "level": "village", "parent_code": "1", "polygon": mapping(shape)}
            await connection.execute(insert(RegionRow).values(**common, **row))
    found = await outlines_at(engine, RegionLevel.DISTRICT, JUNE)
    assert found["1"].equals(box(0, 0, 2, 1))
