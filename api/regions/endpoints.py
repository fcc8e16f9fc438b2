"""The city's regions, and their polygons where they were imported."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select
from sqlmodel import col

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import Region
from pesut.database.moment import known_moment
from pesut.database.tables import RegionRow
from pesut.errors import NotFoundError

router = APIRouter(prefix="/v1/regions", tags=["regions"])


class RegionPage(BaseModel):
    region: Region
    polygon: dict[str, Any] | None


@router.get("", responses=problems())
async def list_regions(_: Asker, services: WithServices) -> list[Region]:
    """All regions that hold now, with codes, levels, parents, aliases and coordinates (WGS 84)."""
    gazetteer = await gazetteer_at(services.engine, await known_moment(services.engine))
    return list(gazetteer.regions)


@router.get("/{code}", responses=problems(NotFoundError))
async def show_region(code: str, _: Asker, services: WithServices) -> RegionPage:
    """One region with its polygon (GeoJSON geometry), null where none was imported."""
    moment = await known_moment(services.engine)
    region = (await gazetteer_at(services.engine, moment)).region(code)
    if region is None:
        raise NotFoundError(f"There is no region {code!r}.", remedy="GET /v1/regions lists them.")
    return RegionPage(region=region, polygon=await _polygon(services, code, moment))


async def _polygon(services: WithServices, code: str, moment: datetime) -> dict[str, Any] | None:
    query = select(col(RegionRow.polygon)).where(
        col(RegionRow.code) == code, col(RegionRow.recorded_at) <= moment, col(RegionRow.superseded_at) > moment
    )
    async with services.engine.connect() as connection:
        return (await connection.execute(query)).scalar_one_or_none()
