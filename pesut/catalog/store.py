"""The catalogs that were in force, by version and by moment."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.catalog.models import Catalog
from pesut.database.tables import CatalogVersionRow
from pesut.errors import UnavailableError

_parsed: dict[str, Catalog] = {}  # versions never change, and a process meets few


async def current_catalog(engine: AsyncEngine, as_of: datetime | None = None) -> tuple[str, Catalog]:
    """Version and content of the catalog in force at `as_of` (aware; None: now). Raises UnavailableError when no city was
    loaded by then.
    """
    query = select(col(CatalogVersionRow.digest)).order_by(col(CatalogVersionRow.recorded_at).desc()).limit(1)
    if as_of is not None:
        query = query.where(col(CatalogVersionRow.recorded_at) <= as_of)
    async with engine.connect() as connection:
        version = (await connection.execute(query)).scalar_one_or_none()
    if version is None:
        raise _nothing_loaded()
    return version, await catalog_of(engine, version)


async def in_force_since(engine: AsyncEngine) -> datetime:
    """When (UTC) the catalog in force came. Raises UnavailableError when no city was loaded."""
    async with engine.connect() as connection:
        moment = (await connection.execute(select(func.max(col(CatalogVersionRow.recorded_at))))).scalar_one_or_none()
    if moment is None:
        raise _nothing_loaded()
    return moment


async def catalog_of(engine: AsyncEngine, version: str) -> Catalog:
    """The catalog with this version; parsed once per process."""
    known = _parsed.get(version)
    if known is None:
        query = select(col(CatalogVersionRow.body)).where(col(CatalogVersionRow.digest) == version).limit(1)
        async with engine.connect() as connection:
            known = Catalog.model_validate((await connection.execute(query)).scalar_one())
        _parsed[version] = known
    return known


def _nothing_loaded() -> UnavailableError:
    return UnavailableError("No city was loaded yet.", remedy="Run `pesut up`, or `pesut prepare` against a server.")
