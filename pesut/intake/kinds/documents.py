"""Papers of the government, cut into passages."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from pesut.city.documents import Document, DocumentHead, split_passages
from pesut.city.load import write_documents
from pesut.database.tables import DocumentRow, PassageRow
from pesut.intake.fields import CellError, Field, FieldType
from pesut.intake.kinds.base import FieldRow, Kind
from pesut.intake.kinds.categories import Categories
from pesut.intake.kinds.registry import Registry, slug
from pesut.intake.observation_rows import reason_of
from pesut.intake.versions import Counts

_KINDS = {
    "regulation": r"\b(peraturan|perda|perwali|perwal|undang|instruksi|surat edaran|regulation)\b",
    "decision": r"\b(keputusan|sk|disposisi|risalah|notulen|berita acara|decision|minutes)\b",
    "plan": r"\b(rencana|rpjmd|rkpd|renstra|renja|rtrw|roadmap|peta jalan|plan)\b",
}


class Documents(Kind[Document]):
    fields: ClassVar = (
        Field("text", FieldType.TEXT, required=True),
        Field("title", FieldType.NAME, ("judul",)),
        Field("code", FieldType.NAME, ("kode",)),
        Field("kind", FieldType.NAME, ("jenis",)),
        Field("number", FieldType.NAME, ("nomor",)),
        Field("issued_on", FieldType.DAY, ("tanggal", "ditetapkan")),
        Field("agency", FieldType.NAME, ("opd", "instansi", "perangkat daerah")),
        Field("categories", FieldType.NAMES, ("kategori",)),
        Field("restricted", FieldType.FLAG, ("terbatas", "rahasia")),
    )
    batch_rows: ClassVar = 1

    _registry: Registry

    @property
    def written(self) -> Sequence[type[SQLModel]]:
        return (DocumentRow, PassageRow, *Registry.tables(self.setting))

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:  # noqa: ARG002
        self._registry = await Registry.read(connection, self.setting)

    def record(self, row: FieldRow) -> Document:
        try:
            head = DocumentHead.model_validate(self._head(row))
        except ValidationError as error:
            raise CellError(*reason_of(error)) from error
        return Document(head=head, passages=split_passages(row.get("text")))

    async def write(self, connection: AsyncConnection, records: Sequence[Document], now: datetime) -> Counts:
        await self._registry.create(connection, now)
        before = await _versions(connection, records)
        await write_documents(connection, records, now)
        after = await _versions(connection, records)
        created = sum(record.head.code not in before for record in records)
        corrected = sum(code in before and before[code] != after[code] for code in after)
        return Counts(created, corrected, len(records) - created - corrected)

    def _head(self, row: FieldRow) -> dict[str, Any]:
        agency = self._registry.agency(row)
        categories = Categories(self.setting)
        title = row.get("title") or self.setting.origin
        return {
            "code": row.get("code") or slug(self.setting.origin),
            "title": title,
            "kind": row.get("kind") or guessed_kind(title),
            "number": row.get("number") or "",
            "issued_on": row.get("issued_on"),
            "agency": agency.code if agency else None,
            "categories": [categories.find(row, "categories", said).code for said in row.get("categories") or ()],
            "restricted": row.get("restricted") or False,
        }


def guessed_kind(title: str) -> str:
    """What a paper calls itself; "report" where it does not say."""
    return next((kind for kind, words in _KINDS.items() if re.search(words, title.casefold())), "report")


async def _versions(connection: AsyncConnection, documents: Sequence[Document]) -> dict[str, tuple[Any, ...]]:
    """When each document and its passages last changed."""
    codes = [document.head.code for document in documents]
    newest = select(col(DocumentRow.code), func.max(col(DocumentRow.recorded_at))).where(
        col(DocumentRow.code).in_(codes)
    )
    heads = {row[0]: row[1] for row in await connection.execute(newest.group_by(col(DocumentRow.code)))}
    parts = select(
        col(PassageRow.document_code), func.max(col(PassageRow.recorded_at)), func.max(col(PassageRow.superseded_at)),
        func.count(),
    ).where(col(PassageRow.document_code).in_(codes))  # fmt: skip
    passages = {
        row[0]: tuple(row[1:]) for row in await connection.execute(parts.group_by(col(PassageRow.document_code)))
    }
    return {code: (moment, *passages.get(code, ())) for code, moment in heads.items()}
