"""Regions: names, codes and boundaries. What is known stays; the file adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.city.models import Region, RegionLevel
from pesut.database.tables import RegionRow
from pesut.intake.fields import Field, FieldType
from pesut.intake.geometry import Boundary
from pesut.intake.kinds.base import FieldRow, Kind
from pesut.intake.kinds.registry import read_regions
from pesut.intake.names import RegionNames, folded
from pesut.intake.versions import Content, Counts, VersionedTable, defaults

_LEVELS = {
    RegionLevel.CITY: ("city", "kota", "kabupaten", "kab"),
    RegionLevel.DISTRICT: ("district", "kecamatan", "kec"),
    RegionLevel.VILLAGE: ("village", "kelurahan", "desa", "kel"),
}
_SEGMENTS = (2, 4, 6, 10)  # digits down to province, city, district, village, in Kemendagri's codes


@dataclass(frozen=True)
class RegionRecord:
    code: str
    level: RegionLevel
    parent: str | None
    values: dict[str, Any]


class Regions(Kind[RegionRecord]):
    fields: ClassVar = (
        Field(
            "code", FieldType.NAME,
            ("kode", "kode wilayah", "kode kemendagri", "kode kelurahan", "kode desa", "kode kel", "kd wilayah", "adm4",
             "kdepum", "kdebbps", "id wilayah"),
        ),
        Field(
            "name", FieldType.NAME,
            ("nama", "nama wilayah", "nama kelurahan", "kelurahan", "nama desa", "desa", "wadmkd", "namobj", "wilayah",
             "nama kecamatan", "kecamatan"),
            required=True,
        ),
        Field("parent", FieldType.NAME, ("kode kecamatan", "kode induk", "parent code", "kdcpum")),
        Field("parent_name", FieldType.NAME, ("kecamatan", "nama kecamatan", "induk", "district", "wadmkc")),
        Field("level", FieldType.NAME, ("tingkat", "jenis", "jenis wilayah")),
        Field("aliases", FieldType.NAMES, ("alias", "nama lain", "sebutan lain", "other names")),
        Field("latitude", FieldType.DEGREES, ("lat", "lintang", "y")),
        Field("longitude", FieldType.DEGREES, ("lon", "lng", "long", "bujur", "x")),
        Field("area_km2", FieldType.AMOUNT, ("luas", "luas km2", "luas wilayah", "area")),
        Field("polygon", FieldType.GEOMETRY, ("geometry", "geom", "batas", "poligon", "wkt", "geojson")),
    )  # fmt: skip
    batch_rows: ClassVar = 2000

    _names: RegionNames
    _coming: frozenset[str]

    @property
    def written(self) -> Sequence[type[RegionRow]]:
        return (RegionRow,)

    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:
        self._names = RegionNames(await read_regions(connection), self.setting.city)
        self._coming = frozenset(dotted(row.get("code")) for row in rows if row.get("code") is not None)

    def record(self, row: FieldRow) -> RegionRecord:
        parent = self._parent(row)
        known = self._known(row, parent)
        code = known.code if known else self._new_code(row)
        level = self._level(row, code, known)
        if known is None and level is RegionLevel.VILLAGE:
            parent = parent or code.rpartition(".")[0]
        parent = known.parent if known else (parent or (None if level is RegionLevel.CITY else self.setting.city.root))
        if parent is not None and parent not in self._names.regions and parent not in self._coming:
            raise row.fault("parent", "is no known region; import the districts first", parent)
        return RegionRecord(code, level, parent, row.given())

    async def write(self, connection: AsyncConnection, records: Sequence[RegionRecord], now: datetime) -> Counts:
        return await VersionedTable(connection, RegionRow).merge(records, _merged, now)

    def _parent(self, row: FieldRow) -> str | None:
        """The district that the row names, by code or name; a code may also be of a district that comes in this file."""
        if (said := row.get("parent")) is not None:
            return self._names.find(said).code or dotted(said)
        if (said := row.get("parent_name")) is None or said == row.get("name"):
            return None
        match = self._names.find(said, RegionLevel.DISTRICT)
        if match.code is None and row.get("code") is None:
            raise row.fault("parent_name", f"{match.why} as a district")
        return match.code

    def _known(self, row: FieldRow, parent: str | None) -> Region | None:
        code = row.get("code")
        match = self._names.find(code) if code is not None else self._names.find(row.get("name"), None, parent)
        return self._names.regions[match.code] if match.code and match.how != "similar" else None

    def _new_code(self, row: FieldRow) -> str:
        said = row.get("code")
        if said is None:
            raise row.fault("name", "is no known region, and the row gives no code for a new one")
        code, root = dotted(said), self.setting.city.root
        if not (code == root or code.startswith(f"{root}.")):
            raise row.fault("code", f"does not belong to {root}")
        return code

    def _level(self, row: FieldRow, code: str, known: Region | None) -> RegionLevel:
        if known:
            return known.level
        if (said := row.get("level")) is not None:
            word = folded(said)
            level = next((level for level, words in _LEVELS.items() if word in words), None)
            if level is None:
                raise row.fault("level", f"is none of {', '.join(_LEVELS)}")
            return level
        depth = code.count(".") - self.setting.city.root.count(".")
        levels = list(_LEVELS)
        if depth >= len(levels):
            raise row.fault("code", "lies deeper than a village")
        return levels[depth]


def dotted(said: str) -> str:
    """Kemendagri's code with its points: 6472011001 is 64.72.01.1001; other codes stay as they are."""
    digits = said.strip()
    if not digits.isdigit() or len(digits) not in _SEGMENTS:
        return digits
    bounds = (0, *_SEGMENTS[: _SEGMENTS.index(len(digits)) + 1])
    return ".".join(digits[start:end] for start, end in pairwise(bounds))


def _merged(existing: Content | None, record: RegionRecord) -> Content:
    """What is known, with what the row adds; a known name stays and the row's becomes another name."""
    values = record.values
    base = existing or (defaults(RegionRow) | {"code": record.code, "name": values["name"]})
    names = [name for name in (values["name"], *values.get("aliases", ())) if folded(name) != folded(base["name"])]
    known = {folded(name) for name in base["aliases"]}
    aliases = [*base["aliases"], *dict.fromkeys(name for name in names if folded(name) not in known)]
    placed = {"level": record.level.value, "parent_code": record.parent, "provisional": False, "sample": False}
    return base | {"aliases": aliases} | placed | _geography(base, values)


def _geography(base: Content, values: dict[str, Any]) -> Content:
    """Where a region lies: what the row says, else what is known, else what its polygon gives."""
    boundary: Boundary | None = values.get("polygon")
    drawn: Content = {}
    if boundary:
        drawn = {"latitude": boundary.latitude, "longitude": boundary.longitude, "area_km2": boundary.area_km2}
    area = values.get("area_km2")
    said = {"latitude": values.get("latitude"), "longitude": values.get("longitude")}
    said |= {"area_km2": float(area) if area is not None else None}
    place = {
        name: value if value is not None else (base[name] if base[name] is not None else drawn.get(name))
        for name, value in said.items()
    }
    return place | ({"polygon": boundary.polygon} if boundary else {})
