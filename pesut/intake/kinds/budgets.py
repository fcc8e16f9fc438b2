"""Budget lines with their ceilings, and what was realised of them month by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from pesut.database.tables import BudgetLineRow, BudgetRealisationRow
from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.base import FieldRow, Kind, Setting, month_of
from pesut.intake.kinds.categories import Categories
from pesut.intake.kinds.registry import Registry
from pesut.intake.names import term_names
from pesut.intake.versions import Content, Counts, VersionedTable, defaults

_Line = tuple[int, str]  # year, code


@dataclass(frozen=True)
class BudgetRecord:
    """`line`: the columns of `budget_line` that the row gives; `spent`: of which month how much, when it says."""

    row: FieldRow
    line: dict[str, Any]
    spent: tuple[date, int] | None

    @property
    def key(self) -> _Line:
        return self.line["year"], self.line["code"]


class Budgets(Kind[BudgetRecord]):
    fields: ClassVar = (
        Field("year", FieldType.YEAR, ("tahun", "tahun anggaran", "ta", "fiscal year")),
        Field(
            "code", FieldType.NAME,
            ("kode", "kode rekening", "kode sub kegiatan", "kode kegiatan", "kode program", "nomor rekening", "rekening"),
            required=True,
        ),
        Field("agency", FieldType.NAME, ("opd", "skpd", "nama opd", "nama skpd", "perangkat daerah", "dinas", "instansi", "unit kerja")),
        Field("program", FieldType.NAME, ("nama program",)),
        Field("activity", FieldType.NAME, ("kegiatan", "nama kegiatan")),
        Field("name", FieldType.NAME, ("nama", "sub kegiatan", "nama sub kegiatan", "uraian", "nomenklatur")),
        Field("ceiling", FieldType.RUPIAH, ("pagu", "pagu anggaran", "anggaran", "jumlah anggaran", "apbd", "budget", "alokasi")),
        Field("month", FieldType.MONTH, ("bulan", "periode", "tanggal")),
        Field("amount", FieldType.RUPIAH, ("realisasi", "jumlah realisasi", "realisasi anggaran", "realisation", "spent", "nilai")),
        Field("categories", FieldType.NAMES, ("kategori", "kategori laporan")),
    )  # fmt: skip
    batch_rows: ClassVar = 2000

    _registry: Registry
    _lines: dict[_Line, Content]

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._categories = Categories(setting)
        self._programs = term_names(setting.catalog.programs)

    @property
    def written(self) -> Sequence[type[SQLModel]]:
        return (BudgetLineRow, BudgetRealisationRow, *Registry.tables(self.setting))

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:
        self._registry = await Registry.read(connection, self.setting)
        self._lines = await _read_lines(connection, {(year, row.get("code")) for row in rows if (year := _year(row))})

    def record(self, row: FieldRow) -> BudgetRecord:
        year = _year(row)
        if year is None:
            raise row.fault("year", "is missing")
        spent = self._spent(row)
        if row.get("ceiling") is None and spent is None:
            raise row.fault("ceiling", "is missing, and so is what was realised")
        record = BudgetRecord(row, self._line(row, year), spent)
        whole = _joined(self._lines.get(record.key), record)
        for column, field in (("agency_code", "agency"), ("ceiling", "ceiling")):
            if column not in whole:
                raise row.fault(field, "is missing, and the line is not known")
        self._lines[record.key] = whole
        return record

    async def write(self, connection: AsyncConnection, records: Sequence[BudgetRecord], now: datetime) -> Counts:
        await self._registry.create(connection, now)
        lines = await _read_lines(connection, {record.key for record in records})
        for record in records:
            lines[record.key] = _joined(lines.get(record.key), record)
        written = await VersionedTable(connection, BudgetLineRow).write(lines.values(), now)
        realised = [
            {"year": each.key[0], "code": each.key[1], "month": each.spent[0], "amount": each.spent[1], "sample": False}
            for each in records
            if each.spent
        ]
        spent = await VersionedTable(connection, BudgetRealisationRow).write(realised, now)
        created, corrected = written.created + spent.created, written.corrected + spent.corrected
        return Counts(created, corrected, max(0, len(records) - created - corrected))

    def _spent(self, row: FieldRow) -> tuple[date, int] | None:
        amount = row.get("amount")
        if amount is None:
            return None
        month = month_of(row, "year", "month")
        if month is None or row.get("month") is None:
            raise row.fault("month", "is missing: what was realised needs its month")
        return month, amount

    def _line(self, row: FieldRow, year: int) -> dict[str, Any]:
        agency = self._registry.agency(row)
        line: dict[str, Any] = {"year": year, "code": row.get("code")}
        line |= {name: row.get(name) for name in ("activity", "name") if row.get(name) is not None}
        if row.get("program") is not None:
            line["program"] = self._programs.find(row.get("program")).code or row.get("program")
        if agency:
            line["agency_code"] = agency.code
        if row.get("categories"):
            line["categories"] = [self._categories.find(row, "categories", said).code for said in row.get("categories")]
        if (ceiling := row.get("ceiling")) is not None:
            line["ceiling"] = self._not_negative(row, ceiling)
        return line

    def _not_negative(self, row: FieldRow, ceiling: int) -> int:
        if ceiling < 0:
            raise row.fault("ceiling", "is negative")
        return ceiling


async def _read_lines(connection: AsyncConnection, keys: Iterable[_Line]) -> dict[_Line, Content]:
    found = await VersionedTable(connection, BudgetLineRow).visible(keys)
    return {(key[0], key[1]): line for key, line in found.items()}


def _joined(known: Content | None, record: BudgetRecord) -> Content:
    """The line that is known, with what the row says of it."""
    new = defaults(BudgetLineRow) | {"name": record.line["code"], "program": ""}
    return (known or new) | record.line | {"sample": False}


def _year(row: FieldRow) -> int | None:
    month = month_of(row, "year", "month")
    return month.year if month else None
