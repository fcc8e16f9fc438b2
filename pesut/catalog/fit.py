"""Whether what one metric says of itself fits: aggregation with measure, unit with format, grain with source."""

from typing import NamedTuple, assert_never

from pesut.catalog.marks import Step
from pesut.catalog.models import (
    Aggregation,
    BudgetMetric,
    Catalog,
    DifferenceMetric,
    Metric,
    ObservationMetric,
    PerCapitaMetric,
    RatioMetric,
    ReportMeasure,
    ReportMetric,
)
from pesut.contracts.evidence import ValueFormat
from pesut.contracts.query import Grain

_HOURS = frozenset({ReportMeasure.RESPONSE_HOURS, ReportMeasure.HANDLING_HOURS})
_MONTHS = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YEAR})


class Fault(NamedTuple):
    message: str
    where: tuple[Step, ...] = ()


def metric_faults(metric: Metric, catalog: Catalog) -> list[Fault]:
    """All that does not fit within one metric."""
    found = _decimals(metric)
    match metric:
        case ObservationMetric():
            found += _percentile(metric) + _observations(metric, catalog)
        case ReportMetric():
            found += _percentile(metric) + _reports(metric)
        case BudgetMetric():
            found += _budgets(metric)
        case DifferenceMetric():
            found += _difference(metric, catalog)
        case RatioMetric() | PerCapitaMetric():
            pass
        case _:
            assert_never(metric)
    return found


def _decimals(metric: Metric) -> list[Fault]:
    if metric.format is ValueFormat.INTEGER and metric.decimals:
        return [Fault(f"an integer has no decimals, but decimals is {metric.decimals}", ("decimals",))]
    if metric.format is ValueFormat.PERCENT and metric.unit not in {"", "%"}:
        return [Fault(f"the format percent brings its own unit; '{metric.unit}' does not fit", ("unit",))]
    if metric.format is ValueFormat.RUPIAH and metric.unit and not metric.unit.startswith("Rp"):
        return [Fault(f"the format rupiah wants a unit that starts with Rp, not '{metric.unit}'", ("unit",))]
    return []


def _percentile(metric: ObservationMetric | ReportMetric) -> list[Fault]:
    wanted = metric.aggregation is Aggregation.PERCENTILE
    if wanted and metric.percentile is None:
        return [Fault("the aggregation percentile needs `percentile:`, for example 0.9", ("aggregation",))]
    if not wanted and metric.percentile is not None:
        return [Fault(f"percentile is given, but the aggregation is {metric.aggregation}", ("percentile",))]
    return []


def _observations(metric: ObservationMetric, catalog: Catalog) -> list[Fault]:
    indicator = next((each for each in catalog.indicators if each.code == metric.indicator), None)
    if metric.counts:
        return _counted(metric)
    if indicator is None:
        return []
    found: list[Fault] = []
    if metric.unit != indicator.unit:
        found.append(Fault(f"its unit '{metric.unit}' is not its indicator's '{indicator.unit}'", ("unit",)))
    if metric.format is ValueFormat.PERCENT and indicator.unit == "%":
        message = "the format percent wants fractions, but the indicator holds percentages; use decimal with the unit %"
        found.append(Fault(message, ("format",)))
    if metric.format is ValueFormat.DURATION and indicator.unit not in {"jam", "hour", "hours"}:
        found.append(Fault(f"the format duration wants hours (jam), not '{indicator.unit}'", ("format",)))
    return found


def _reports(metric: ReportMetric) -> list[Fault]:
    found: list[Fault] = []
    if metric.counts:
        found += _counted(metric)
    elif metric.measure not in _HOURS:
        found.append(Fault(f"{metric.measure} can be counted, but has no {metric.aggregation}", ("aggregation",)))
    elif metric.format in {ValueFormat.PERCENT, ValueFormat.RUPIAH}:
        found.append(Fault(f"hours are shown as duration, decimal or integer, not as {metric.format}", ("format",)))
    if metric.measure in _HOURS and metric.aggregation is Aggregation.COUNT_DISTINCT:
        found.append(Fault(f"{metric.measure} has no {metric.aggregation}", ("aggregation",)))
    if metric.measure is ReportMeasure.REPORTER and metric.aggregation is Aggregation.COUNT:
        found.append(Fault("reporters are counted with count_distinct", ("aggregation",)))
    return found


def _counted(metric: ObservationMetric | ReportMetric) -> list[Fault]:
    if metric.format is ValueFormat.INTEGER:
        return []
    return [Fault(f"a count is shown as integer, not as {metric.format}", ("format",))]


def _budgets(metric: BudgetMetric) -> list[Fault]:
    found: list[Fault] = []
    if metric.format is not ValueFormat.RUPIAH:
        found.append(Fault(f"budgets are in Rupiah; the format must be rupiah, not {metric.format}", ("format",)))
    if metric.finest_grain not in _MONTHS:
        found.append(Fault(f"budgets are known by month, not by {metric.finest_grain}", ("finest_grain",)))
    return found


def _difference(metric: DifferenceMetric, catalog: Catalog) -> list[Fault]:
    parts = {"minuend": catalog.metric(metric.minuend), "subtrahend": catalog.metric(metric.subtrahend)}
    return [
        Fault(f"its unit '{metric.unit}' is not that of '{part.code}', '{part.unit}'", (name,))
        for name, part in parts.items()
        if part and part.unit != metric.unit
    ]
