"""The newest value of each series: what a live page shows. Raw observations, no aggregate."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import Select, select, true
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.selectable import LateralFromClause
from sqlmodel import col

from pesut.contracts import Contract, Scope
from pesut.database.access import reading_as
from pesut.database.tables import DatasetRow, IndicatorRow, ObservationRow, SeriesRow

MOST_SERIES = 2000


class LatestValue(Contract):
    """A series' newest value as known at the moment asked for: `observed_at` (UTC) is when it was true of the city,
    `recorded_at` when it became known. `stale` when older than its dataset promises.
    """

    indicator: str
    name: str
    unit: str
    region: str
    item: str
    value: Decimal
    observed_at: AwareDatetime
    recorded_at: AwareDatetime
    dataset: str
    agency: str
    stale: bool
    sample: bool


async def latest_values(
    engine: AsyncEngine, scope: Scope, as_of: datetime, *, indicators: Sequence[str] = (), regions: Sequence[str] = ()
) -> list[LatestValue]:
    """Newest values by indicator, region and item, at most MOST_SERIES; empty `indicators` or `regions` mean all."""
    async with reading_as(engine, scope) as connection:
        rows = (await connection.execute(latest_query(as_of, indicators, regions))).mappings().all()
    return [
        LatestValue.model_validate(
            {name: row[name] for name in row if name != "staleness_seconds"}
            | {"stale": (as_of - row["observed_at"]).total_seconds() > row["staleness_seconds"]}
        )
        for row in rows
    ]


def latest_query(
    as_of: datetime, indicators: Sequence[str] = (), regions: Sequence[str] = ()
) -> Select[*tuple[Any, ...]]:
    """The statement behind `latest_values`."""
    newest = _newest_of_series(as_of)
    columns: list[Any] = [
        col(IndicatorRow.code).label("indicator"), col(IndicatorRow.name), col(IndicatorRow.unit),
        col(SeriesRow.region_code).label("region"), col(SeriesRow.item), *newest.columns,
        col(DatasetRow.code).label("dataset"), col(SeriesRow.agency_code).label("agency"),
        col(DatasetRow.staleness_seconds),
    ]  # fmt: skip
    query = (
        select(*columns)
        .select_from(SeriesRow)
        .join(IndicatorRow, col(IndicatorRow.code) == col(SeriesRow.indicator_code))
        .join(DatasetRow, col(DatasetRow.code) == col(IndicatorRow.dataset_code))
        .join(newest, true())
        .order_by(col(IndicatorRow.code), col(SeriesRow.region_code), col(SeriesRow.item))
        .limit(MOST_SERIES)
    )
    if indicators:
        query = query.where(col(SeriesRow.indicator_code).in_(indicators))
    if regions:
        query = query.where(col(SeriesRow.region_code).in_(regions))
    return query


def _newest_of_series(as_of: datetime) -> LateralFromClause:
    observation: list[Any] = [
        col(ObservationRow.value), col(ObservationRow.observed_at), col(ObservationRow.recorded_at),
        col(ObservationRow.sample),
    ]  # fmt: skip
    return (
        select(*observation)
        .where(
            col(ObservationRow.series_id) == col(SeriesRow.id),
            col(ObservationRow.observed_at) <= as_of,
            col(ObservationRow.recorded_at) <= as_of,
            col(ObservationRow.superseded_at) > as_of,
        )
        .order_by(col(ObservationRow.observed_at).desc())
        .limit(1)
        .lateral("newest")
    )
