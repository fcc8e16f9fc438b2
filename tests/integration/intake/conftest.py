"""A small city of its own, so that intake is tested on names that no code knows."""

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.models import Catalog
from pesut.city.models import City
from pesut.contracts.base import LocalText
from pesut.database.tables import FOREVER, AgencyRow, CatalogVersionRow, DatasetRow, IndicatorRow, RegionRow
from pesut.intake.mapping import ImportKind
from pesut.intake.orders import ImportTally
from pesut.intake.planning import ImportPlan, Wish, plan_import
from pesut.intake.work import ImportWork
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
QUESTIONS = ("Berapa?", "Di mana?", "Kapan?")


@pytest.fixture(scope="session")
def town() -> City:
    """Seven hours ahead of UTC, unlike the sample city's eight."""
    return City(
        name="Batang", official_name=LocalText(id="Kota Batang"), head_title=LocalText(id="Wali Kota"), root="90.01",
        timezone="Asia/Jakarta", questions=QUESTIONS,
    )  # fmt: skip


def _term(code: str, name: str, *synonyms: str) -> dict[str, Any]:
    return {"code": code, "name": {"id": name}, "synonyms": list(synonyms)}


@pytest.fixture(scope="session")
def town_catalog() -> Catalog:
    """A river with two gauges, restricted cases, a population without items; categories and statuses in its own words."""
    dataset = {"producer": "dlh", "concept": "x", "definition": "x", "schedule": "daily", "staleness": "P2D"}
    river = [_term("dam", "Bendungan Hulu", "bdg hulu") | {"region": "90.01.01.1001"}, _term("bridge", "Jembatan Lama")]
    return Catalog.model_validate(
        {
            "datasets": [
                dataset | {"code": "river", "title": {"id": "Sungai"}, "items": river},
                dataset | {"code": "cases", "title": {"id": "Kasus"}, "access": "restricted"},
                dataset | {"code": "people", "title": {"id": "Penduduk"}},
            ],
            "indicators": [
                {"code": "level", "dataset": "river", "name": {"id": "Tinggi muka air"}, "unit": "m"},
                {"code": "open-cases", "dataset": "cases", "name": {"id": "Kasus terbuka"}, "unit": "kasus"},
                {"code": "population", "dataset": "people", "name": {"id": "Jumlah penduduk"}, "unit": "jiwa"},
            ],
            "categories": [_term("flood", "Banjir", "genangan"), _term("waste", "Sampah")],
            "statuses": [_term("waiting", "Menunggu"), _term("in_process", "Diproses"), _term("done", "Selesai")],
            "channels": [_term("app", "Aplikasi")],
            "classifications": [_term("complaint", "Pengaduan"), _term("supervision", "Pengawasan")],
            "programs": [_term("drainage", "Pengelolaan Drainase")],
        }
    )


@pytest.fixture
async def town_engine(engine: AsyncEngine, town_catalog: Catalog) -> AsyncEngine:
    """A database that knows the town: regions, an agency, and the catalog."""
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
        for dataset in town_catalog.datasets:
            await connection.execute(
                insert(DatasetRow).values(
                    code=dataset.code, title=dataset.title.id, agency_code=dataset.producer, access=dataset.access,
                    staleness_seconds=dataset.staleness.total_seconds(),
                )
            )  # fmt: skip
        for each in town_catalog.indicators:
            await connection.execute(
                insert(IndicatorRow).values(
                    code=each.code, dataset_code=each.dataset, name=each.name.id, unit=each.unit
                )
            )
        body = town_catalog.model_dump(mode="json")
        await connection.execute(insert(CatalogVersionRow).values(digest="town", body=body, recorded_at=LONG_AGO))
    return engine


@dataclass(frozen=True)
class Imported:
    tally: ImportTally
    rejects: list[dict[str, str]]


class Importer:
    """Imports files in-process, by the steps that the workflow takes."""

    def __init__(self, engine: AsyncEngine, town: City, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.work = ImportWork(engine, town, folder / "data", Vault.of(Settings(data_dir=folder / "data")))

    def plan(self, kind: ImportKind, path: Path, create_missing: bool = False, **settings: str) -> ImportPlan:
        return plan_import(Wish(kind, path, settings=settings, create_missing=create_missing))

    async def file(self, kind: ImportKind, path: Path, create_missing: bool = False, **settings: str) -> Imported:
        since = datetime.now(UTC)
        order = self.plan(kind, path, create_missing, **settings).order
        self.work.keep(path, order)
        tally = ImportTally()
        async for loaded in self.work.load(order, range(self.work.cut(order).batches), since):
            tally += loaded
        return Imported(tally, _rejects(await self.work.finish(order, tally)))

    async def text(self, kind: ImportKind, text: str, name: str = "data.csv", **options: Any) -> Imported:
        (self.folder / name).write_text(text)
        return await self.file(kind, self.folder / name, **options)

    async def rows(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(sql(statement), {"f": FOREVER, **values})]


def _rejects(path: str) -> list[dict[str, str]]:
    if not path:
        return []
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def importer(town_engine: AsyncEngine, town: City, tmp_path: Path) -> Importer:
    return Importer(town_engine, town, tmp_path)


@pytest.fixture
def make_importer() -> type[Importer]:
    return Importer
