"""Regions, agencies, and the catalog's datasets and indicators."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from pesut.database.tables.base import Table, Versioned, json, timestamp


class RegionRow(Versioned, table=True):
    """A region of the city, its districts (*kecamatan*) and villages (*kelurahan*), by Kemendagri code."""

    code: str = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    level: str  # city, district, village
    name: str
    parent_code: str | None = None
    aliases: list[str] = json(default_factory=list)
    latitude: float | None = None  # WGS 84 degrees
    longitude: float | None = None
    area_km2: float | None = None
    polygon: dict[str, Any] | None = json(default=None)  # GeoJSON geometry, WGS 84
    provisional: bool = False


class AgencyRow(Versioned, table=True):
    """An agency (*perangkat daerah*) with its mandate and the report categories it answers for."""

    code: str = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    name: str
    short_name: str = ""
    aliases: list[str] = json(default_factory=list)
    mandate: str = ""
    categories: list[str] = json(default_factory=list)
    provisional: bool = False
    ordinal: int | None = None  # its place in the city's list: of several that answer for a category, the first leads


class CatalogVersionRow(Table, table=True):
    """Every catalog that was ever in force, whole, by its digest and the moment it came into force (again)."""

    digest: str = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    body: dict[str, Any] = json()


class DatasetRow(Table, table=True):
    """A dataset of the catalog in force: who produces it and who may see it."""

    code: str = Field(primary_key=True)
    title: str
    agency_code: str
    access: str  # open, internal, restricted
    staleness_seconds: float


class IndicatorRow(Table, table=True):
    """What is observed within a dataset, in one unit."""

    code: str = Field(primary_key=True)
    dataset_code: str = Field(foreign_key="dataset.code")
    name: str
    unit: str
