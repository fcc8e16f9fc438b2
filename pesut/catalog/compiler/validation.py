"""Refuses what a metric does not offer, and says what it does."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from pesut.catalog.compiler.periods import bucket_count
from pesut.catalog.compiler.places import PLACES
from pesut.catalog.compiler.semantics import FINENESS, adds_up_over_time, can_be_per_capita, is_share_of_whole
from pesut.catalog.compiler.times import times_of
from pesut.catalog.models import BudgetMetric, Catalog, Metric, Threshold
from pesut.contracts.query import Comparison, Dimension, Filter, Grain, MetricQuery, Show
from pesut.errors import MetricQueryError

MOST_BUCKETS = 3000


def metric_of(query: MetricQuery, catalog: Catalog) -> Metric:
    """The query's metric. Raises MetricQueryError that names the nearest ones."""
    metric = catalog.metric(query.metric)
    if metric is None:
        near = ", ".join(_nearest_metrics(query.metric, catalog)) or "see `pesut catalog list`"
        raise MetricQueryError(f"There is no metric '{query.metric}'.", remedy=f"Nearest: {near}.")
    return metric


def validate(query: MetricQuery, metric: Metric, catalog: Catalog, as_of: datetime, zone: ZoneInfo) -> None:
    """Raises MetricQueryError for anything that the metric, its data or the moment do not allow."""
    _dimensions(query, metric, catalog)
    for each in query.filters:
        _values(each, metric, catalog)
    _grain(query, metric, catalog)
    _period(query, metric, catalog, as_of)
    _show(query, metric, catalog)
    _order(query)
    threshold_of(query, metric)
    if query.grain and bucket_count(times_of(query, as_of, zone).now, query.grain) > MOST_BUCKETS:
        raise MetricQueryError(
            f"The period has more than {MOST_BUCKETS} steps of one {query.grain}.", remedy="Take a coarser grain."
        )


def threshold_of(query: MetricQuery, metric: Metric) -> Threshold | None:
    """The threshold that the query's comparison of values stands for."""
    if query.having is None or query.having.threshold is None:
        return None
    having = query.having
    known = {threshold.code: threshold for threshold in metric.thresholds}
    threshold = known.get(having.threshold or "")
    if threshold is None:
        raise MetricQueryError(
            f"The metric '{metric.code}' has no threshold '{having.threshold}'.", remedy=f"It has: {_listed(known)}."
        )
    if threshold.value != having.value:
        raise MetricQueryError(
            f"The threshold '{threshold.code}' is {threshold.value:g}, not {having.value:g}.",
            remedy="Compare with the threshold's own value.",
        )
    return threshold


def _nearest_metrics(code: str, catalog: Catalog) -> list[str]:
    words = {
        word: metric.code
        for metric in catalog.metrics
        for word in (metric.code, metric.name.id, metric.name.en, *metric.synonyms)
        if word
    }
    found = process.extract(code, list(words), scorer=fuzz.WRatio, limit=8, score_cutoff=55)
    return list(dict.fromkeys(words[match[0]] for match in found))[:3]


def _dimensions(query: MetricQuery, metric: Metric, catalog: Catalog) -> None:
    offered = catalog.dimensions_of(metric)
    for dimension in (*query.group_by, *(each.dimension for each in query.filters)):
        if dimension not in offered:
            raise MetricQueryError(
                f"The metric '{metric.code}' is not known by {dimension}.", remedy=f"It is known by {_listed(offered)}."
            )


def _values(each: Filter, metric: Metric, catalog: Catalog) -> None:
    """Codes of regions and agencies are the database's to know; the others the catalog's."""
    if each.dimension in PLACES or each.dimension is Dimension.AGENCY:
        return
    terms = catalog.items_of(metric) if each.dimension is Dimension.ITEM else catalog.terms(each.dimension)
    known = [term.code for term in terms]
    for value in each.values:
        if known and value not in known:
            near = process.extract(value, known, scorer=fuzz.ratio, limit=3)
            remedy = f"Nearest: {', '.join(match[0] for match in near)}."
            raise MetricQueryError(f"There is no {each.dimension} '{value}'.", remedy=remedy)


def _grain(query: MetricQuery, metric: Metric, catalog: Catalog) -> None:
    finest = catalog.finest_grain(metric)
    if query.grain and FINENESS[query.grain] < FINENESS[finest]:
        coarser = [grain for grain in Grain if FINENESS[grain] >= FINENESS[finest]]
        raise MetricQueryError(
            f"The metric '{metric.code}' is not known by {query.grain}.", remedy=f"Its grains are {_listed(coarser)}."
        )


def _period(query: MetricQuery, metric: Metric, catalog: Catalog, as_of: datetime) -> None:
    ceilings = all(isinstance(base, BudgetMetric) and base.measure == "ceiling" for base in catalog.bases(metric))
    if query.period and query.period.start >= as_of and not ceilings:
        raise MetricQueryError("The period has not begun yet.", remedy="Ask for a period that has.")


def _show(query: MetricQuery, metric: Metric, catalog: Catalog) -> None:
    match query.show:
        case Show.SHARE if not is_share_of_whole(metric):
            raise MetricQueryError(
                f"The values of '{metric.code}' do not add up to a whole.", remedy="Shares need a count or a sum."
            )
        case Show.PER_CAPITA if not can_be_per_capita(metric):
            raise MetricQueryError(
                f"The metric '{metric.code}' cannot be divided by inhabitants.", remedy="Only counts and sums can."
            )
        case Show.PER_CAPITA if catalog.population is None:
            raise MetricQueryError(
                "The catalog names no population.", remedy="Name the metric that counts inhabitants as `population:`."
            )
        case Show.CUMULATIVE if not adds_up_over_time(metric):
            raise MetricQueryError(
                f"The values of '{metric.code}' do not add up over time.", remedy="Ask for the value by period instead."
            )
        case Show.CUMULATIVE if query.grain and query.comparison is Comparison.PREVIOUS_PERIOD:
            raise MetricQueryError(
                "A running total has no previous period to compare with.", remedy="Compare it with the last year."
            )
        case _:
            pass


def _order(query: MetricQuery) -> None:
    if query.order is None:
        return
    needs = {
        "change": (query.comparison, "a comparison"),
        "change_ratio": (query.comparison, "a comparison"),
        "period": (query.grain, "a grain"),
        "name": (query.group_by, "a dimension to group by"),
    }
    given, wanted = needs.get(query.order.by, (True, ""))
    if not given:
        raise MetricQueryError(f"Ordering by {query.order.by} needs {wanted}.", remedy="Order by value.")


def _listed(values: Collection[str]) -> str:
    return ", ".join(sorted(values)) or "none"
