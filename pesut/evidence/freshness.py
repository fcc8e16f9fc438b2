"""How old a dataset's newest value was at a moment, against the age its catalog entry promises."""

from collections.abc import Collection, Sequence
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
from pesut.catalog.models import BudgetMetric, Catalog, Dataset, Metric, ReportMetric
from pesut.contracts import Freshness

_Moment = Select[datetime | None]
_Edges = dict[str, datetime | None]
"""The newest moment that each dataset speaks of, or the oldest, by its code."""


async def freshness(
    connection: AsyncConnection, catalog: Catalog, datasets: Sequence[Dataset], as_of: datetime, *, since: bool = False
) -> tuple[Freshness, ...]:
    """One entry per dataset. Newest is the newest observation, submission, or end of a month with realised budget, never
    after `as_of`; None where nothing is known, which is not called stale, since nothing is there to be out of date.

    The oldest is looked for only when `since`.
    """
    newest = await _edges(connection, catalog, datasets, as_of, newest=True)
    known = [each for each in datasets if newest[each.code]] if since else []
    oldest = await _edges(connection, catalog, known, as_of, newest=False)
    return tuple(_fresh(each, newest[each.code], oldest.get(each.code), as_of) for each in datasets)


def _fresh(dataset: Dataset, newest: datetime | None, oldest: datetime | None, as_of: datetime) -> Freshness:
    age = (as_of - newest).total_seconds() if newest else None
    limit = dataset.staleness.total_seconds()
    return Freshness(
        dataset=dataset.code, newest=newest, oldest=oldest, age_seconds=age, limit_seconds=limit,
        stale=age is not None and age > limit,
    )  # fmt: skip


async def _edges(
    connection: AsyncConnection, catalog: Catalog, datasets: Sequence[Dataset], as_of: datetime, *, newest: bool
) -> _Edges:
    """With one query for all datasets of a kind."""
    reports = _used_by(ReportMetric, catalog, datasets)
    budgets = _used_by(BudgetMetric, catalog, datasets) - reports
    observed = {each.code for each in datasets} - reports - budgets
    found: _Edges = dict.fromkeys((each.code for each in datasets), None)
    if reports:
        edge = (await connection.execute(_edge_of_reports(as_of, newest=newest))).scalar_one_or_none()
        found |= dict.fromkeys(reports, edge)
    if budgets:
        edge = (await connection.execute(_edge_of_realisations(as_of, newest=newest))).scalar_one_or_none()
        found |= dict.fromkeys(budgets, edge)
    if observed:
        rows = await connection.execute(_edges_of_observations(observed, as_of, newest=newest))
        found |= {row.dataset_code: row.edge for row in rows}
    return found


def _used_by(kind: type[Metric], catalog: Catalog, datasets: Sequence[Dataset]) -> set[str]:
    used = {getattr(metric, "dataset", None) for metric in catalog.metrics if isinstance(metric, kind)}
    return {each.code for each in datasets if each.code in used}


def _edges_of_observations(datasets: Collection[str], as_of: datetime, *, newest: bool) -> Select[str, datetime]:
    """One index probe per series."""
    observed_at: Any = OBSERVATION.c.observed_at
    edge = (
        select(observed_at)
        .where(OBSERVATION.c.series_id == SERIES.c.id, observed_at <= as_of, visible(OBSERVATION, as_of))
        .order_by(observed_at.desc() if newest else observed_at.asc())
        .limit(1)
        .lateral("edge")
    )
    dataset: Any = INDICATOR.c.dataset_code
    return (
        select(dataset, (func.max if newest else func.min)(edge.c.observed_at).label("edge"))
        .select_from(SERIES.join(INDICATOR, INDICATOR.c.code == SERIES.c.indicator_code).join(edge, true()))
        .where(dataset.in_(sorted(datasets)))
        .group_by(dataset)
    )


def _edge_of_reports(as_of: datetime, *, newest: bool) -> _Moment:
    submitted: Any = REPORT_STATE.c.submitted_at
    order = submitted.desc() if newest else submitted.asc()
    return select(submitted).where(visible(REPORT_STATE, as_of), submitted <= as_of).order_by(order).limit(1)


def _edge_of_realisations(as_of: datetime, *, newest: bool) -> _Moment:
    month: Any = BUDGET_REALISATION.c.month
    edge = func.max(month) + cast("1 month", Interval) if newest else func.min(month) + cast("0 month", Interval)
    return select(func.least(edge, literal(as_of))).where(visible(BUDGET_REALISATION, as_of))
