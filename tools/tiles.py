"""What a tile of the live page reads: its value and its line, under the reader's scope, as of one moment. Nothing is kept."""

from dataclasses import dataclass
from datetime import datetime

from pesut.catalog.compiler import compile_metric
from pesut.catalog.compiler.validation import metric_of
from pesut.catalog.models import Catalog, Metric, ObservationMetric, Threshold
from pesut.catalog.thresholds import crossed
from pesut.city.models import Tile
from pesut.city.tiles import trend_query, value_query
from pesut.contracts import Evidence, MetricQuery
from pesut.database.news import REPORTS
from pesut.evidence import Lookup, gather
from tools.context import ToolContext


@dataclass(frozen=True, eq=False)
class Reading:
    """A tile as it stood at `value.as_of`; `value` has one row or none, `trend` one per bucket. `agencies` are who produces it, by
    the names people call them.
    """

    tile: Tile
    metric: Metric
    agencies: tuple[str, ...]
    value: Evidence
    trend: Evidence

    @property
    def crossed(self) -> Threshold | None:
        """The threshold that the number lies beyond, on the bad side, while its source is not silent."""
        query = self.value.query
        assert isinstance(query, MetricQuery)
        return None if self.silent else crossed(self.number, query, self.metric)

    @property
    def number(self) -> float | None:
        found = self.value.result[0].get("value") if self.value.result else None
        return found if isinstance(found, int | float) else None

    @property
    def newest(self) -> datetime | None:
        """When what the number rests on was last observed (UTC); of a sum, when its source was last heard of."""
        if self.tile.over is None and self.value.observed is not None:
            return self.value.observed.end
        return max((each.newest for each in self.value.freshness if each.newest), default=None)

    @property
    def silent(self) -> bool:
        """Whether the source has been quiet for longer than it promises."""
        age = None if self.newest is None else (self.value.as_of - self.newest).total_seconds()
        return age is None or any(age > each.limit_seconds for each in self.value.freshness)


async def read_tile(context: ToolContext, tile: Tile) -> Reading:
    """Value and line of a tile. Raises MetricQueryError, TooSlowError, UnavailableError."""
    value = value_query(tile, context.as_of, context.city.zone)
    trend = trend_query(tile, context.as_of, context.city.zone)
    metric = metric_of(value, context.catalog)
    return Reading(
        tile,
        metric,
        _agencies(metric, context),
        value=await _gathered(context, value, tile, metric),
        trend=await _gathered(context, trend, tile),
    )


def topics_of(tile: Tile, catalog: Catalog) -> frozenset[str]:
    """The news (see `pesut.database.news`) after which the tile may read otherwise."""
    metric = catalog.metric(tile.metric)
    bases = catalog.bases(metric) if metric else ()
    return frozenset(base.indicator if isinstance(base, ObservationMetric) else REPORTS for base in bases)


async def _gathered(context: ToolContext, query: MetricQuery, tile: Tile, rests_on: Metric | None = None) -> Evidence:
    """`rests_on`: with the datasets of this metric and how fresh they are, which takes time."""
    compiled = compile_metric(query, context.catalog, context.city, context.as_of)
    datasets = context.catalog.datasets_of(rests_on) if rests_on else ()
    return await gather(context, Lookup(query, compiled.statement, datasets, compiled.measure), label=tile.code)


def _agencies(metric: Metric, context: ToolContext) -> tuple[str, ...]:
    found = [context.gazetteer.agency(dataset.producer) for dataset in context.catalog.datasets_of(metric)]
    return tuple(dict.fromkeys(agency.short_name or agency.name for agency in found if agency))
