"""Observations: bitemporal values of series, with a monthly rollup."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, Identity, Index, Integer, Numeric, UniqueConstraint, text
from sqlmodel import Field

from pesut.database.tables.base import Table, Versioned, json, timestamp


class SeriesRow(Table, table=True):
    """One indicator at one region and, where the dataset tells them apart, one item (a gauge, a commodity)."""

    __table_args__ = (
        UniqueConstraint("indicator_code", "region_code", "item"),
        Index("ix_series_restricted", "id", postgresql_where=text("restricted")),
    )

    id: int | None = Field(default=None, sa_column=Column(Integer, Identity(always=False), primary_key=True))
    indicator_code: str = Field(foreign_key="indicator.code")
    region_code: str
    item: str = ""
    agency_code: str
    restricted: bool = False


class ObservationRow(Versioned, table=True):
    """A value that was true of the city at `observed_at` and known to us from `recorded_at` until `superseded_at`."""

    series_id: int = Field(primary_key=True, foreign_key="series.id")
    observed_at: datetime = timestamp(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    value: Decimal = Field(sa_type=Numeric)  # exact, so that sums do not depend on the order of rows


class ObservationMonthRow(Versioned, table=True):
    """A series' month (in the city's time zone) summed up, kept in step by the transaction that writes observations."""

    series_id: int = Field(primary_key=True, foreign_key="series.id")
    month: date = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    n: int = Field(sa_type=BigInteger)
    total: Decimal = Field(sa_type=Numeric)
    minimum: Decimal = Field(sa_type=Numeric)
    maximum: Decimal = Field(sa_type=Numeric)
    last: Decimal = Field(sa_type=Numeric)
    first_observed_at: datetime = timestamp()
    last_observed_at: datetime = timestamp()


class ReceiptRow(Table, table=True):
    """A batch that was taken in, by its source and key: a second delivery is recognised and changes nothing."""

    __table_args__ = (Index("ix_receipt_recorded_at", "recorded_at"),)

    source: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    digest: str
    accepted: int
    rejected: int
    recorded_at: datetime = timestamp()
    detail: dict[str, Any] = json(default_factory=dict)  # the rest of pesut.intake.receipt.Receipt
