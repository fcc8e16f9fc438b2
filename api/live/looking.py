"""A reader's view of the city outside any question."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.city.models import City
from pesut.contracts import Scope, new_id
from tools.context import ToolContext


async def looking(engine: AsyncEngine, city: City, scope: Scope, as_of: datetime) -> ToolContext:
    """Raises UnavailableError where no city was loaded."""
    version, catalog = await current_catalog(engine, as_of)
    return ToolContext(
        engine=engine,
        city=city,
        catalog=catalog,
        catalog_version=version,
        gazetteer=await gazetteer_at(engine, as_of),
        scope=scope,
        as_of=as_of,
        run_id=new_id(),
    )
