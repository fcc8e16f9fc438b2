"""A small city of its own, so that intake is tested on names that no code knows."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.contracts.base import LocalText
from pesut.database.tables import FOREVER, AgencyRow, DatasetRow, IndicatorRow, RegionRow

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
QUESTIONS = ("Berapa?", "Di mana?", "Kapan?")


@pytest.fixture(scope="session")
def town() -> City:
    """Seven hours ahead of UTC, unlike the sample city's eight."""
    return City(
        name="Batang", official_name=LocalText(id="Kota Batang"), head_title=LocalText(id="Wali Kota"), root="90.01",
        timezone="Asia/Jakarta", questions=QUESTIONS,
    )  # fmt: skip


@pytest.fixture
async def town_engine(engine: AsyncEngine) -> AsyncEngine:
    """A database that knows the town's regions, an agency, and two indicators."""
    version = {"recorded_at": LONG_AGO, "superseded_at": FOREVER, "sample": False, "provisional": False}
    regions: list[tuple[str, str, str, str | None, list[str]]] = [
        ("90.01", "city", "Kota Batang", None, []),
        ("90.01.01", "district", "Hulu", "90.01", ["Kec. Hulu"]),
        ("90.01.02", "district", "Muara", "90.01", []),
        ("90.01.01.1001", "village", "Rawa Indah", "90.01.01", ["Rw Indah"]),
        ("90.01.02.1001", "village", "Sukamaju", "90.01.02", []),
    ]
    async with engine.begin() as connection:
        for code, level, name, parent, aliases in regions:
            row = {"code": code, "level": level, "name": name, "parent_code": parent, "aliases": aliases, **version}
            await connection.execute(insert(RegionRow).values(row))
        await connection.execute(
            insert(AgencyRow).values(
                code="dlh", name="Dinas Lingkungan Hidup", short_name="DLH", aliases=["Dinas LH"], mandate="",
                categories=[], **version,
            )
        )  # fmt: skip
        dataset = {"title": "Sungai", "agency_code": "dlh", "staleness_seconds": 3600}
        for code, access in (("river", "internal"), ("cases", "restricted")):
            await connection.execute(insert(DatasetRow).values(code=code, access=access, **dataset))
        for code, dataset_code, unit in (("level", "river", "m"), ("open-cases", "cases", "kasus")):
            await connection.execute(
                insert(IndicatorRow).values(code=code, dataset_code=dataset_code, name=code, unit=unit)
            )
    return engine
