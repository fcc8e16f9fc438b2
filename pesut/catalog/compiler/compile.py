"""From a typed query to one SQL statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from pesut.catalog.compiler.frame import Frame
from pesut.catalog.compiler.panel import PER_CAPITA, Panel
from pesut.catalog.compiler.shape import Shape
from pesut.catalog.compiler.times import periods_of, times_of
from pesut.catalog.compiler.validation import metric_of, threshold_of, validate
from pesut.catalog.models import Catalog, Dataset, Metric
from pesut.city.models import City
from pesut.contracts.base import Period
from pesut.contracts.evidence import Measure, ValueFormat
from pesut.contracts.query import Dimension, Filter, MetricQuery, Show


@dataclass(frozen=True)
class CompiledMetric:
    """`statement` gives the rows that `MetricQuery` describes and the hidden columns `_first`, `_last` and `_sample`.

    `measure` says what `value` holds, `datasets` what it rests on, `period` what it speaks of (cut at the moment) and
    `compared` what it is compared with.
    """

    statement: Select[*tuple[Any, ...]]
    measure: Measure
    metric: Metric
    datasets: tuple[Dataset, ...]
    period: Period | None
    compared: Period | None


def compile_metric(query: MetricQuery, catalog: Catalog, city: City, as_of: datetime) -> CompiledMetric:
    """Compile a query for what was known at `as_of` (aware). Raises MetricQueryError, whose remedy says what the metric offers.

    Rows: counts are 0 where there are no rows, in every bucket and, when grouped by districts or villages alone, in every
    one of them; other values are missing (null in a bucket, no row without a grain). Groups whose place, category and so on
    is unknown have the code null and come last; where values are held against one, they are left out. With a grain and groups, `limit` keeps that many groups.
    """
    metric = metric_of(query, catalog)
    validate(query, metric, catalog, as_of, city.zone)
    query = _with_threshold_items(query, metric, catalog)
    frame = Frame(as_of, city.zone, city.root, query.grain)
    panel = Panel(query, catalog, frame, times_of(query, as_of, city.zone))
    measure = _shown(metric, query.show)
    period, compared = periods_of(query, as_of, city.zone)
    statement = Shape(query, metric, measure, frame).rows(panel)
    return CompiledMetric(statement, measure, metric, _datasets(query, metric, catalog), period, compared)


def _datasets(query: MetricQuery, metric: Metric, catalog: Catalog) -> tuple[Dataset, ...]:
    people = catalog.metric(catalog.population or "") if query.show is Show.PER_CAPITA else None
    found = (*catalog.datasets_of(metric), *(catalog.datasets_of(people) if people else ()))
    return tuple(dict.fromkeys(found))


def _with_threshold_items(query: MetricQuery, metric: Metric, catalog: Catalog) -> MetricQuery:
    """A threshold that holds at some items only is held against these alone."""
    threshold = threshold_of(query, metric)
    if threshold is None or not threshold.items or Dimension.ITEM not in catalog.dimensions_of(metric):
        return query
    items = Filter(dimension=Dimension.ITEM, values=threshold.items)
    return query.model_copy(update={"filters": (*query.filters, items)})


def _shown(metric: Metric, show: Show) -> Measure:
    measure = metric.described
    match show:
        case Show.SHARE:
            return measure.model_copy(update={"unit": "", "format": ValueFormat.PERCENT, "decimals": 1})
        case Show.PER_CAPITA:
            per = f"{PER_CAPITA:,}".replace(",", ".")
            format_ = ValueFormat.DECIMAL if measure.format is ValueFormat.INTEGER else measure.format
            decimals = measure.decimals or 2
            unit = f"{measure.unit} per {per} penduduk".strip()
            return measure.model_copy(update={"unit": unit, "format": format_, "decimals": decimals})
        case _:
            return measure
