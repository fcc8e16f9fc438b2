"""The city's regions and agencies as they were known at a moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import Agency, Gazetteer, Region
from pesut.database.tables import AgencyRow, RegionRow

MOST_KEPT = 16
_known: dict[tuple[str, datetime | None], Gazetteer] = {}  # a past moment's gazetteer never changes


async def gazetteer_at(engine: AsyncEngine, as_of: datetime) -> Gazetteer:
    """Regions and agencies by code, as known at `as_of` (aware); read again only when one of them changed since."""
    async with engine.connect() as connection:
        version = (str(engine.url), await _newest(connection, as_of))
        if version not in _known:
            while len(_known) >= MOST_KEPT:
                del _known[next(iter(_known))]
            _known[version] = await _read(connection, as_of)
        return _known[version]


async def _newest(connection: AsyncConnection, as_of: datetime) -> datetime | None:
    """When what is visible at `as_of` last changed."""
    moments = [
        select(func.max(moment)).where(moment <= as_of).scalar_subquery()
        for table in (RegionRow, AgencyRow)
        for moment in (col(table.recorded_at), col(table.superseded_at))
    ]
    moment: datetime | None = (await connection.execute(select(func.greatest(*moments)))).scalar_one()
    return moment


async def _read(connection: AsyncConnection, as_of: datetime) -> Gazetteer:
    regions = _visible(RegionRow, [name for name in Region.model_fields if name != "parent"] + ["parent_code"], as_of)
    found = [dict(row) for row in (await connection.execute(regions)).mappings()]
    agencies = (await connection.execute(_visible(AgencyRow, list(Agency.model_fields), as_of))).mappings()
    return Gazetteer(
        regions=tuple(Region.model_validate(row | {"parent": row.pop("parent_code")}) for row in found),
        agencies=tuple(Agency.model_validate(dict(row)) for row in agencies),
    )


def _visible(table: type[RegionRow | AgencyRow], columns: list[str], as_of: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(*[col(getattr(table, name)) for name in columns])
        .where(col(table.recorded_at) <= as_of, col(table.superseded_at) > as_of)
        .order_by(col(table.code))
    )
