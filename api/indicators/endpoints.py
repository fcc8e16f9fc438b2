"""Latest indicators: the newest value of each series, with where it comes from."""

from datetime import UTC
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.database.moment import known_moment
from tools.indicators import LatestValue, latest_values

router = APIRouter(prefix="/v1/indicators", tags=["indicators"])
Codes = Annotated[list[str] | None, Query(max_length=50)]


@router.get("/latest", responses=problems())
async def show_latest(
    asker: Asker,
    services: WithServices,
    indicator: Codes = None,
    region: Codes = None,
    as_of: AwareDatetime | None = None,
) -> list[LatestValue]:
    """Newest values by indicator, region and item, as known now or at `as_of` (with offset)."""
    moment = await known_moment(services.engine)
    if as_of is not None:
        moment = min(moment, as_of.astimezone(UTC))
    return await latest_values(services.engine, asker.scope, moment, indicators=indicator or (), regions=region or ())
