"""Brings a city's folder into the database, in versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.catalog.loader import catalog_version
from pesut.catalog.models import Catalog, Dataset, Indicator
from pesut.city.documents import Document
from pesut.city.loader import CityFolder, read_folder
from pesut.city.models import Agency, Region
from pesut.contracts.base import new_id
from pesut.database.moment import writing
from pesut.database.tables import (
    FOREVER,
    AgencyRow,
    CatalogVersionRow,
    DatasetRow,
    DocumentRow,
    IndicatorRow,
    PassageRow,
    ReceiptRow,
    RegionRow,
)
from pesut.database.versions import close_versions, write_versions

SOURCE = "city-folder"


async def load_city(engine: AsyncEngine, folder: Path) -> None:
    """Make the database know the city of `folder` as it stands now; unchanged rows keep their versions.

    A folder that was the last one loaded changes nothing, so that rows corrected by an import stay corrected. What the
    folder no longer names stays too: only an import or a person may take a region or a document away. Raises CatalogError
    with all faults of the folder before anything is written.
    """
    await write_city(engine, read_folder(folder))


async def write_city(engine: AsyncEngine, folder: CityFolder) -> None:
    """As `load_city`, for a folder that was read already."""
    digest = folder.digest
    async with writing(engine) as (connection, _):
        await connection.execute(
            text("LOCK TABLE region, agency, document, passage, catalog_version IN SHARE ROW EXCLUSIVE MODE")
        )
        # Stamped only now: whoever held the tables before has stamped earlier than we do.
        now: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        if await _last_loaded(connection) == digest:
            return
        await write_versions(connection, RegionRow, ("code",), [_region(each) for each in folder.regions], now)
        await write_versions(connection, AgencyRow, ("code",), [_agency(each) for each in folder.agencies], now)
        await _write_catalog(connection, folder.catalog, now)
        await write_documents(connection, folder.documents, now)
        receipt = {"source": SOURCE, "key": now.isoformat(), "digest": digest, "recorded_at": now}
        await connection.execute(insert(ReceiptRow).values(**receipt, accepted=1, rejected=0, detail={}))


async def write_documents(connection: AsyncConnection, documents: Sequence[Document], now: datetime) -> None:
    """Documents with their passages, stamped `now`. A passage that says the same keeps its version, and with it its vectors."""
    await write_versions(connection, DocumentRow, ("code",), [_document(each) for each in documents], now)
    passages = [_passage(document, ordinal) for document in documents for ordinal in range(len(document.passages))]
    key = ("document_code", "ordinal")
    await write_versions(connection, PassageRow, key, passages, now, fresh=lambda: {"id": new_id()})
    await close_versions(connection, PassageRow, key, await _surplus(connection, documents), now)


async def _last_loaded(connection: AsyncConnection) -> str | None:
    query = select(col(ReceiptRow.digest)).where(col(ReceiptRow.source) == SOURCE)
    newest = query.order_by(col(ReceiptRow.recorded_at).desc()).limit(1)
    return (await connection.execute(newest)).scalar_one_or_none()


async def _surplus(connection: AsyncConnection, documents: Sequence[Document]) -> list[tuple[str, int]]:
    """Passages that hold beyond the end of their document's new text."""
    lengths = {document.head.code: len(document.passages) for document in documents}
    code, ordinal = col(PassageRow.document_code), col(PassageRow.ordinal)
    query = select(code, ordinal).where(code.in_(lengths), col(PassageRow.superseded_at) == FOREVER)
    return [(row[0], row[1]) for row in await connection.execute(query) if row[1] >= lengths[row[0]]]


async def _write_catalog(connection: AsyncConnection, catalog: Catalog, now: datetime) -> None:
    version = catalog_version(catalog)
    newest = select(col(CatalogVersionRow.digest)).order_by(col(CatalogVersionRow.recorded_at).desc()).limit(1)
    if (await connection.execute(newest)).scalar_one_or_none() != version:
        row = {"digest": version, "body": catalog.model_dump(mode="json"), "recorded_at": now}
        await connection.execute(insert(CatalogVersionRow).values(row))
    await _put(connection, DatasetRow, [_dataset(each) for each in catalog.datasets])
    await _put(connection, IndicatorRow, [_indicator(each) for each in catalog.indicators])
    await connection.execute(_FOLLOW_ACCESS)


# Series carry their dataset's access for row-level security, so a dataset that is closed closes its series at once.
_FOLLOW_ACCESS = text(
    """
    UPDATE series s SET restricted = d.access = 'restricted'
    FROM indicator i JOIN dataset d ON d.code = i.dataset_code
    WHERE i.code = s.indicator_code AND s.restricted <> (d.access = 'restricted')
    """
)


async def _put(
    connection: AsyncConnection, table: type[DatasetRow | IndicatorRow], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert or change rows that have no versions, by their code."""
    if not rows:
        return
    statement = upsert(table)
    values = {name: statement.excluded[name] for name in rows[0] if name != "code"}
    await connection.execute(statement.on_conflict_do_update(index_elements=["code"], set_=values), list(rows))


def _region(region: Region) -> dict[str, Any]:
    row = region.model_dump()
    return {**row, "parent_code": row.pop("parent"), "level": region.level.value, "aliases": list(region.aliases)}


def _agency(agency: Agency) -> dict[str, Any]:
    return {**agency.model_dump(), "aliases": list(agency.aliases), "categories": list(agency.categories)}


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return {
        "code": dataset.code,
        "title": dataset.title.id,
        "agency_code": dataset.producer,
        "access": dataset.access.value,
        "staleness_seconds": dataset.staleness.total_seconds(),
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "dataset_code": indicator.dataset,
        "name": indicator.name.id,
        "unit": indicator.unit,
    }


def _document(document: Document) -> dict[str, Any]:
    row = document.head.model_dump()
    return {**row, "agency_code": row.pop("agency"), "categories": list(document.head.categories)}


def _passage(document: Document, ordinal: int) -> dict[str, Any]:
    passage = document.passages[ordinal]
    return {
        "document_code": document.head.code,
        "ordinal": ordinal,
        "heading": passage.heading,
        "text": passage.text,
        "sample": document.head.sample,
    }
