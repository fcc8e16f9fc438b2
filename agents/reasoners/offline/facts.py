"""What the planner needs to know of a metric beyond its catalog entry."""

from datetime import timedelta

from pesut.catalog.models import (
    Aggregation,
    BudgetMetric,
    Catalog,
    DifferenceMetric,
    Metric,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMeasure,
    ReportMetric,
    Schedule,
)
from pesut.contracts import Dimension, Grain, ValueFormat

ORDER = tuple(Grain)
_LENGTH = {
    Grain.HOUR: timedelta(hours=1),
    Grain.DAY: timedelta(days=1),
    Grain.WEEK: timedelta(days=7),
    Grain.MONTH: timedelta(days=28),
    Grain.QUARTER: timedelta(days=89),
    Grain.YEAR: timedelta(days=364),
}
_SLOW = frozenset({Schedule.MONTHLY, Schedule.QUARTERLY, Schedule.YEARLY})


def plain_reports(catalog: Catalog) -> ReportMetric | None:
    """The metric that counts all reports."""
    for metric in catalog.metrics:
        if isinstance(metric, ReportMetric) and _counts_all(metric):
            return metric
    return None


def _counts_all(metric: ReportMetric) -> bool:
    counts = metric.aggregation is Aggregation.COUNT and metric.measure is ReportMeasure.REPORTS
    return counts and not metric.filters


def timed_reports(
    catalog: Catalog, measure: ReportMeasure, aggregation: Aggregation = Aggregation.MEAN
) -> Metric | None:
    """The metric of that time of reports, of all reports; of the aggregation, or else any."""
    found = [
        each
        for each in catalog.metrics
        if isinstance(each, ReportMetric) and each.measure is measure and not each.filters
    ]
    return next((each for each in found if each.aggregation is aggregation), found[0] if found else None)


def finest(metric: Metric, catalog: Catalog) -> Grain:
    """The finest grain that it is known by."""
    return catalog.finest_grain(metric)


def coarser(first: Grain, second: Grain) -> Grain:
    return max(first, second, key=ORDER.index)


def length_of(grain: Grain) -> timedelta:
    """The shortest that such a unit may be."""
    return _LENGTH[grain]


def is_level(metric: Metric, catalog: Catalog) -> bool:
    """Whether the metric tells how things stand at a moment (a gauge, a price, a stock, a rate of such), rather than how much
    came about in a stretch of time.
    """
    match metric:
        case ObservationMetric():
            return metric.over_time == "last" or metric.aggregation not in {
                Aggregation.SUM,
                Aggregation.COUNT,
                Aggregation.COUNT_DISTINCT,
            }
        case ReportMetric():
            return False
        case BudgetMetric():
            return False
        case RatioMetric() | DifferenceMetric():
            return all(is_level(base, catalog) for base in catalog.bases(metric))
        case PerCapitaMetric():
            numerator = catalog.metric(metric.numerator)
            return numerator is not None and is_level(numerator, catalog)


def is_slow(metric: Metric, catalog: Catalog) -> bool:
    """Whether its data come monthly or more rarely."""
    return any(dataset.schedule in _SLOW for dataset in catalog.datasets_of(metric)[:1])


def is_hourly(metric: Metric, catalog: Catalog) -> bool:
    return any(dataset.schedule is Schedule.HOURLY for dataset in catalog.datasets_of(metric)[:1])


def of_budget(metric: Metric, catalog: Catalog) -> bool:
    return any(isinstance(base, BudgetMetric) for base in catalog.bases(metric))


def is_remainder(metric: Metric, catalog: Catalog) -> bool:
    """Whether it tells what is left of a budget: what was spent since the year began counts, whatever period is named."""
    return isinstance(metric, DifferenceMetric) and of_budget(metric, catalog)


def of_reports(metric: Metric, catalog: Catalog) -> bool:
    return any(isinstance(base, ReportMetric) for base in catalog.bases(metric))


def same_kind(first: Metric, second: Metric, catalog: Catalog) -> bool:
    """Whether the two rest on the same kind of rows, so that a filter on one makes sense for the other."""
    return {type(base) for base in catalog.bases(first)} == {type(base) for base in catalog.bases(second)}


def datasets(metric: Metric, catalog: Catalog) -> frozenset[str]:
    return frozenset(dataset.code for dataset in catalog.datasets_of(metric))


def sibling(metric: Metric, catalog: Catalog, wanted: Aggregation) -> Metric | None:
    """The metric of the same quantity under another aggregation: the highest price beside the mean one."""
    if isinstance(metric, RatioMetric):
        numerator = catalog.metric(metric.numerator)
        return sibling(numerator, catalog, wanted) if isinstance(numerator, ObservationMetric) else None
    for other in catalog.metrics:
        aggregated = getattr(other, "aggregation", None) is wanted and getattr(other, "percentile", None) in {None, 0.5}
        if aggregated and other.code != metric.code and _same_quantity(metric, other):
            return other
    return None


def _same_quantity(first: Metric, second: Metric) -> bool:
    if isinstance(first, ObservationMetric) and isinstance(second, ObservationMetric):
        return first.indicator == second.indicator
    if isinstance(first, ReportMetric) and isinstance(second, ReportMetric):
        return first.measure is second.measure and first.filters == second.filters and first.dataset == second.dataset
    return False


def share_metric(part: Metric, catalog: Catalog) -> RatioMetric | None:
    """The ratio that tells what part of the whole a metric is: reports done of all reports."""
    for metric in catalog.metrics:
        if isinstance(metric, RatioMetric) and metric.numerator == part.code:
            whole = catalog.metric(metric.denominator)
            if whole and same_kind(part, whole, catalog) and part.unit == whole.unit:
                return metric
    return None


def is_fraction(metric: Metric | None) -> bool:
    return metric is not None and metric.format is ValueFormat.PERCENT


def filtered_reports(dimension: Dimension, codes: tuple[str, ...], catalog: Catalog) -> ReportMetric | None:
    """The metric that counts exactly the reports of these terms."""
    for metric in catalog.metrics:
        if isinstance(metric, ReportMetric) and metric.aggregation is Aggregation.COUNT and len(metric.filters) == 1:
            only = metric.filters[0]
            if only.dimension is dimension and set(only.values) == set(codes) and not only.exclude:
                return metric
    return None
