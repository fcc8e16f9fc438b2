"""How old a dataset's newest value was at a moment, against the age its catalog entry promises."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Interval, Select, cast, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.catalog.compiler.tables import (
    BUDGET_REALISATION,
    INDICATOR,
    OBSERVATION,
    REPORT_STATE,
    SERIES,
    visible,
)
from pesut.catalog.models import BudgetMetric, Catalog, Dataset, ReportMetric
from pesut.contracts import Freshness

_Moment = Select[datetime | None]


async def freshness(
    connection: AsyncConnection, catalog: Catalog, datasets: Sequence[Dataset], as_of: datetime, *, since: bool = False
) -> tuple[Freshness, ...]:
    """One entry per dataset. Newest is the newest observation, submission, or end of a month with realised budget, never
    after `as_of`; None where nothing is known, which is not called stale, since nothing is there to be out of date.

    The oldest is looked for only when `since`.
    """
    found: list[Freshness] = []
    for dataset in datasets:
        newest = (await connection.execute(_edge(dataset, catalog, as_of))).scalar_one_or_none()
        query = _edge(dataset, catalog, as_of, newest=False) if since and newest else None
        oldest = (await connection.execute(query)).scalar_one_or_none() if query is not None else None
        age = (as_of - newest).total_seconds() if newest else None
        limit = dataset.staleness.total_seconds()
        found.append(
            Freshness(
                dataset=dataset.code, newest=newest, oldest=oldest, age_seconds=age, limit_seconds=limit,
                stale=age is not None and age > limit,
            )
        )  # fmt: skip
    return tuple(found)


def _edge(dataset: Dataset, catalog: Catalog, as_of: datetime, *, newest: bool = True) -> _Moment:
    """The newest moment that a dataset speaks of, or the oldest."""
    users = [metric for metric in catalog.metrics if getattr(metric, "dataset", None) == dataset.code]
    if any(isinstance(metric, ReportMetric) for metric in users):
        return _edge_of_reports(as_of, newest=newest)
    if any(isinstance(metric, BudgetMetric) for metric in users):
        return _edge_of_realisations(as_of, newest=newest)
    return _edge_of_observations(dataset.code, as_of, newest=newest)


def _edge_of_observations(dataset: str, as_of: datetime, *, newest: bool) -> _Moment:
    """One index probe per series."""
    observed_at: Any = OBSERVATION.c.observed_at
    edge = (
        select(observed_at)
        .where(OBSERVATION.c.series_id == SERIES.c.id, observed_at <= as_of, visible(OBSERVATION, as_of))
        .order_by(observed_at.desc() if newest else observed_at.asc())
        .limit(1)
        .lateral("edge")
    )
    return (
        select((func.max if newest else func.min)(edge.c.observed_at))
        .select_from(SERIES.join(INDICATOR, INDICATOR.c.code == SERIES.c.indicator_code).join(edge, true()))
        .where(INDICATOR.c.dataset_code == dataset)
    )


def _edge_of_reports(as_of: datetime, *, newest: bool) -> _Moment:
    submitted: Any = REPORT_STATE.c.submitted_at
    order = submitted.desc() if newest else submitted.asc()
    return select(submitted).where(visible(REPORT_STATE, as_of), submitted <= as_of).order_by(order).limit(1)


def _edge_of_realisations(as_of: datetime, *, newest: bool) -> _Moment:
    month: Any = BUDGET_REALISATION.c.month
    edge = func.max(month) + cast("1 month", Interval) if newest else func.min(month) + cast("0 month", Interval)
    return select(func.least(edge, literal(as_of))).where(visible(BUDGET_REALISATION, as_of))
