"""The regions and agencies that rows refer to, and those that have to be made up for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from pesut.city.models import Agency, Region, RegionLevel, called
from pesut.database.tables import FOREVER, AgencyRow, RegionRow
from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.base import FieldRow, Setting
from pesut.intake.names import AgencyNames, Match, RegionNames, folded
from pesut.intake.receipt import digest_of
from pesut.intake.versions import VersionedTable, defaults

PLACE_FIELDS = (
    Field("village", FieldType.NAME, ("kelurahan", "nama kelurahan", "desa", "desa kelurahan", "kelurahan desa", "kel", "wadmkd")),
    Field("district", FieldType.NAME, ("kecamatan", "nama kecamatan", "kec", "wadmkc")),
    Field(
        "region", FieldType.NAME,
        ("wilayah", "kode wilayah", "nama wilayah", "region code", "kode kelurahan", "kode desa", "kode kecamatan", "kode",
         "adm4", "lokasi", "daerah", "area"),
    ),
)  # fmt: skip
LONGEST_SLUG = 80


@dataclass(frozen=True)
class Found:
    """The code that a row means, and how that was found: "code", "name", "similar", "created"."""

    code: str
    how: str
    said: str

    @property
    def decided(self) -> dict[str, str]:
        return {"by": "source", "how": self.how, "said": self.said}


class Registry:
    """Finds regions and agencies by what rows say; makes provisional ones where that is allowed."""

    def __init__(self, setting: Setting, regions: Sequence[Region], agencies: Sequence[Agency]) -> None:
        self._setting = setting
        self.regions = RegionNames(regions, setting.city)
        self.agencies = AgencyNames(agencies, setting.city)
        self._new_regions: dict[str, dict[str, Any]] = {}
        self._new_agencies: dict[str, dict[str, Any]] = {}
        self._made: dict[str, str] = {}  # folded name -> code of a new agency

    @classmethod
    async def read(cls, connection: AsyncConnection, setting: Setting) -> "Registry":
        return cls(setting, await read_regions(connection), await read_agencies(connection))

    def names(self) -> Iterator[str]:
        """What regions and agencies are called, which is no person's name."""
        return called(self.regions.regions.values(), self.agencies.agencies.values())

    @staticmethod
    def tables(setting: Setting) -> tuple[type[SQLModel], ...]:
        return (RegionRow, AgencyRow) if setting.create_missing else ()

    def agency(self, row: FieldRow, field: str = "agency") -> Found | None:
        """The agency that the row names in `field`; None when it names none. Raises CellError for one that is not known."""
        said = row.get(field)
        if said is None:
            return None
        if (found := self.agency_named(said)) is None:
            why = self.agencies.find(said).why
            raise row.fault(field, f"{why} as an agency (--create-missing adds it for review)")
        return found

    def agency_named(self, said: str) -> Found | None:
        """The agency that is called so, made up where that is allowed; None for one that is not known."""
        match = self.agencies.find(said)
        if match.code is not None:
            return Found(match.code, match.how, said)
        return Found(self._new_agency(said), "created", said) if self._setting.create_missing else None

    def place(self, row: FieldRow) -> Found | None:
        """The finest region that the row names; None when it names none. Raises CellError for one that is not known."""
        said = [(field, row.get(field)) for field in ("district", "village", "region") if row.get(field) is not None]
        found: Found | None = None
        for field, name in said:
            level = RegionLevel(field) if field in {"district", "village"} else None
            match = self.regions.find(name, level, found.code if found else None)
            found = self._settled(row, field, match, found)
        return found

    def _settled(self, row: FieldRow, field: str, match: Match, above: Found | None) -> Found:
        said = row.get(field)
        if match.code is not None:
            return Found(match.code, match.how, said)
        if not self._setting.create_missing or " or " in match.why:
            raise row.fault(field, f"{match.why} as a region (--create-missing adds it for review)")
        return Found(self._new_region(said, field, above), "created", said)

    async def create(self, connection: AsyncConnection, now: datetime) -> None:
        """Write what had to be made up; what somebody else made meanwhile stays."""
        for table, rows in ((RegionRow, self._new_regions), (AgencyRow, self._new_agencies)):
            if rows:
                versions = VersionedTable(connection, table)
                there = await versions.visible((code,) for code in rows)
                await versions.write([row for code, row in rows.items() if (code,) not in there], now, {})

    def _new_agency(self, said: str) -> str:
        name = folded(said)
        if name not in self._made:
            code = slug(said, {*self.agencies.agencies, *self._new_agencies})
            self._new_agencies[code] = defaults(AgencyRow) | {"code": code, "name": said, "provisional": True}
            self._made[name] = code
        return self._made[name]

    def _new_region(self, said: str, field: str, above: Found | None) -> str:
        """A district below the city, or a village where the row names the district or says that it is one."""
        parent = above.code if above else self._setting.city.root
        village = field == "village" or above is not None
        code = f"{parent}/{slug(said)}"
        content = {"code": code, "name": said, "parent_code": parent, "provisional": True}
        level = RegionLevel.VILLAGE if village else RegionLevel.DISTRICT
        self._new_regions.setdefault(code, defaults(RegionRow) | content | {"level": level.value})
        return code


def slug(name: str, taken: Sequence[str] | set[str] = ()) -> str:
    """A code for a name: its words with dashes; a few signs of its digest keep it apart from codes that are taken."""
    words = "-".join(re.findall(r"[a-z0-9]+", folded(name)))[:LONGEST_SLUG].strip("-")
    return f"{words or 'x'}-{digest_of(name)[:6]}" if not words or words in taken else words


async def read_regions(connection: AsyncConnection) -> list[Region]:
    """The regions that hold now, without their polygons."""
    names = [name if name != "parent" else "parent_code" for name in Region.model_fields]
    rows = await _holding(connection, RegionRow, names)
    return [Region.model_validate(row | {"parent": row.pop("parent_code")}) for row in rows]


async def read_agencies(connection: AsyncConnection) -> list[Agency]:
    """The agencies that hold now."""
    return [Agency.model_validate(row) for row in await _holding(connection, AgencyRow, list(Agency.model_fields))]


async def _holding(
    connection: AsyncConnection, table: type[RegionRow | AgencyRow], names: list[str]
) -> list[dict[str, Any]]:
    columns = [col(getattr(table, name)) for name in names]
    query = select(*columns).where(col(table.superseded_at) == FOREVER).order_by(col(table.code))
    return [dict(row) for row in (await connection.execute(query)).mappings()]
