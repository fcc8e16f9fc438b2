"""Cells over observations: from the rows themselves, from the monthly rollup, or from each series' newest value."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import DateTime, FromClause, Integer, Select, func, literal, select, true, union_all

from pesut.catalog.compiler.aggregates import aggregate, aggregate_months, seen
from pesut.catalog.compiler.frame import Column, Cut, Frame, Keys, texts
from pesut.catalog.compiler.periods import Window, first_date, whole_months
from pesut.catalog.compiler.places import PLACES, place_columns, within
from pesut.catalog.compiler.semantics import FINENESS, rolls_up
from pesut.catalog.compiler.tables import OBSERVATION, OBSERVATION_MONTH, SERIES
from pesut.catalog.models import ObservationMetric
from pesut.contracts.query import Dimension, Grain

_PLACED = frozenset({Dimension.DISTRICT, Dimension.VILLAGE, Dimension.ITEM})
_AWARE = DateTime(timezone=True)


def observation_cells(metric: ObservationMetric, cut: Cut, frame: Frame) -> Select[*tuple[Any, ...]]:
    """Columns: dimensions, bucket, value, first, last, sample. A series that lies above a level grouped by (the city's own
    figure, when grouped by district) or has no item is another thing, so it is left out.
    """
    series = _Series(metric, cut, frame)
    if cut.newest or metric.over_time == "last":
        return _newest(metric, cut, series)
    months = whole_months(cut.window, frame.zone)
    if months and rolls_up(metric) and (frame.grain is None or FINENESS[frame.grain] >= FINENESS[Grain.MONTH]):
        return _rolled_up(metric, cut, series, Window(*months))
    return _raw(metric, cut, series)


class _Series:
    """The series that a cut keeps, with their dimensions."""

    def __init__(self, metric: ObservationMetric, cut: Cut, frame: Frame) -> None:
        self.frame = frame
        self._offered = {Dimension.ITEM: SERIES.c.item, Dimension.AGENCY: SERIES.c.agency_code}
        self.source: FromClause = SERIES
        placed = (*cut.dimensions, *cut.placed)
        if PLACES.intersection(placed):
            place = frame.place
            self.source = SERIES.outerjoin(place, place.c.code == SERIES.c.region_code)
            self._offered |= place_columns(place)
        self.dimensions: dict[Dimension, Column] = {each: self._offered[each] for each in cut.dimensions}
        self.conditions = [SERIES.c.indicator_code == metric.indicator, *self._filters(cut), *self._having(placed)]

    def _filters(self, cut: Cut) -> Iterator[Column]:
        for each in cut.filters:
            if each.dimension in PLACES:
                yield within(SERIES.c.region_code, each, self.frame)
            else:
                column, values = self._offered[each.dimension], texts(each.values)
                yield column != values.all_() if each.exclude else column == values.any_()

    def _having(self, dimensions: tuple[Dimension, ...]) -> Iterator[Column]:
        return (self._offered[dimension] != "" for dimension in dimensions if dimension in _PLACED)

    def observations(self, window: Window) -> tuple[FromClause, list[Column]]:
        """Source and conditions for the observations of a window."""
        observed_at = OBSERVATION.c.observed_at
        conditions = [*self.conditions, self.frame.visible(OBSERVATION), observed_at < window.end]
        if window.start:
            conditions.append(observed_at >= window.start)
        return self.source.join(OBSERVATION, OBSERVATION.c.series_id == SERIES.c.id), conditions

    def keys(self, moment: Column) -> Keys:
        return Keys(self.dimensions, self.frame.bucket(moment) if self.frame.grain else None)


def _raw(metric: ObservationMetric, cut: Cut, series: _Series) -> Select[*tuple[Any, ...]]:
    row = OBSERVATION.c
    source, conditions = series.observations(cut.window)
    keys = series.keys(row.observed_at)
    value = aggregate(metric.aggregation, row.value, metric.percentile).label("value")
    hidden = seen(row.observed_at, row.observed_at, row.sample)
    return select(*keys.labelled, value, *hidden).select_from(source).where(*conditions).group_by(*keys.columns)


def _rolled_up(metric: ObservationMetric, cut: Cut, series: _Series, months: Window) -> Select[*tuple[Any, ...]]:
    """Whole months from the rollup, and the rows themselves for what lies before and after them."""
    assert cut.window.start and months.start
    parts = [_months(series, months)]
    if cut.window.start < months.start:
        parts.append(_facts(series, Window(cut.window.start, months.start)))
    if months.end < cut.window.end:
        parts.append(_facts(series, Window(months.end, cut.window.end)))
    facts: Any = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("facts").c
    names = [dimension.value for dimension in series.dimensions] + (["bucket"] if series.frame.grain else [])
    keys: list[Any] = [facts[name] for name in names]
    value = aggregate_months(metric.aggregation, facts).label("value")
    return select(*keys, value, *seen(facts.first, facts.last, facts.sample)).group_by(*keys)


def _months(series: _Series, months: Window) -> Select[*tuple[Any, ...]]:
    """Summed up by month first: a month's begin is then worked out once for each group instead of for each row."""
    row, frame = OBSERVATION_MONTH.c, series.frame
    assert months.start
    dimensions = list(series.dimensions.values())
    return (
        select(*series.keys(frame.month_begin(row.month)).labelled, *_summed(row))
        .select_from(series.source.join(OBSERVATION_MONTH, row.series_id == SERIES.c.id))
        .where(
            *series.conditions,
            frame.visible(OBSERVATION_MONTH),
            row.month >= first_date(months.start, frame.zone),
            row.month < first_date(months.end, frame.zone),
        )
        .group_by(*dimensions, row.month)
    )


