"""Whether a value lies beyond a threshold of its metric that people agreed to act on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pesut.catalog.compiler.semantics import adds_up_over_time
from pesut.catalog.models import Catalog, Metric, Threshold
from pesut.contracts import Dimension, Evidence, Grain, MetricQuery, Operator, Row, Show

CURRENT = timedelta(days=3)  # a value older than this calls for no action today
_LONGEST = {
    Grain.HOUR: timedelta(),
    Grain.DAY: timedelta(days=1),
    Grain.WEEK: timedelta(days=7),
    Grain.MONTH: timedelta(days=31),
    Grain.QUARTER: timedelta(days=92),
    Grain.YEAR: timedelta(days=366),
}


@dataclass(frozen=True)
class Crossing:
    """Row `row` of evidence `label` lies beyond the metric's threshold number `threshold`.

    `alarming`: it lies on the bad side, and speaks of now.
    """

    label: str
    row: int
    threshold: int
    alarming: bool


def crossings(evidence: Evidence, catalog: Catalog) -> list[Crossing]:
    """All thresholds that the evidence's rows cross, in the order of rows, the strictest first in each."""
    query = evidence.query
    metric = catalog.metric(query.metric) if isinstance(query, MetricQuery) else None
    if metric is None or not isinstance(query, MetricQuery) or not is_comparable(metric, query):
        return []
    current = _is_current(evidence)
    return [
        Crossing(evidence.label, number, index, current and _is_recent(row, evidence) and is_bad(threshold, metric))
        for number, row in enumerate(evidence.result)
        for index, threshold in strictest_first(metric.thresholds)
        if applies(threshold, query, row) and beyond(row.get("value"), threshold)
    ]


def beyond(value: object, threshold: Threshold) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    match threshold.operator:
        case Operator.ABOVE:
            return value > threshold.value
        case Operator.AT_LEAST:
            return value >= threshold.value
        case Operator.BELOW:
            return value < threshold.value
        case Operator.AT_MOST:
            return value <= threshold.value


def is_bad(threshold: Threshold, metric: Metric) -> bool:
    upward = threshold.operator in {Operator.ABOVE, Operator.AT_LEAST}
    return metric.better != ("higher" if upward else "lower")


def applies(threshold: Threshold, query: MetricQuery, row: Row) -> bool:
    """Whether the threshold speaks of what the row (or the query's filter) is about."""
    if not threshold.items:
        return True
    if (item := row.get(Dimension.ITEM.value)) is not None:
        return item in threshold.items
    filtered = [each for each in query.filters if each.dimension is Dimension.ITEM and not each.exclude]
    return bool(filtered) and all(value in threshold.items for each in filtered for value in each.values)


def is_comparable(metric: Metric, query: MetricQuery) -> bool:
    """A sum grows with the time it covers, so a threshold speaks only of its values of one day."""
    if query.show is not Show.VALUE or not metric.thresholds:
        return False
    return not adds_up_over_time(metric) or query.grain is Grain.DAY or _one_day(query)


def _one_day(query: MetricQuery) -> bool:
    return query.period is not None and query.period.end - query.period.start <= timedelta(days=1)


def _is_current(evidence: Evidence) -> bool:
    query = evidence.query
    assert isinstance(query, MetricQuery)
    stale = any(each.stale for each in evidence.freshness)
    return not stale and (query.period is None or query.period.end > evidence.as_of - CURRENT)


def _is_recent(row: Row, evidence: Evidence) -> bool:
    """Whether the row's step, where it has one, reaches up to now: a downpour in May calls for no action in November."""
    query, period = evidence.query, row.get("period")
    if not isinstance(query, MetricQuery) or query.grain is None or not isinstance(period, str):
        return True
    ended = date.fromisoformat(period[:10]) + _LONGEST[query.grain]
    return ended >= (evidence.as_of - CURRENT).date()


def crossed(value: object, query: MetricQuery, metric: Metric) -> Threshold | None:
    """The strictest threshold that a single value of the query lies beyond, on the bad side."""
    if not is_comparable(metric, query):
        return None
    found = (each for _, each in strictest_first(metric.thresholds) if applies(each, query, {}) and beyond(value, each))
    return next((each for each in found if is_bad(each, metric)), None)


def strictest_first(thresholds: tuple[Threshold, ...]) -> Iterator[tuple[int, Threshold]]:
    def strictness(numbered: tuple[int, Threshold]) -> float:
        threshold = numbered[1]
        return threshold.value if threshold.operator in {Operator.ABOVE, Operator.AT_LEAST} else -threshold.value

    yield from sorted(enumerate(thresholds), key=strictness, reverse=True)
