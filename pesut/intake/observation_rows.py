"""Rows of observations as they are delivered, and what keeps a row from going in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, ValidationError, field_validator
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from pesut.catalog.models import Catalog
from pesut.contracts.base import Code, Contract
from pesut.database.tables import FOREVER, IndicatorRow, RegionRow
from pesut.intake.receipt import Reject

AHEAD = timedelta(days=31)  # a value may be stamped with the end of its month; later is a slip of the pen
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LARGEST = Decimal(10) ** 18
FINEST = -20  # decimal exponent

Series = tuple[str, str, str]  # indicator, region, item


class ObservationInput(Contract):
    """One value as it is delivered: of an indicator, at a region and, where the dataset tells them apart, an item.

    `observed_at` is aware (ISO 8601 text or datetime); `unit`, when given, must be the indicator's.
    """

    indicator: Code
    region: Code
    item: Annotated[str, Field(pattern=r"^[\w.\-/ ]{0,120}$")] = ""
    observed_at: AwareDatetime
    value: Annotated[Decimal, Field(allow_inf_nan=False)]
    unit: str | None = None

    @field_validator("observed_at", mode="before")
    @classmethod
    def _no_bare_number(cls, moment: object) -> object:
        if isinstance(moment, int | float) or (isinstance(moment, str) and moment.strip().lstrip("-").isdigit()):
            raise ValueError("a moment is written as ISO 8601 with its time zone, not as a number")
        return moment

    @field_validator("observed_at")
    @classmethod
    def _plausible(cls, moment: datetime) -> datetime:
        if moment > datetime.now(UTC) + AHEAD:
            raise ValueError(f"lies more than {AHEAD.days} days in the future")
        if moment < EARLIEST:
            raise ValueError("lies before 1900")
        return moment.astimezone(UTC)

    @field_validator("value")
    @classmethod
    def _storable(cls, value: Decimal) -> Decimal:
        exponent = value.as_tuple().exponent
        if abs(value) >= LARGEST or (isinstance(exponent, int) and exponent < FINEST):
            raise ValueError(f"needs to be below 10^18 and have at most {-FINEST} decimals")
        return value

    @property
    def series(self) -> Series:
        return (self.indicator, self.region, self.item)


@dataclass(frozen=True)
class Known:
    """What observations may refer to. `items` lists, per indicator, the items its dataset tells apart (empty: not checked)."""

    units: Mapping[str, str]
    regions: frozenset[str]
    items: Mapping[str, frozenset[str]]

    def fault(self, row: ObservationInput) -> tuple[str, str, str] | None:
        """Column, reason and value of the first thing that does not fit."""
        unit = self.units.get(row.indicator)
        if unit is None:
            return "indicator", "is not in the catalog", row.indicator
        if row.region not in self.regions:
            return "region", "is not a known region", row.region
        if row.unit is not None and row.unit != unit:
            return "unit", f"the indicator is kept in {unit!r}", row.unit
        if (items := self.items.get(row.indicator)) and row.item not in items:
            return "item", "is not among the items of the indicator's dataset", row.item
        return None


def parse_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[int, ObservationInput], list[Reject]]:
    parsed: dict[int, ObservationInput] = {}
    rejects: list[Reject] = []
    for number, row in enumerate(rows, start=1):
        try:
            parsed[number] = ObservationInput.model_validate(row)
        except ValidationError as error:
            column, reason, value = reason_of(error)
            rejects.append(Reject(row=number, column=column, reason=reason, value=value))
    return parsed, rejects


def reason_of(error: ValidationError) -> tuple[str, str, str]:
    """Column, reason and value of the first fault, in words for people."""
    fault = error.errors(include_url=False)[0]
    value = "" if isinstance(fault["input"], Mapping) else str(fault["input"])
    return ".".join(map(str, fault["loc"])), fault["msg"].removeprefix("Value error, "), value


def fitting_rows(parsed: Mapping[int, ObservationInput], known: Known, rejects: list[Reject]) -> list[ObservationInput]:
    """The rows that fit what is known, the last one where a batch gives a moment of a series twice."""
    kept: dict[tuple[Series, datetime], tuple[int, ObservationInput]] = {}
    for number, row in parsed.items():
        if fault := known.fault(row):
            column, reason, value = fault
            rejects.append(Reject(row=number, column=column, reason=reason, value=value))
            continue
        place = (row.series, row.observed_at)
        if place in kept:
            earlier, reason = kept[place], f"given again in row {number}, which counts"
            rejects.append(Reject(row=earlier[0], column="value", reason=reason, value=str(earlier[1].value)))
        kept[place] = (number, row)
    return [row for _, row in kept.values()]


async def read_known(connection: AsyncConnection, rows: list[ObservationInput], catalog: Catalog) -> Known:
    codes = sorted({row.indicator for row in rows})
    units = select(IndicatorRow.code, IndicatorRow.unit).where(col(IndicatorRow.code).in_(codes))
    regions = select(RegionRow.code).where(
        col(RegionRow.superseded_at) == FOREVER, col(RegionRow.code).in_({row.region for row in rows})
    )
    return Known(
        units={row[0]: row[1] for row in await connection.execute(units)},
        regions=frozenset((await connection.execute(regions)).scalars()),
        items={code: _items(catalog, code) for code in codes},
    )


def _items(catalog: Catalog, code: str) -> frozenset[str]:
    indicator = catalog.indicator(code)
    dataset = catalog.dataset(indicator.dataset) if indicator else None
    return frozenset(item.code for item in dataset.items) if dataset else frozenset()
