"""What is read for a report step: the reports themselves, how many there are, and how they divide; for a pattern step, the pattern."""

from agents.inquiries import Inquiry
from pesut.catalog.models import Aggregation, Catalog, ReportMeasure, ReportMetric
from pesut.contracts import Dimension, MetricQuery, Order, PatternStep, Plan, ReportQuery, ReportStep

GROUPS = 5


def inquiries(plan: Plan, catalog: Catalog) -> list[Inquiry]:
    """For each pattern step its query; for each report step its reports; with a period also their number and the groups that stand out."""
    asked: list[Inquiry] = []
    for number, step in enumerate(plan.steps):
        if isinstance(step, PatternStep):
            asked.append(Inquiry(f"{number}/pattern", number, step.query))
        if not isinstance(step, ReportStep):
            continue
        asked.append(Inquiry(f"{number}/reports", number, step.query))
        metric = count_metric(catalog)
        if metric is None or step.query.period is None or step.query.text is not None:
            continue
        count = _count(step.query, metric)
        asked.append(Inquiry(f"{number}/count", number, count))
        if by := _telling(step.query, catalog, metric):
            grouped = count.model_copy(update={"group_by": (by,), "order": Order(by="value"), "limit": GROUPS})
            asked.append(Inquiry(f"{number}/groups", number, grouped))
    return asked


def count_metric(catalog: Catalog) -> ReportMetric | None:
    """The catalog's plain count of reports."""
    reports = (metric for metric in catalog.metrics if isinstance(metric, ReportMetric) and not metric.filters)
    plain = (Aggregation.COUNT, ReportMeasure.REPORTS)
    return next((metric for metric in reports if (metric.aggregation, metric.measure) == plain), None)


def _count(query: ReportQuery, metric: ReportMetric) -> MetricQuery:
    return MetricQuery(metric=metric.code, period=query.period, filters=query.filters)


def _telling(query: ReportQuery, catalog: Catalog, metric: ReportMetric) -> Dimension | None:
    """By category where the reports are of several, else by place."""
    offered, fixed = catalog.dimensions_of(metric), {each.dimension for each in query.filters if not each.exclude}
    if Dimension.CATEGORY in offered and Dimension.CATEGORY not in fixed and len(catalog.categories) > 1:
        return Dimension.CATEGORY
    return Dimension.VILLAGE if Dimension.VILLAGE in offered and Dimension.VILLAGE not in fixed else None
