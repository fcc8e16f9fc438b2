"""Order, limit and values to hold against, of a metric query."""

from typing import Literal

from agents.reasoners.offline.facts import ORDER, finest, of_reports
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.messages import listed
from agents.reasoners.offline.wishes import Amount, Rank, Wishes
from pesut.catalog.models import Aggregation, Metric, ObservationMetric, ReportMetric, Threshold
from pesut.contracts import Comparison, Dimension, Grain, Having, MetricQuery, Order, ValueFormat, Within

SOME = 5  # "keluhan terbanyak", where no number is given
MOST_THRESHOLDS = 6


def order_of(rank: Rank | None, query: MetricQuery, metric: Metric, ground: Ground) -> MetricQuery:
    """The query ordered and cut to as many results as were asked for."""
    if rank is None:
        return query
    if not query.group_by and query.grain is None:
        query = query.model_copy(update={"group_by": _natural_groups(query, metric, ground)})
    by = _by(rank, query)
    if rank.by_change and query.comparison is None and query.period is not None:
        query = query.model_copy(update={"comparison": Comparison.PREVIOUS_PERIOD})
        by = "change"
    query = query.model_copy(update={"order": Order(by=by, descending=_descending(rank, metric))})
    if within := _within(rank, query):
        return query.model_copy(update={"limit": rank.limit or 1, "limit_within": within})
    limit = None if rank.whole else rank.limit or (1 if rank.single else SOME)
    plural = query.grain is not None and bool(query.group_by)
    return query.model_copy(update={"limit": None if plural and not rank.limit else limit})


def _within(rank: Rank, query: MetricQuery) -> Dimension | Within | None:
    """Of each of what the first ones are asked for: of each district, of each month, or of all months and places together."""
    if isinstance(rank.within, Within):
        return rank.within if query.grain and query.group_by and rank.limit is None else None
    return next((each for each in query.group_by if each == rank.within), None)


def _by(rank: Rank, query: MetricQuery) -> Literal["value", "change"]:
    return "change" if rank.by_change and query.comparison else "value"


def _descending(rank: Rank, metric: Metric) -> bool:
    """Best first is highest first, unless the metric is better when lower."""
    if rank.descending is not None:
        return rank.descending
    return (metric.better != "lower") == rank.best


def _natural_groups(query: MetricQuery, metric: Metric, ground: Ground) -> tuple[Dimension, ...]:
    """What "terbanyak" ranks when nothing is said: categories of reports, else items, else places, else agencies."""
    offered = ground.catalog.dimensions_of(metric)
    named = {each.dimension for each in query.filters}
    if of_reports(metric, ground.catalog) and Dimension.CATEGORY not in named and Dimension.CATEGORY in offered:
        return (Dimension.CATEGORY,)
    if Dimension.ITEM in offered and ground.catalog.items_of(metric) and Dimension.ITEM not in named:
        return (Dimension.ITEM,)
    order = (Dimension.DISTRICT, Dimension.AGENCY, Dimension.PROGRAM)
    return next(((each,) for each in order if each in offered), ())


def havings_of(wishes: Wishes, metric: Metric, query: MetricQuery, ground: Ground) -> tuple[Having, ...]:
    """What values are held against; several where each gauge or commodity has a threshold of its own."""
    amount = wishes.amount
    if amount is None:
        return ()
    if not amount.threshold:
        return (Having(operator=amount.operator, value=_value(amount, metric)),)
    thresholds = _thresholds(wishes, metric, query)
    if not thresholds:
        _tell_missing(metric, query, ground)
        return ()
    for threshold in thresholds:
        ground.assume("threshold", threshold=threshold.name.in_(ground.language), source=threshold.source)
    return tuple(Having(operator=each.operator, value=each.value, threshold=each.code) for each in thresholds)


def _tell_missing(metric: Metric, query: MetricQuery, ground: Ground) -> None:
    """That the metric has no threshold, or none at the items asked for."""
    asked = {code for each in query.filters if each.dimension is Dimension.ITEM for code in each.values}
    names = tuple(item.name.in_(ground.language) for item in ground.catalog.items_of(metric) if item.code in asked)
    if metric.thresholds and names:
        ground.note("no_threshold_at", metric=ground.metric_name(metric), items=listed(names, ground.language))
    else:
        ground.note("no_threshold", metric=ground.metric_name(metric))


def _value(amount: Amount, metric: Metric) -> float:
    """The number in the metric's own unit: fractions for percent, hours for durations."""
    value = amount.value or 0.0
    if metric.format is ValueFormat.DURATION and amount.hours is not None:
        return amount.hours
    return value / 100 if metric.format is ValueFormat.PERCENT and (amount.percent or value > 1) else value


def _thresholds(wishes: Wishes, metric: Metric, query: MetricQuery) -> tuple[Threshold, ...]:
    """Those named, or all where only "ambang" was said; at the items asked for; of the same words the first for an item."""
    named = {code for owner, code in wishes.thresholds if owner == metric.code}
    items = {code for each in query.filters if each.dimension is Dimension.ITEM for code in each.values}
    found: list[Threshold] = []
    for each in metric.thresholds:
        if (named and each.code not in named) or (each.items and items and not items & set(each.items)):
            continue
        if not any(_same_place(each, other) for other in found):
            found.append(each)
    return tuple(found[:MOST_THRESHOLDS])


def _same_place(first: Threshold, second: Threshold) -> bool:
    return set(first.items) == set(second.items)


def natural_step(metric: Metric, ground: Ground) -> Grain:
    """The step in which days or hours above a threshold are counted: a day, where the metric knows days."""
    least = finest(metric, ground.catalog)
    return Grain.DAY if ORDER.index(least) <= ORDER.index(Grain.DAY) else least


def is_extreme(metric: Metric) -> bool:
    return isinstance(metric, ObservationMetric | ReportMetric) and metric.aggregation in {
        Aggregation.MAXIMUM,
        Aggregation.MINIMUM,
    }


def is_maximum(metric: Metric) -> bool:
    return is_extreme(metric) and getattr(metric, "aggregation", None) is Aggregation.MAXIMUM
