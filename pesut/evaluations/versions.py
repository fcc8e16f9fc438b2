"""Of what an evaluation run speaks: the code, the catalog and the data."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut import __version__
from pesut.catalog.store import current_catalog
from pesut.database.tables import (
    AgencyRow,
    BudgetLineRow,
    BudgetRealisationRow,
    DocumentRow,
    ObservationRow,
    RegionRow,
    ReportStateRow,
)
from pesut.evaluations.contracts import Versions

ROOMS = ("pesut", "tools", "agents", "workflows", "evals")
SOURCES = {".py", ".yml", ".txt", ".sql"}
_DATA = (AgencyRow, BudgetLineRow, BudgetRealisationRow, DocumentRow, ObservationRow, RegionRow, ReportStateRow)


@cache
def code_version() -> str:
    """The package's version and a digest of the sources that answers come from ("0.1.0+5f0c…"), so that a change shows."""
    place, digest = Path(__file__).parents[2], sha256()
    for path in sorted(path for room in ROOMS for path in (place / room).rglob("*") if path.suffix in SOURCES):
        digest.update(path.relative_to(place).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


async def versions_now(engine: AsyncEngine) -> Versions:
    """Raises UnavailableError where no city was loaded."""
    catalog_version, _ = await current_catalog(engine)
    return Versions(
        catalog_version=catalog_version, code_version=code_version(), data_digest=await _data_digest(engine)
    )


async def _data_digest(engine: AsyncEngine) -> str:
    """SHA-256 of how many versions each table of the city's data holds, and when the last one was recorded."""
    counts = (select(literal(each.__name__), func.count(), func.max(col(each.recorded_at))) for each in _DATA)
    async with engine.connect() as connection:
        found = (await connection.execute(union_all(*counts))).all()
    return sha256(repr(sorted(map(str, found))).encode()).hexdigest()
