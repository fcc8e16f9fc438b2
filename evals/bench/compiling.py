"""How long it takes from a typed query to SQL text, for every metric of the catalog."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time

from evals.bench.figures import Figure, below, milliseconds
from evals.bench.ground import Ground
from pesut.catalog.compiler import compile_metric
from pesut.catalog.models import Metric
from pesut.contracts import Comparison, Dimension, Filter, MetricQuery, Period
from pesut.errors import NotFoundError
from pesut.evidence.rendering import render

TIMES = 3  # each query, of which the fastest counts
AIM = below(2)
_GROUPS = (Dimension.DISTRICT, Dimension.ITEM, Dimension.AGENCY)


async def measure(ground: Ground) -> tuple[Figure, ...]:
    """Plain: the value of 30 days. Rich: by groups, in one place, beside the year before. In seconds of the processor, which
    is what it takes when nothing else wants the core.
    """
    if not ground.folder.catalog.metrics:
        raise NotFoundError("The catalog has no metrics.", remedy="See docs/city-folder.md.")
    return (*_figures("plain", ground, _plain), *_figures("rich", ground, _rich))


def _figures(kind: str, ground: Ground, make: Callable[[Metric, Ground, Period], MetricQuery]) -> tuple[Figure, ...]:
    now = datetime.now(UTC)
    period = Period(start=now - timedelta(days=30), end=now)
    queries = [make(metric, ground, period) for metric in ground.folder.catalog.metrics]
    seconds = [min(_timed(query, ground, now) for _ in range(TIMES)) for query in queries]
    beside = (milliseconds("slowest", seconds, 1), Figure(name="metrics", value=len(seconds)))
    return (
        milliseconds(f"{kind}, p50", seconds, 0.50, AIM),
        milliseconds(f"{kind}, p95", seconds, 0.95, AIM).model_copy(update={"beside": beside}),
    )


def _timed(query: MetricQuery, ground: Ground, now: datetime) -> float:
    began = process_time()
    render(compile_metric(query, ground.folder.catalog, ground.folder.city, now).statement)
    return process_time() - began


def _plain(metric: Metric, ground: Ground, period: Period) -> MetricQuery:
    del ground
    return MetricQuery(metric=metric.code, period=period)


def _rich(metric: Metric, ground: Ground, period: Period) -> MetricQuery:
    offered = ground.folder.catalog.dimensions_of(metric)
    grouped = next((each for each in _GROUPS if each in offered), None)
    within = (Filter(dimension=Dimension.REGION, values=(_place(ground),)),) if Dimension.REGION in offered else ()
    return MetricQuery(
        metric=metric.code,
        period=period,
        group_by=(grouped,) if grouped else (),
        filters=within,
        comparison=Comparison.LAST_YEAR,
    )


def _place(ground: Ground) -> str:
    """A place within the city, which takes more to filter by than the city itself."""
    return next((each.code for each in ground.folder.regions if each.parent), ground.folder.city.root)