def _summed(row: Any) -> list[Any]:
    return [
        func.sum(row.n).label("n"),
        func.sum(row.total).label("total"),
        func.min(row.minimum).label("minimum"),
        func.max(row.maximum).label("maximum"),
        *seen(row.first_observed_at, row.last_observed_at, row.sample),
    ]


def _facts(series: _Series, window: Window) -> Select[*tuple[Any, ...]]:
    row = OBSERVATION.c
    source, conditions = series.observations(window)
    columns: list[Any] = [
        literal(1, Integer).label("n"), row.value.label("total"), row.value.label("minimum"), row.value.label("maximum"),
        row.observed_at.label("first"), row.observed_at.label("last"), row.sample,
    ]  # fmt: skip
    return select(*series.keys(row.observed_at).labelled, *columns).select_from(source).where(*conditions)


def _newest(metric: ObservationMetric, cut: Cut, series: _Series) -> Select[*tuple[Any, ...]]:
    """Each series' newest value by one index probe, then the aggregate across series."""
    spine, window = cut.spine, cut.window
    source = series.source if spine is None else series.source.join(spine, true())
    closes: Column = literal(window.end, _AWARE) if spine is None else spine.c.closes
    opens: Column | None = literal(window.start, _AWARE) if spine is None else spine.c.opens
    if cut.since_ever or window.start is None:
        opens = None
    newest = _newest_of_series(series, opens, closes)
    keys = Keys(series.dimensions, spine.c.bucket if spine is not None else None)
    value = aggregate(metric.aggregation, newest.c.value, metric.percentile).label("value")
    hidden = seen(newest.c.observed_at, newest.c.observed_at, newest.c.sample)
    return (
        select(*keys.labelled, value, *hidden)
        .select_from(source.join(newest, true()))
        .where(*series.conditions)
        .group_by(*keys.columns)
    )


def _newest_of_series(series: _Series, opens: Column | None, closes: Column) -> Any:
    row = OBSERVATION.c
    conditions = [row.series_id == SERIES.c.id, row.observed_at < closes, series.frame.visible(OBSERVATION)]
    if opens is not None:
        conditions.append(row.observed_at >= opens)
    columns = (row.value, row.observed_at, row.sample)
    return select(*columns).where(*conditions).order_by(row.observed_at.desc()).limit(1).lateral("newest")
