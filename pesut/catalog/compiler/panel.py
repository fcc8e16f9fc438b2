"""Joins the cells of all metrics and windows that a query needs into one panel: a row per group and bucket."""

from typing import Any, Literal

from sqlalchemy import CTE, FromClause, Numeric, and_, func, literal, or_, select, true, union

from pesut.catalog.compiler.budgets import budget_cells
from pesut.catalog.compiler.frame import Column, Cut, Frame, number
from pesut.catalog.compiler.observations import observation_cells
from pesut.catalog.compiler.periods import Window, year_to
from pesut.catalog.compiler.places import PLACES, all_places
from pesut.catalog.compiler.reports import report_cells
from pesut.catalog.compiler.semantics import BaseMetric, counts
from pesut.catalog.compiler.times import Times
from pesut.catalog.models import (
    BudgetMetric,
    Catalog,
    Metric,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMetric,
)
from pesut.contracts.query import Dimension, Filter, MetricQuery, Show

When = Literal["now", "before"]
Role = Literal["cells", "total", "people"]
PER_CAPITA = 1000  # inhabitants that `Show.PER_CAPITA` counts by


class Panel:
    """A row per group and bucket. Making one collects the pieces of the metric; asking for values may add others (the whole
    that shares are taken of, inhabitants); `source()` then joins them all.
    """

    def __init__(self, query: MetricQuery, catalog: Catalog, frame: Frame, times: Times) -> None:
        self.query, self.catalog, self.frame, self.times = query, catalog, frame, times
        self.dimensions = query.group_by
        self.spine = frame.spine("bucket_now", times.now, times.shift) if frame.grain else None
        self._spine_before = frame.spine("bucket_before", times.before) if frame.grain and times.before else None
        self._pieces: dict[tuple[str, Role, When], CTE] = {}
        self._groups: FromClause | None = None
        self._collect()

    def value(self, metric: Metric, when: When) -> Column:
        """The metric's value as the query shows it, not rounded."""
        plain = self._plain(metric, when)
        match self.query.show:
            case Show.SHARE:
                return plain / func.nullif(self._total(metric, when), 0)
            case Show.PER_CAPITA:
                return plain * number(PER_CAPITA) / func.nullif(self._people(when), 0)
            case Show.CUMULATIVE if self.spine is not None:
                bucket = self.spine.c.bucket
                keys = [self.key(dimension) for dimension in self.dimensions]
                return func.sum(plain, type_=Numeric).over(partition_by=keys or None, order_by=bucket)
            case _:
                return plain

    def key(self, dimension: Dimension) -> Column:
        """The group's code; '' for unknown."""
        return self.groups().c[dimension.value]

    def hidden(self, name: Literal["first", "last"]) -> Column:
        """Earliest or latest moment of the rows behind the value."""
        moments = [
            piece.c[name] for (_, role, when), piece in self._pieces.items() if role == "cells" and when == "now"
        ]
        chosen = func.least if name == "first" else func.greatest
        return chosen(*moments) if len(moments) > 1 else moments[0]

    def sample(self) -> Column:
        return or_(*(func.coalesce(piece.c.sample, False) for piece in self._pieces.values()))

    def groups(self) -> FromClause:
        """Every group that has rows now or before. Grouped by one level of places alone, a count is 0 in all others."""
        if self._groups is None:
            self._groups = self._make_groups()
        return self._groups

    def source(self) -> FromClause:
        """The pieces joined. Ask for all values first."""
        joined: FromClause | None = self.groups() if self.dimensions else None
        if self.spine is not None:
            joined = joined.join(self.spine, true()) if joined is not None else self.spine
        for (_, role, when), piece in self._pieces.items():
            if joined is None:
                joined = piece
            elif piece is not self._groups:
                joined = joined.outerjoin(piece, self._same(piece, role, when))
        assert joined is not None
        return joined

    def _collect(self) -> None:
        metric = self._metric(self.query.metric)
        self._plain(metric, "now")
        if self.times.shift:
            self._plain(metric, "before")

    def _same(self, piece: CTE, role: Role, when: When) -> Column:
        keys = [self.key(dimension) == piece.c[dimension.value] for dimension in self._dimensions_of(role)]
        if self.spine is not None:
            bucket = self.spine.c.bucket if when == "now" else self.spine.c.before
            keys.append(bucket == piece.c.bucket)
        return and_(true(), *keys)

    def _make_groups(self) -> FromClause:
        cells = [piece for (_, role, _), piece in self._pieces.items() if role == "cells"]
        complete = len(self.dimensions) == 1 and self.dimensions[0] in PLACES and self._counted
        if len(cells) == 1 and self.spine is None and not complete:
            return cells[0]
        names = [dimension.value for dimension in self.dimensions]
        selects: list[Any] = [select(*(piece.c[name] for name in names)) for piece in cells]
        if complete:
            selects.append(all_places(self.dimensions[0], self.query.filters, self.frame))
        return union(*selects).cte("group_now") if len(selects) > 1 else selects[0].distinct().cte("group_now")

    @property
    def _counted(self) -> bool:
        metric = self._metric(self.query.metric)
        return not isinstance(metric, PerCapitaMetric | RatioMetric) and counts(metric)

    def _plain(self, metric: Metric, when: When) -> Column:
        match metric:
            case RatioMetric():
                above = self._plain(self._metric(metric.numerator), when) * number(literal(metric.scale))
                return above / func.nullif(self._plain(self._metric(metric.denominator), when), 0)
            case PerCapitaMetric():
                return (
                    self._plain(self._metric(metric.numerator), when)
                    * number(metric.per)
                    / func.nullif(self._people(when), 0)
                )
            case _:
                value = self._piece(metric, "cells", when).c.value
                return func.coalesce(value, 0, type_=Numeric) if counts(metric) else value

    def _metric(self, code: str) -> Metric:
        metric = self.catalog.metric(code)
        assert metric is not None, "a loaded catalog names only metrics that it has"
        return metric

    def _total(self, metric: Metric, when: When) -> Column:
        assert isinstance(metric, ObservationMetric | ReportMetric | BudgetMetric)
        return self._piece(metric, "total", when).c.value

    def _people(self, when: When) -> Column:
        population = self._metric(self.catalog.population or "")
        assert isinstance(population, ObservationMetric)
        return self._piece(population, "people", when).c.value

    def _piece(self, metric: BaseMetric, role: Role, when: When) -> CTE:
        key = (metric.code, role, when)
        if key not in self._pieces:
            name = f"{role}_{len(self._pieces) + 1}_{when}"
            self._pieces[key] = self._cells(metric, self._cut(metric, role, when)).cte(name)
        return self._pieces[key]

    def _cells(self, metric: BaseMetric, cut: Cut) -> Any:
        match metric:
            case ObservationMetric():
                return observation_cells(metric, cut, self.frame)
            case ReportMetric():
                return report_cells(metric, cut, self.frame)
            case BudgetMetric():
                return budget_cells(metric, cut, self.frame)

    def _cut(self, metric: BaseMetric, role: Role, when: When) -> Cut:
        spine = self.spine if when == "now" else self._spine_before
        return Cut(
            dimensions=self._dimensions_of(role),
            filters=self._filters_of(role),
            window=self._window(metric, when),
            newest=role == "people" or self.query.period is None,
            since_ever=role == "people",
            spine=spine,
            placed=self.dimensions if role == "total" else (),
        )

    def _window(self, metric: BaseMetric, when: When) -> Window:
        if isinstance(metric, BudgetMetric) and self.query.period is None:
            return year_to(self.frame.as_of, self.frame.zone)
        ceiling = isinstance(metric, BudgetMetric) and metric.measure == "ceiling"
        now, before = (self.times.whole, self.times.whole_before) if ceiling else (self.times.now, self.times.before)
        window = now if when == "now" else before
        assert window is not None
        return window

    def _dimensions_of(self, role: Role) -> tuple[Dimension, ...]:
        match role:
            case "cells":
                return self.dimensions
            case "total":
                return ()
            case "people":
                return tuple(dimension for dimension in self.dimensions if dimension in PLACES)

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
                grouped = {family(dimension) for dimension in self.dimensions}
                return tuple(each for each in self.query.filters if grouped and family(each.dimension) not in grouped)


def family(dimension: Dimension) -> Dimension:
    """Districts and villages are regions."""
    return Dimension.REGION if dimension in PLACES else dimension
