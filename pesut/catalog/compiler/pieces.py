"""The cells of each metric, window and role that a query needs, each computed once."""

from typing import Any, Literal

from sqlalchemy import CTE, FromClause, select

from pesut.catalog.compiler.budgets import budget_cells
from pesut.catalog.compiler.frame import Cut, Frame
from pesut.catalog.compiler.observations import observation_cells
from pesut.catalog.compiler.periods import Window, year_to
from pesut.catalog.compiler.places import PLACES
from pesut.catalog.compiler.reports import report_cells
from pesut.catalog.compiler.semantics import BaseMetric
from pesut.catalog.compiler.times import Times
from pesut.catalog.models import BudgetMetric, ObservationMetric, ReportMetric
from pesut.contracts.query import Dimension, Filter, MetricQuery

When = Literal["now", "before"]
Role = Literal["cells", "total", "people"]
"""Cells are what the query asks for; the total is the whole that shares are taken of; people are the inhabitants."""


class Pieces:
    def __init__(self, query: MetricQuery, frame: Frame, times: Times) -> None:
        self.query, self.frame, self.times = query, frame, times
        self.spine = frame.spine("bucket_now", times.now, times.shift) if frame.grain else None
        self._spine_before = frame.spine("bucket_before", times.before) if frame.grain and times.before else None
        self._made: dict[tuple[str, Role, When], FromClause] = {}

    def piece(self, metric: BaseMetric, role: Role, when: When) -> FromClause:
        """Columns: the role's dimensions, `bucket` (of now, also for what lies before), value, first, last, sample."""
        key = (metric.code, role, when)
        if key not in self._made:
            name = f"{role}_{len(self._made) + 1}_{when}"
            made = self._cells(metric, self._cut(metric, role, when)).cte(name)
            self._made[key] = self._aligned(made, name) if when == "before" else made
        return self._made[key]

    def dimensions_of(self, role: Role) -> tuple[Dimension, ...]:
        match role:
            case "cells":
                return self.query.group_by
            case "total":
                return ()
            case "people":
                return tuple(dimension for dimension in self.query.group_by if dimension in PLACES)

    def _aligned(self, before: CTE, name: str) -> FromClause:
        """What lay before, at the buckets it is compared with."""
        if self.spine is None:
            return before
        columns: list[Any] = [column for column in before.c if column.key != "bucket"]
        joined = before.join(self.spine, self.spine.c.before == before.c.bucket)
        return select(*columns, self.spine.c.bucket).select_from(joined).cte(f"{name}_aligned")

    def _cells(self, metric: BaseMetric, cut: Cut) -> Any:
        match metric:
            case ObservationMetric():
                return observation_cells(metric, cut, self.frame)
            case ReportMetric():
                return report_cells(metric, cut, self.frame)
            case BudgetMetric():
                return budget_cells(metric, cut, self.frame)

    def _cut(self, metric: BaseMetric, role: Role, when: When) -> Cut:
        return Cut(
            dimensions=self.dimensions_of(role),
            filters=self._filters_of(role),
            window=self._window(metric, when),
            newest=role == "people" or self.query.period is None,
            since_ever=role == "people",
            spine=self.spine if when == "now" else self._spine_before,
            placed=self.query.group_by if role == "total" else (),
        )

    def _window(self, metric: BaseMetric, when: When) -> Window:
        """Ceilings hold for whole years, so they are not cut at the moment; without a period they are those of its year."""
        if isinstance(metric, BudgetMetric) and self.query.period is None:
            return year_to(self.frame.as_of, self.frame.zone)
        ceiling = isinstance(metric, BudgetMetric) and metric.measure == "ceiling"
        now, before = (self.times.whole, self.times.whole_before) if ceiling else (self.times.now, self.times.before)
        window = now if when == "now" else before
        assert window is not None
        return window

    def _filters_of(self, role: Role) -> tuple[Filter, ...]:
        """Inhabitants are filtered by place only. The whole that shares are taken of ignores the filters on what is grouped
        by; where nothing is grouped, all filters.
        """
        match role:
            case "cells":
                return self.query.filters
            case "people":
                return tuple(each for each in self.query.filters if each.dimension in PLACES)
            case "total":
                grouped = {_family(dimension) for dimension in self.query.group_by}
                return tuple(each for each in self.query.filters if grouped and _family(each.dimension) not in grouped)


def _family(dimension: Dimension) -> Dimension:
    """Districts and villages are regions."""
    return Dimension.REGION if dimension in PLACES else dimension
