"""What is looked up for a metric step: the metric as asked, and what puts it in its place."""

from datetime import datetime, timedelta

from agents.inquiries import Inquiry
from pesut.catalog.models import Catalog, Metric, ObservationMetric
from pesut.city.models import City
from pesut.contracts import (
    Comparison,
    Dimension,
    Grain,
    MetricQuery,
    MetricStep,
    Order,
    Period,
    Plan,
    RecommendStep,
    Show,
    StandingStep,
)

MONTHS = 13  # so that the same month of last year stands in the picture
DAYS = 30
PARTS = 5
_PLACES = (Dimension.VILLAGE, Dimension.DISTRICT)


def inquiries(plan: Plan, catalog: Catalog, city: City, now: datetime) -> list[Inquiry]:
    """For each metric step its query; for a single value also its course over time, and, when something is to be
    recommended, the places that make it up. A briefing is short: only what its steps ask. Other steps are other agents'.
    """
    recommends = any(isinstance(step, RecommendStep) for step in plan.steps)
    asked: list[Inquiry] = []
    for number, step in enumerate(plan.steps):
        if not isinstance(step, MetricStep | StandingStep):
            continue
        asked.append(Inquiry(main_key(number), number, step.query))
        if plan.briefing or isinstance(step, StandingStep):
            continue
        metric = catalog.metric(step.query.metric)
        if metric is None or not is_single(step.query):
            continue
        asked.append(Inquiry(f"{number}/course", number, course(step.query, metric, city, now)))
        if recommends and (places := _places(step.query, catalog, metric)):
            asked.append(Inquiry(f"{number}/places", number, places))
    return asked


def main_key(step: int) -> str:
    return f"{step}/asked"


def is_single(query: MetricQuery) -> bool:
    """Whether the query gives one value and no rows to compare."""
    return not query.group_by and query.grain is None


def course(query: MetricQuery, metric: Metric, city: City, now: datetime) -> MetricQuery:
    """The same metric over time up to the end of what was asked: by day for a few days, by month for more."""
    end = (query.period.end if query.period else now).astimezone(city.zone)
    daily = _may_be_daily(metric) and (
        query.period is None or query.period.end - query.period.start <= timedelta(days=8)
    )
    if daily:
        midnight = end.replace(hour=0, minute=0, second=0, microsecond=0)
        period, grain = Period(start=midnight - timedelta(days=DAYS), end=max(end, midnight)), Grain.DAY
    else:
        period, grain = Period(start=_months_before(end, query.period), end=end), Grain.MONTH
    plain = {"period": period, "grain": grain, "comparison": None, "having": None, "order": None, "limit": None}
    return query.model_copy(update=plain)


def _may_be_daily(metric: Metric) -> bool:
    return isinstance(metric, ObservationMetric) and metric.finest_grain in {Grain.HOUR, Grain.DAY}


def _months_before(end: datetime, asked: Period | None) -> datetime:
    """The first of the month MONTHS back from `end`, or of the asked period's first month where that lies earlier."""
    last = end - timedelta(microseconds=1)
    months = last.year * 12 + last.month - MONTHS
    first = last.replace(year=months // 12, month=months % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    if asked is None:
        return first
    start = asked.start.astimezone(end.tzinfo)
    return min(first, start.replace(day=1, hour=0, minute=0, second=0, microsecond=0))


def _places(query: MetricQuery, catalog: Catalog, metric: Metric) -> MetricQuery | None:
    """The villages (or districts) with the most of it, within the region that was asked for."""
    offered = catalog.dimensions_of(metric)
    place = next((each for each in _PLACES if each in offered), None)
    if place is None or query.show is not Show.VALUE:
        return None
    worst_first = Order(by="value", descending=metric.better != "higher")
    return query.model_copy(
        update={"group_by": (place,), "order": worst_first, "limit": PARTS, "having": None}
        | ({"comparison": query.comparison} if query.comparison is Comparison.LAST_YEAR else {"comparison": None})
    )
