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

_Newest = Select[datetime | None]


async def freshness(
    connection: AsyncConnection, catalog: Catalog, datasets: Sequence[Dataset], as_of: datetime
) -> tuple[Freshness, ...]:
    """One entry per dataset. Newest is the newest observation, submission, or end of a month with realised budget, never
    after `as_of`; None where nothing is known, which is not called stale, since nothing is there to be out of date.
    """
    found: list[Freshness] = []
    for dataset in datasets:
        newest = (await connection.execute(_newest(dataset, catalog, as_of))).scalar_one_or_none()
        age = (as_of - newest).total_seconds() if newest else None
        limit = dataset.staleness.total_seconds()
        found.append(
            Freshness(
                dataset=dataset.code, newest=newest, age_seconds=age, limit_seconds=limit,
                stale=age is not None and age > limit,
            )
        )  # fmt: skip
    return tuple(found)


def _newest(dataset: Dataset, catalog: Catalog, as_of: datetime) -> _Newest:
    users = [metric for metric in catalog.metrics if getattr(metric, "dataset", None) == dataset.code]
    if any(isinstance(metric, ReportMetric) for metric in users):
        return _newest_report(as_of)
    if any(isinstance(metric, BudgetMetric) for metric in users):
        return _newest_realisation(as_of)
    return _newest_observation(dataset.code, as_of)


def _newest_observation(dataset: str, as_of: datetime) -> _Newest:
    """One index probe per series."""
    observed_at: Any = OBSERVATION.c.observed_at
    newest = (
        select(observed_at)
        .where(OBSERVATION.c.series_id == SERIES.c.id, observed_at <= as_of, visible(OBSERVATION, as_of))
        .order_by(observed_at.desc())
        .limit(1)
        .lateral("newest")
    )
    return (
        select(func.max(newest.c.observed_at))
        .select_from(SERIES.join(INDICATOR, INDICATOR.c.code == SERIES.c.indicator_code).join(newest, true()))
        .where(INDICATOR.c.dataset_code == dataset)
    )


def _newest_report(as_of: datetime) -> _Newest:
    submitted: Any = REPORT_STATE.c.submitted_at
    return select(submitted).where(visible(REPORT_STATE, as_of), submitted <= as_of).order_by(submitted.desc()).limit(1)


def _newest_realisation(as_of: datetime) -> _Newest:
    ended = func.max(BUDGET_REALISATION.c.month) + cast("1 month", Interval)
    return select(func.least(ended, literal(as_of))).where(visible(BUDGET_REALISATION, as_of))
