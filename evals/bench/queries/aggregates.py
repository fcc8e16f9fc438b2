"""Numbers: metrics compiled as for an answer, and newest values as on a live page."""

from collections.abc import Iterator
from typing import Any

from evals.bench.queries.pairs import Pair, rendered, written
from evals.bench.queries.subjects import HANDLING, LATEST, PERCENTILE, REPORTS, SUM, Subjects
from pesut.catalog.compiler import compile_metric, periods_of
from pesut.contracts import Comparison, Dimension, Grain, MetricQuery
from tools.indicators import latest_query

GROUPS = 100  # of daily reports: more would be more rows than evidence may have


def observation_pairs(subjects: Subjects) -> Iterator[Pair]:
    """None where there are no series."""
    if not subjects.largest:
        return
    yield Pair(
        "newest of 200 series",
        rendered(latest_query(subjects.as_of, subjects.indicators)),
        written("latest_of_some_series"),
        {"as_of": subjects.as_of, "indicators": list(subjects.indicators)},
    )
    latest = MetricQuery(metric=LATEST)
    yield _pair("newest of an indicator's series", "latest_of_all_series", latest, subjects, indicator=subjects.largest)
    if subjects.months:
        months = MetricQuery(metric=SUM, period=subjects.months, grain=Grain.MONTH)
        bounds = {"first": subjects.months.start.date(), "last": subjects.months.end.date()}
        yield _pair(
            "all values by month", "months_of_all_values", months, subjects, indicator=subjects.largest, **bounds
        )


def report_pairs(subjects: Subjects) -> Iterator[Pair]:
    """None where the catalog has no reports."""
    if not subjects.reports_dataset:
        return
    places = (Dimension.DISTRICT, Dimension.CATEGORY)
    days, month, year = subjects.days(90), subjects.month(), subjects.days(365)
    daily = MetricQuery(metric=REPORTS, period=days, grain=Grain.DAY, group_by=places, limit=GROUPS)
    zone = subjects.city.timezone
    yield _pair("reports by day, 90 days", "daily_reports", daily, subjects, zone=zone, groups=GROUPS, **_bounds(days))
    yearly = MetricQuery(metric=REPORTS, period=month, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR)
    _, before = periods_of(yearly, subjects.as_of, subjects.city.zone)
    assert before
    earlier = {"start_before": before.start, "end_before": before.end}
    yield _pair("reports beside last year", "month_beside_last_year", yearly, subjects, **_bounds(month), **earlier)
    handled = MetricQuery(metric=HANDLING, period=year, group_by=(Dimension.AGENCY,))
    yield _pair("handling time, p90", "handling_time", handled, subjects, percentile=PERCENTILE, **_bounds(year))


def _pair(name: str, file: str, query: MetricQuery, subjects: Subjects, **parameters: Any) -> Pair:
    compiled = compile_metric(query, subjects.catalog, subjects.city, subjects.as_of)
    return Pair(name, rendered(compiled.statement), written(file), {"as_of": subjects.as_of, **parameters})


def _bounds(period: Any) -> dict[str, Any]:
    return {"start": period.start, "end": period.end}
