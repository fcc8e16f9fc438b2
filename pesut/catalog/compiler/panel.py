"""Lays the cells of all metrics and windows side by side: a row per group and bucket, a column per metric and window."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    Boolean,
    DateTime,
    FromClause,
    Numeric,
    Select,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union,
    union_all,
)

from pesut.catalog.compiler.frame import Column, Frame, number
from pesut.catalog.compiler.pieces import Pieces, Role, When
from pesut.catalog.compiler.places import PLACES, all_places
from pesut.catalog.compiler.semantics import BaseMetric, counts
from pesut.catalog.compiler.times import Times
from pesut.catalog.models import (
    BudgetMetric,
    Catalog,
    DifferenceMetric,
    Metric,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMetric,
)
from pesut.contracts.query import MetricQuery, Show

PER_CAPITA = 1000  # inhabitants that `Show.PER_CAPITA` counts by
_AWARE = DateTime(timezone=True)


class _Part(NamedTuple):
    """Cells and the name of their values' column in the table."""

    piece: FromClause
    column: str
    when: When


class Panel:
    """`table` has the dimensions ('' for unknown), `bucket`, a column of values per metric and window, first, last, sample.

    It is a union that is grouped, not a join: joining cells on several keys misleads PostgreSQL's planner.
    """

    def __init__(self, query: MetricQuery, catalog: Catalog, frame: Frame, times: Times) -> None:
        self.query, self.catalog, self.frame = query, catalog, frame
        self._pieces = Pieces(query, frame, times)
        self.metric = self._metric(query.metric)
        whens: tuple[When, ...] = ("now", "before") if times.shift else ("now",)
        cells = product({each.code: each for each in self._cell_metrics(self.metric)}.values(), whens)
        self._parts = {
            (metric.code, when): _Part(self._pieces.piece(metric, "cells", when), f"value_{number_}", when)
            for number_, (metric, when) in enumerate(cells, start=1)
        }
        self._names = [dimension.value for dimension in query.group_by] + (["bucket"] if frame.grain else [])
        self.table = self._laid_out()
        self._joined: dict[tuple[Role, When], FromClause] = {}

    @property
    def keys(self) -> list[Column]:
        """The columns of the groups, without the bucket."""
        return [self.table.c[dimension.value] for dimension in self.query.group_by]

    def value(self, when: When) -> Column:
        """The metric's value as the query shows it, not rounded."""
        plain = self._plain(self.metric, when)
        match self.query.show:
            case Show.SHARE:
                return plain / func.nullif(self._total(when), 0)
            case Show.PER_CAPITA:
                return plain * number(PER_CAPITA) / func.nullif(self._people(when), 0)
            case Show.CUMULATIVE if self.frame.grain:
                bucket = self.table.c.bucket
                return func.sum(plain, type_=Numeric).over(partition_by=self.keys or None, order_by=bucket)
            case _:
                return plain

    def sample(self) -> Column:
        """Whether sample data is behind any value of the row."""
        samples = [self.table.c.sample, *(piece.c.sample for piece in self._joined.values())]
        return or_(*(func.coalesce(sample, False) for sample in samples))

    def source(self) -> FromClause:
        """The table joined with wholes and inhabitants. Ask for all values first."""
        joined: FromClause = self.table
        for (role, _), piece in self._joined.items():
            names = [dimension.value for dimension in self._pieces.dimensions_of(role)]
            same = [self.table.c[name] == piece.c[name] for name in (*names, *(["bucket"] if self.frame.grain else []))]
            joined = joined.outerjoin(piece, and_(true(), *same))
        return joined

    def _plain(self, metric: Metric, when: When) -> Column:
        match metric:
            case RatioMetric():
                above = self._plain(self._metric(metric.numerator), when) * number(literal(metric.scale))
                return above / func.nullif(self._plain(self._metric(metric.denominator), when), 0)
            case DifferenceMetric():
                minuend, subtrahend = self._metric(metric.minuend), self._metric(metric.subtrahend)
                return self._plain(minuend, when) - self._plain(subtrahend, when)
            case PerCapitaMetric():
                above = self._plain(self._metric(metric.numerator), when) * number(metric.per)
                return above / func.nullif(self._people(when), 0)
            case _:
                value = self.table.c[self._parts[metric.code, when].column]
                return func.coalesce(value, 0, type_=Numeric) if counts(metric) else value

    def _total(self, when: When) -> Column:
        assert isinstance(self.metric, ObservationMetric | ReportMetric | BudgetMetric)
        return self._join(self.metric, "total", when).c.value

    def _people(self, when: When) -> Column:
        population = self._metric(self.catalog.population or "")
        assert isinstance(population, ObservationMetric)
        return self._join(population, "people", when).c.value

    def _join(self, metric: BaseMetric, role: Role, when: When) -> FromClause:
        return self._joined.setdefault((role, when), self._pieces.piece(metric, role, when))

    def _cell_metrics(self, metric: Metric) -> Iterator[BaseMetric]:
        """The metrics over rows whose groups are the query's: all but the inhabitants."""
        match metric:
            case RatioMetric():
                yield from self._cell_metrics(self._metric(metric.numerator))
                yield from self._cell_metrics(self._metric(metric.denominator))
            case DifferenceMetric():
                yield from self._cell_metrics(self._metric(metric.minuend))
                yield from self._cell_metrics(self._metric(metric.subtrahend))
            case PerCapitaMetric():
                yield from self._cell_metrics(self._metric(metric.numerator))
            case _:
                yield metric

    def _metric(self, code: str) -> Metric:
        metric = self.catalog.metric(code)
        assert metric is not None, "a loaded catalog names only metrics that it has"
        return metric

    def _laid_out(self) -> CTE:
        parts = [self._row(part) for part in self._parts.values()]
        if (filler := self._filler()) is not None:
            parts.append(filler)
        rows: Any = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("part").c
        keys: list[Any] = [rows[name] for name in self._names]
        values = [func.max(rows[part.column], type_=Numeric).label(part.column) for part in self._parts.values()]
        hidden = [
            func.min(rows.first).label("first"),
            func.max(rows.last).label("last"),
            func.bool_or(rows.sample).label("sample"),
        ]
        return select(*keys, *values, *hidden).group_by(*keys).cte("panel")

    def _row(self, part: _Part) -> Select[*tuple[Any, ...]]:
        """Its own value, and nothing in the columns of the others. Only the rows of now say what is spoken of."""
        cell = part.piece.c
        keys = [cell[name] for name in self._names]
        values = [
            (cell.value if other is part else _nothing(Numeric())).label(other.column) for other in self._parts.values()
        ]
        spoken = [cell[name] if part.when == "now" else _nothing(_AWARE).label(name) for name in ("first", "last")]
        return select(*keys, *values, *spoken, cell.sample)

    def _filler(self) -> Select[*tuple[Any, ...]] | None:
        """Rows without values: every bucket of every group; every place, where places alone are counted."""
        if self._pieces.spine is None and not self._counts_places:
            return None
        groups = self._groups() if self.query.group_by else None
        source = [each for each in (groups, self._pieces.spine) if each is not None]
        keys = [each.c[name] for each in source for name in self._names if name in each.c]
        values = [_nothing(Numeric()).label(part.column) for part in self._parts.values()]
        hidden = [_nothing(_AWARE).label("first"), _nothing(_AWARE).label("last"), _nothing(Boolean()).label("sample")]
        statement = select(*keys, *values, *hidden).select_from(source[0])
        return statement.join(source[1], true()) if len(source) > 1 else statement

    def _groups(self) -> FromClause:
        """Every group that has rows now or before, and every place, where places alone are counted."""
        names = [dimension.value for dimension in self.query.group_by]
        selects: list[Any] = []
        if self._pieces.spine is not None:
            selects = [select(*(part.piece.c[name] for name in names)) for part in self._parts.values()]
        if self._counts_places:
            selects.append(all_places(self.query.group_by[0], self.query.filters, self.frame))
        return (union(*selects) if len(selects) > 1 else selects[0].distinct()).cte("group_now")

    @property
    def _counts_places(self) -> bool:
        grouped = self.query.group_by
        counted = isinstance(self.metric, ObservationMetric | ReportMetric) and counts(self.metric)
        return counted and len(grouped) == 1 and grouped[0] in PLACES


def _nothing(kind: Any) -> Column:
    return cast(null(), kind)
