"""What every tool needs to know: where the data is, who asks, and as of when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.models import Catalog
from pesut.city.models import City, Gazetteer
from pesut.contracts import Scope
from pesut.search.spaces import Spaces


@dataclass(frozen=True)
class ToolContext:
    """One run's view of the city. `as_of` (UTC) comes from `pesut.database.moment.known_moment` or the asker."""

    engine: AsyncEngine
    city: City
    catalog: Catalog
    catalog_version: str
    gazetteer: Gazetteer
    scope: Scope
    as_of: datetime
    run_id: UUID
    spaces: Spaces | None = None  # without them, search goes by words alone
    statement_limit: timedelta = field(default=timedelta(seconds=10))
