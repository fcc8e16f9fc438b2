"""What a morning briefing looks up: the city's tiles against the time before, thresholds, growing categories, decisions."""

from collections.abc import Iterator
from datetime import date, timedelta

from pesut.catalog.models import Aggregation, Catalog, Metric, ObservationMetric, ReportMeasure, ReportMetric
from pesut.catalog.thresholds import is_bad
from pesut.city.models import City, Tile
from pesut.city.tiles import running
from pesut.contracts import (
    Comparison,
    Dimension,
    DueQuery,
    Grain,
    LateQuery,
    MetricQuery,
    MetricStep,
    Order,
    Period,
    Plan,
    StandingStep,
    Step,
)
from pesut.runs.briefings import midnight

MOST_THRESHOLDS = 30  # metrics; with at most 24 tiles, a plan's steps hold them all
A_DAY, LOOKBACK, GROWTH = timedelta(days=1), timedelta(days=2), timedelta(days=7)
GROUPS = 5
_DAILY = {Grain.HOUR, Grain.DAY}


def briefing_plan(day: date, city: City, catalog: Catalog) -> Plan:
    """The steps of `day`'s briefing, in the order in which its parts are read; the same for the same catalog.

    Yesterday is compared with the day before; a tile that runs over a week or longer, its bucket up to last midnight with the
    same part of the one before; a metric that is observed less often than daily, its last whole bucket with the one before.
    Thresholds are held against the newest values, of what is observed daily against those of the last days. Reports of the last seven days by category are
    compared with the seven days before.
    """
    steps = (
        *_thresholds(day, city, catalog),
        *_changes(day, city, catalog),
        *_growth(day, city, catalog),
        StandingStep(query=LateQuery(on=day)),
        StandingStep(query=DueQuery(on=day)),
    )
    return Plan(steps=steps, briefing=day)


def _thresholds(day: date, city: City, catalog: Catalog) -> Iterator[Step]:
    """By item where there are any; of what is observed daily the last days, so that it shows what is new."""
    watched = [
        metric for metric in catalog.metrics if any(is_bad(threshold, metric) for threshold in metric.thresholds)
    ]
    for metric in watched[:MOST_THRESHOLDS]:
        daily = {base.finest_grain for base in catalog.bases(metric)} <= _DAILY
        items = bool(catalog.items_of(metric)) and Dimension.ITEM in catalog.dimensions_of(metric)
        yield MetricStep(
            query=MetricQuery(
                metric=metric.code,
                period=Period(start=midnight(day - LOOKBACK, city), end=midnight(day + A_DAY, city)) if daily else None,
                group_by=(Dimension.ITEM,) if items else (),
                grain=Grain.DAY if daily else None,
            )
        )


def _changes(day: date, city: City, catalog: Catalog) -> Iterator[Step]:
    for tile in city.tiles:
        if (metric := catalog.metric(tile.metric)) is not None:
            period = _compared(tile, metric, day, city, catalog)
            query = MetricQuery(
                metric=tile.metric, filters=tile.filters, period=period, comparison=Comparison.PREVIOUS_PERIOD
            )
            yield MetricStep(query=query)


def _compared(tile: Tile, metric: Metric, day: date, city: City, catalog: Catalog) -> Period:
    """What of the tile had ended when the day began."""
    over = tile.over or _grain(metric, tile, catalog)
    if over in _DAILY:
        return _yesterday(day, city)
    begun, end = running(over, 1, midnight(day, city), city.zone), midnight(day, city)
    if tile.over and begun.start < end:
        return Period(start=begun.start, end=end)
    whole = running(over, 2, midnight(day, city), city.zone)
    return Period(start=whole.start, end=begun.start)


def _grain(metric: Metric, tile: Tile, catalog: Catalog) -> Grain:
    """How often the metric is observed, as far as it says so; else in which steps its tile shows it."""
    own = {base.finest_grain for base in catalog.bases(metric) if isinstance(base, ObservationMetric)}
    return tile.trend.grain if own - _DAILY else Grain.DAY


def _growth(day: date, city: City, catalog: Catalog) -> Iterator[Step]:
    """The city's plain count of reports, by category."""
    counts = (
        metric for metric in catalog.metrics
        if isinstance(metric, ReportMetric) and metric.aggregation is Aggregation.COUNT
        and metric.measure is ReportMeasure.REPORTS and not metric.filters
    )  # fmt: skip
    if (metric := next(counts, None)) is not None:
        end = midnight(day, city)
        query = MetricQuery(
            metric=metric.code,
            period=Period(start=midnight(day - GROWTH, city), end=end),
            group_by=(Dimension.CATEGORY,),
            comparison=Comparison.PREVIOUS_PERIOD,
            order=Order(by="change"),
            limit=GROUPS,
        )
        yield MetricStep(query=query)


def _yesterday(day: date, city: City) -> Period:
    return Period(start=midnight(day - A_DAY, city), end=midnight(day, city))
