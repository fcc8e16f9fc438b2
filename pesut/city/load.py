"""Brings a city's folder into the database, in versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.catalog.loader import catalog_version
from pesut.catalog.models import Catalog
from pesut.city.documents import Document
from pesut.city.loader import CityFolder, read_folder
from pesut.city.models import City
from pesut.city.rows import agency_row, dataset_row, document_row, indicator_row, passage_row, region_row
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
from pesut.errors import ConflictError

SOURCE = "city-folder"


async def load_city(engine: AsyncEngine, folder: Path) -> None:
    """Make the database know the city of `folder` as it stands now; unchanged rows keep their versions.

    A folder that was the last one loaded changes nothing, so that rows corrected by an import stay corrected. What an earlier
    state of the folder named and this one does not, no longer holds; what an import brought stays. Raises CatalogError with
    all faults of the folder, and ConflictError where the database belongs to another city, before anything is written.
    """
    await write_city(engine, read_folder(folder))


async def write_city(engine: AsyncEngine, folder: CityFolder) -> None:
    """As `load_city`, for a folder that was read already."""
    async with writing(engine) as (connection, _):
        await connection.execute(
            text("LOCK TABLE region, agency, document, passage, catalog_version IN SHARE ROW EXCLUSIVE MODE")
        )
        # Stamped only now: whoever held the tables before has stamped earlier than we do.
        now: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        last = await _last_loaded(connection)
        if last.root not in {"", folder.city.root}:
            raise _other_city(last, folder.city)
        if last.digest != folder.digest:
            await _write(connection, folder, now)
            await _close(connection, folder, last, now)
            await _remember(connection, folder, now)


async def _write(connection: AsyncConnection, folder: CityFolder, now: datetime) -> None:
    await write_versions(connection, RegionRow, ("code",), [region_row(each) for each in folder.regions], now)
    agencies = [agency_row(each, place) for place, each in enumerate(folder.agencies)]
    await write_versions(connection, AgencyRow, ("code",), agencies, now)
    await _write_catalog(connection, folder.catalog, now)
    await write_documents(connection, folder.documents, now)


async def _close(connection: AsyncConnection, folder: CityFolder, last: "_Loaded", now: datetime) -> None:
    """Let go of what the folder named when it was last loaded and does not name now."""
    named = _named(folder)
    gone = {name: [code for code in codes if code not in named[name]] for name, codes in last.named.items()}
    for name, rows_of in {"regions": RegionRow, "agencies": AgencyRow, "documents": DocumentRow}.items():
        await close_versions(connection, rows_of, ("code",), [(code,) for code in gone.get(name, [])], now)
    passages = await _surplus(connection, dict.fromkeys(gone.get("documents", []), 0))
    await close_versions(connection, PassageRow, ("document_code", "ordinal"), passages, now)


async def write_documents(connection: AsyncConnection, documents: Sequence[Document], now: datetime) -> None:
    """Documents with their passages, stamped `now`. A passage that says the same keeps its version, and with it its vectors."""
    await write_versions(connection, DocumentRow, ("code",), [document_row(each) for each in documents], now)
    passages = [passage_row(document, ordinal) for document in documents for ordinal in range(len(document.passages))]
    key = ("document_code", "ordinal")
    await write_versions(connection, PassageRow, key, passages, now, fresh=lambda: {"id": new_id()})
    lengths = {document.head.code: len(document.passages) for document in documents}
    await close_versions(connection, PassageRow, key, await _surplus(connection, lengths), now)


@dataclass(frozen=True)
class _Loaded:
    """What was last loaded from a folder: its digest, its city, and the codes it named."""

    digest: str = ""
    name: str = ""
    root: str = ""
    named: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])


async def _last_loaded(connection: AsyncConnection) -> _Loaded:
    query = select(col(ReceiptRow.digest), col(ReceiptRow.detail)).where(col(ReceiptRow.source) == SOURCE)
    newest = query.order_by(col(ReceiptRow.recorded_at).desc()).limit(1)
    row = (await connection.execute(newest)).one_or_none()
    return _Loaded(digest=row[0], **row[1]) if row else _Loaded()


async def _remember(connection: AsyncConnection, folder: CityFolder, now: datetime) -> None:
    detail = {"name": folder.city.name, "root": folder.city.root, "named": _named(folder)}
    row = {"source": SOURCE, "key": now.isoformat(), "digest": folder.digest, "recorded_at": now, "detail": detail}
    await connection.execute(insert(ReceiptRow).values(**row, accepted=1, rejected=0))


def _named(folder: CityFolder) -> dict[str, list[str]]:
    return {
        "regions": [region.code for region in folder.regions],
        "agencies": [agency.code for agency in folder.agencies],
        "documents": [document.head.code for document in folder.documents],
    }


def _other_city(last: _Loaded, city: City) -> ConflictError:
    return ConflictError(
        f"The database holds {last.name} ({last.root}), not {city.name} ({city.root}).",
        remedy="Give each city a data folder (--data-dir) or a database (PESUT_DATABASE_URL) of its own.",
    )


async def _surplus(connection: AsyncConnection, lengths: Mapping[str, int]) -> list[tuple[str, int]]:
    """Passages that hold beyond the number that their document has now."""
    code, ordinal = col(PassageRow.document_code), col(PassageRow.ordinal)
    query = select(code, ordinal).where(code.in_(lengths), col(PassageRow.superseded_at) == FOREVER)
    return [(row[0], row[1]) for row in await connection.execute(query) if row[1] >= lengths[row[0]]]


async def _write_catalog(connection: AsyncConnection, catalog: Catalog, now: datetime) -> None:
    version = catalog_version(catalog)
    newest = select(col(CatalogVersionRow.digest)).order_by(col(CatalogVersionRow.recorded_at).desc()).limit(1)
    if (await connection.execute(newest)).scalar_one_or_none() != version:
        row = {"digest": version, "body": catalog.model_dump(mode="json"), "recorded_at": now}
        await connection.execute(insert(CatalogVersionRow).values(row))
    await _put(connection, DatasetRow, [dataset_row(each) for each in catalog.datasets])
    await _put(connection, IndicatorRow, [indicator_row(each) for each in catalog.indicators])
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
