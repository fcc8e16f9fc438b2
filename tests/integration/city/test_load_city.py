"""A city's folder comes into the database in versions: what did not change keeps its row, and what was known stays known."""

import asyncio
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.catalog.loader import catalog_version, load_catalog
from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.city.load import load_city
from pesut.database.moment import known_moment, writing
from pesut.database.tables import (
    FOREVER,
    AgencyRow,
    DatasetRow,
    DocumentRow,
    IndicatorRow,
    PassageRow,
    RegionRow,
    SeriesRow,
)
from pesut.errors import CatalogError, ConflictError
from pesut.settings import SAMARINDA

HIGHLAND = Path(__file__).parents[2] / "cities" / "lembah_halimun"
VERSIONED = ("region", "agency", "document", "passage", "catalog_version")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the highland city that a test may change."""
    return shutil.copytree(HIGHLAND, tmp_path / "city")


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


async def counts(engine: AsyncEngine) -> dict[str, int]:
    async with engine.connect() as connection:
        return {
            name: (await connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar_one() for name in VERSIONED
        }


async def rows(engine: AsyncEngine, table: Any, code: str) -> list[Any]:
    """All versions of a row, oldest first."""
    async with engine.connect() as connection:
        query = select(table).where(table.code == code).order_by(table.recorded_at)
        return list((await connection.execute(query)).mappings())


async def test_a_city_becomes_known(engine: AsyncEngine) -> None:
    await load_city(engine, HIGHLAND)
    gazetteer = await gazetteer_at(engine, await known_moment(engine))
    kawah = gazetteer.region("91.07.02.2001")
    assert kawah is not None
    assert (kawah.name, kawah.parent, kawah.aliases) == ("Kawah", "91.07.02", ("desa kawah", "alun-alun kawah"))
    tani = gazetteer.agency("dinas_tani")
    assert tani is not None
    assert tani.categories == ("hama", "pupuk", "irigasi", "ternak")
    version, catalog = await current_catalog(engine)
    assert version == catalog_version(load_catalog(HIGHLAND / "catalog"))
    assert catalog.metric("suhu_terendah") is not None
    async with engine.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(DatasetRow))).scalar_one() == 7
        assert (await connection.execute(select(func.count()).select_from(IndicatorRow))).scalar_one() == 6
        found = select(col(PassageRow.document_code)).where(text("search @@ to_tsquery('indonesian', 'talud')"))
        assert (await connection.execute(found)).scalars().all() == ["kep-talud-2023"]


async def test_loading_again_changes_nothing(engine: AsyncEngine) -> None:
    await load_city(engine, HIGHLAND)
    before = await counts(engine)
    await load_city(engine, HIGHLAND)
    assert await counts(engine) == before


async def test_two_loads_at_once_load_once(engine: AsyncEngine) -> None:
    await asyncio.gather(*(load_city(engine, HIGHLAND) for _ in range(3)))
    assert await counts(engine) == {"region": 17, "agency": 3, "document": 2, "passage": 4, "catalog_version": 1}


async def test_only_what_changed_is_superseded(engine: AsyncEngine, folder: Path) -> None:
    await load_city(engine, folder)
    before = await known_moment(engine)
    replace(folder / "aliases.yml", "[pasar garung]", "[pasar garung, garung lama]")
    await load_city(engine, folder)
    assert await counts(engine) == {"region": 18, "agency": 3, "document": 2, "passage": 4, "catalog_version": 1}
    old, new = await rows(engine, RegionRow, "91.07.04.2001")
    assert old["superseded_at"] == new["recorded_at"]
    assert new["superseded_at"] == FOREVER
    then = (await gazetteer_at(engine, before)).region("91.07.04.2001")
    now = (await gazetteer_at(engine, await known_moment(engine))).region("91.07.04.2001")
    assert then is not None
    assert now is not None
    assert (then.aliases, now.aliases) == (("pasar garung",), ("pasar garung", "garung lama"))


async def test_a_region_that_changes_keeps_its_polygon(engine: AsyncEngine, folder: Path) -> None:
    await load_city(engine, folder)
    polygon: dict[str, Any] = {"type": "Polygon", "coordinates": []}
    async with writing(engine) as (connection, _):
        await connection.execute(
            text("UPDATE region SET polygon = CAST(:polygon AS jsonb) WHERE code = '91.07.04.2001'"),
            {"polygon": '{"type": "Polygon", "coordinates": []}'},
        )
    replace(folder / "regions.csv", "village,Garung,", "village,Garung Wetan,")
    await load_city(engine, folder)
    *_, row = await rows(engine, RegionRow, "91.07.04.2001")
    assert (row["name"], row["polygon"]) == ("Garung Wetan", polygon)


async def test_what_the_folder_lets_go_no_longer_holds_and_what_was_imported_stays(
    engine: AsyncEngine, folder: Path
) -> None:
    await load_city(engine, folder)
    async with writing(engine) as (connection, recorded_at):
        imported: dict[str, Any] = {"code": "dinas_baru", "name": "Dinas Baru", "aliases": [], "categories": []}
        await connection.execute(
            insert(AgencyRow).values(
                **imported, short_name="", mandate="", provisional=True, sample=False, recorded_at=recorded_at,
                superseded_at=FOREVER,
            )
        )  # fmt: skip
    (folder / "documents" / "keputusan-talud.md").unlink()
    replace(folder / "regions.csv", "91.07.04.2003,village,Ngadisari,91.07.04,-7.265,109.89,34.3\n", "")
    replace(folder / "catalog" / "alam.yml", ", region: 91.07.04.2003", "")
    await load_city(engine, folder)
    gazetteer = await gazetteer_at(engine, await known_moment(engine))
    assert gazetteer.region("91.07.04.2003") is None
    assert gazetteer.agency("dinas_baru") is not None
    (paper,) = await rows(engine, DocumentRow, "kep-talud-2023")
    assert paper["superseded_at"] < FOREVER
    async with engine.connect() as connection:
        held = select(col(PassageRow.document_code)).where(col(PassageRow.superseded_at) == FOREVER)
        assert set((await connection.execute(held)).scalars()) == {"perbup-12-2024"}


async def test_a_catalog_that_returns_is_in_force_again(engine: AsyncEngine, folder: Path) -> None:
    await load_city(engine, folder)
    first, _ = await current_catalog(engine)
    replace(folder / "catalog" / "tani.yml", "id: Luas tanam}\n    synonyms", "id: Luas lahan}\n    synonyms")
    await load_city(engine, folder)
    second, _ = await current_catalog(engine)
    between = await known_moment(engine)
    replace(folder / "catalog" / "tani.yml", "id: Luas lahan}\n    synonyms", "id: Luas tanam}\n    synonyms")
    await load_city(engine, folder)
    assert second != first
    assert (await current_catalog(engine))[0] == first
    assert (await current_catalog(engine, between))[0] == second


async def test_a_document_that_changes_keeps_the_passages_that_did_not(engine: AsyncEngine, folder: Path) -> None:
    async def passages() -> dict[int, tuple[Any, datetime]]:
        async with engine.connect() as connection:
            query = select(col(PassageRow.ordinal), col(PassageRow.id), col(PassageRow.recorded_at)).where(
                col(PassageRow.document_code) == "perbup-12-2024", col(PassageRow.superseded_at) == FOREVER
            )
            return {row[0]: (row[1], row[2]) for row in await connection.execute(query)}

    await load_city(engine, folder)
    before = await passages()
    replace(folder / "documents" / "perbup-hama.md", "tujuh hari kerja", "lima hari kerja")
    await load_city(engine, folder)
    after = await passages()
    assert after[0] == before[0]
    assert after[1] != before[1]
    paper = folder / "documents" / "perbup-hama.md"
    paper.write_text(paper.read_text().split("## Pasal 5")[0])
    await load_city(engine, folder)
    assert await passages() == {0: before[0]}


async def test_a_dataset_that_is_closed_closes_its_series(engine: AsyncEngine, folder: Path) -> None:
    await load_city(engine, folder)
    async with engine.begin() as connection:
        values = {"region_code": "91.07", "item": "", "agency_code": "dinas_tani", "restricted": False}
        await connection.execute(insert(SeriesRow).values(indicator_code="jiwa", **values))
        await connection.execute(insert(SeriesRow).values(indicator_code="hasil", **values))
    replace(folder / "catalog" / "tani.yml", "title: {id: Penduduk}", "title: {id: Penduduk}\n    access: restricted")
    await load_city(engine, folder)
    async with engine.connect() as connection:
        query = select(col(SeriesRow.indicator_code), col(SeriesRow.restricted))
        assert {row[0]: row[1] for row in await connection.execute(query)} == {"jiwa": True, "hasil": False}


async def test_a_folder_with_faults_writes_nothing(engine: AsyncEngine, folder: Path) -> None:
    replace(folder / "catalog" / "tani.yml", "form: ratio", "form: rasio")
    with pytest.raises(CatalogError):
        await load_city(engine, folder)
    assert set((await counts(engine)).values()) == {0}


async def test_a_database_belongs_to_one_city(engine: AsyncEngine) -> None:
    await load_city(engine, HIGHLAND)
    before = await counts(engine)
    with pytest.raises(ConflictError, match=r"Lembah Halimun \(91\.07\), not Samarinda"):
        await load_city(engine, SAMARINDA)
    assert await counts(engine) == before
