"""What may be done with a metric's values, by how they come about."""

from pesut.catalog.models import (
    COUNTS,
    Aggregation,
    BudgetMetric,
    Metric,
    ObservationMetric,
    ReportMetric,
)
from pesut.contracts.query import Grain

BaseMetric = ObservationMetric | ReportMetric | BudgetMetric

FINENESS = {grain: rank for rank, grain in enumerate(Grain)}
"""0 for the hour, growing with the grain."""


def counts(metric: BaseMetric) -> bool:
    """Whether no rows mean 0 rather than unknown."""
    return not isinstance(metric, BudgetMetric) and metric.aggregation in COUNTS


def is_share_of_whole(metric: Metric) -> bool:
    """Whether the values of groups add up to the value of the whole."""
    if isinstance(metric, ObservationMetric | ReportMetric):
        return metric.aggregation in {Aggregation.COUNT, Aggregation.SUM}
    return isinstance(metric, BudgetMetric)


def adds_up_over_time(metric: Metric) -> bool:
    """Whether the values of successive periods add up to the value of all of them."""
    match metric:
        case ObservationMetric():
            return metric.over_time == "all" and is_share_of_whole(metric)
        case BudgetMetric():
            return metric.measure == "realised"
        case _:
            return is_share_of_whole(metric)


def can_be_per_capita(metric: Metric) -> bool:
    return is_share_of_whole(metric) or (isinstance(metric, ReportMetric) and metric.aggregation in COUNTS)


def rolls_up(metric: ObservationMetric) -> bool:
    """Whether the monthly rollup holds enough to aggregate from."""
    kept = {Aggregation.COUNT, Aggregation.SUM, Aggregation.MEAN, Aggregation.MINIMUM, Aggregation.MAXIMUM}
    return metric.over_time == "all" and metric.aggregation in kept
