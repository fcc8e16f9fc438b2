"""Agencies and what they answer for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.database.tables import AgencyRow
from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.base import FieldRow, Kind
from pesut.intake.kinds.categories import Categories
from pesut.intake.kinds.registry import read_agencies, slug
from pesut.intake.names import AgencyNames, folded
from pesut.intake.versions import Content, Counts, VersionedTable, defaults


@dataclass(frozen=True)
class AgencyRecord:
    code: str
    values: dict[str, Any]


class Agencies(Kind[AgencyRecord]):
    fields: ClassVar = (
        Field("code", FieldType.NAME, ("kode", "kode opd", "kode skpd", "kode instansi", "id")),
        Field(
            "name", FieldType.NAME,
            ("nama", "nama opd", "nama skpd", "opd", "skpd", "perangkat daerah", "instansi", "nama instansi", "dinas",
             "agency", "unit kerja"),
            required=True,
        ),
        Field("short_name", FieldType.NAME, ("singkatan", "nama singkat", "akronim", "short name", "abbreviation")),
        Field("aliases", FieldType.NAMES, ("alias", "nama lain", "sebutan lain", "other names")),
        Field("mandate", FieldType.TEXT, ("tugas", "tugas pokok", "tupoksi", "mandat", "kewenangan", "tugas dan fungsi")),
        Field("categories", FieldType.NAMES, ("kategori", "kategori laporan", "bidang", "urusan")),
    )  # fmt: skip
    batch_rows: ClassVar = 2000

    _names: AgencyNames
    _categories: Categories

    @property
    def written(self) -> Sequence[type[AgencyRow]]:
        return (AgencyRow,)

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:  # noqa: ARG002
        self._names = AgencyNames(await read_agencies(connection), self.setting.city)
        self._categories = Categories(self.setting)

    def record(self, row: FieldRow) -> AgencyRecord:
        categories = [self._categories.find(row, "categories", said).code for said in row.get("categories") or ()]
        return AgencyRecord(self._code(row), row.given() | ({"categories": categories} if categories else {}))

    async def write(self, connection: AsyncConnection, records: Sequence[AgencyRecord], now: datetime) -> Counts:
        return await VersionedTable(connection, AgencyRow).merge(records, _merged, now)

    def _code(self, row: FieldRow) -> str:
        """The row's own code, else that of the agency of this name, else one made from the name."""
        if (code := row.get("code")) is not None:
            return code
        match = self._names.find(row.get("name"))
        if match.code and match.how != "similar":
            return match.code
        return slug(row.get("name"), {*self._names.agencies})


def _merged(existing: Content | None, record: AgencyRecord) -> Content:
    """The row's name is the agency's; the one before becomes another name."""
    values = record.values
    base = existing or (defaults(AgencyRow) | {"code": record.code, "name": values["name"]})
    known = {folded(name) for name in (values["name"], *base["aliases"])}
    more = [name for name in (base["name"], *values.get("aliases", ())) if folded(name) not in known]
    given = {name: values[name] for name in ("name", "short_name", "mandate", "categories") if name in values}
    return base | given | {"aliases": [*base["aliases"], *dict.fromkeys(more)], "provisional": False, "sample": False}
