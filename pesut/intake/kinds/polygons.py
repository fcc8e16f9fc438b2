"""Which village or district a point lies in."""

from typing import Any, cast

import shapely
from shapely.geometry import shape
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.database.tables import FOREVER, RegionRow


class Polygons:
    """The polygons that hold now, the deepest regions first."""

    def __init__(self, polygons: list[tuple[str, dict[str, Any]]]) -> None:
        self._codes = [code for code, _ in polygons]
        self._shapes = [shape(polygon) for _, polygon in polygons]
        self._tree = shapely.STRtree(self._shapes)

    @classmethod
    async def read(cls, connection: AsyncConnection) -> "Polygons":
        query = (
            select(col(RegionRow.code), col(RegionRow.polygon))
            .where(col(RegionRow.superseded_at) == FOREVER, col(RegionRow.polygon).is_not(None))
            .order_by(func.length(col(RegionRow.code)).desc(), col(RegionRow.code))
        )
        rows = (await connection.execute(query)).all()
        return cls([(row[0], cast("dict[str, Any]", row[1])) for row in rows])

    def at(self, latitude: float, longitude: float) -> str | None:
        """The code of the deepest region around a point (degrees), None outside all of them."""
        point = shapely.Point(longitude, latitude)
        around = sorted(int(index) for index in self._tree.query(point, predicate="intersects"))
        return self._codes[around[0]] if around else None

    def leave_out(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies outside all of them; nothing does where none are known."""
        return bool(self._shapes) and self.at(latitude, longitude) is None
