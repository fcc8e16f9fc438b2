"""Which period a metric query covers, in which steps, and what it is held against.

What a head of a region expects where nothing is said: gauges, prices and stocks as they stand now; reports and other counts
of the last 30 days; budgets of the running year; what is measured by the hour, of the last 24 hours; trends of the last year.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agents.reasoners.offline.facts import (
    ORDER,
    coarser,
    finest,
    is_hourly,
    is_level,
    is_remainder,
    is_slow,
    length_of,
    of_budget,
    of_reports,
)
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.messages import grain_words, period_words
from agents.reasoners.offline.wishes import Wishes
from pesut.catalog.models import Catalog, Metric, RatioMetric, ReportMetric
from pesut.contracts import Comparison, Dimension, Grain, MetricQuery, Period, Show
from pesut.language.periods import PeriodKind, PeriodMention, moved
from pesut.language.periods.moments import Unit, floor, midnight, plus, unit_at

_TREND = {Grain.HOUR: 24, Grain.DAY: 30, Grain.WEEK: 12, Grain.MONTH: 12, Grain.QUARTER: 8, Grain.YEAR: 5}
_USUAL_DAYS = 30


@dataclass(frozen=True)
class Timing:
    """`period` None: the latest value. `against`: a period to be asked for beside it, because no comparison covers it."""

    period: Period | None = None
    grain: Grain | None = None
    comparison: Comparison | None = None
    against: Period | None = None


def timing_of(wishes: Wishes, metric: Metric, base: MetricQuery | None, ground: Ground, *, ranked: bool) -> Timing:
    """The period, steps and comparison that the wishes come to for this metric. `base`: the query that a follow-up leans on."""
    grain = _grain(wishes, metric, base, ground)
    compared = _compares(wishes, grain)
    period = _period(wishes, metric, base, ground, grain=grain, compared=compared, ranked=ranked)
    if period is None:
        return Timing()
    period = _wide_enough(period, metric, ground)
    if grain is None and wishes.trend:
        grain = _steps_for(period, metric, ground.catalog)
    comparison, against = _comparison(wishes, period) if compared else (None, None)
    if comparison is None and against is None and base and not _own_times(wishes):
        comparison = base.comparison
    return Timing(period, grain, comparison, against)


def open_ended(metric: Metric, wishes: Wishes) -> bool:
    """Whether it counts reports by where they stand now, of whatever age: those still waiting."""
    by_metric = isinstance(metric, ReportMetric) and any(each.dimension is Dimension.STATUS for each in metric.filters)
    return by_metric or Dimension.STATUS in wishes.terms or Dimension.STATUS in wishes.excluded


def _own_times(wishes: Wishes) -> bool:
    return wishes.grain is not None or wishes.trend or wishes.change or wishes.baseline is not None


def _compares(wishes: Wishes, grain: Grain | None) -> bool:
    if wishes.baseline or wishes.comparison:
        return True
    return wishes.change and grain is None and not wishes.trend


def _grain(wishes: Wishes, metric: Metric, base: MetricQuery | None, ground: Ground) -> Grain | None:
    wanted = wishes.grain
    if wanted is None and base is not None and base.grain and not wishes.groups and not wishes.rank:
        shrunk = wishes.period and wishes.period.unit and ORDER.index(wishes.period.unit) <= ORDER.index(base.grain)
        wanted = None if shrunk else base.grain
    if wanted is None and wishes.trend and wishes.period is None:
        wanted = Grain.MONTH
    if wanted is None and wishes.show is Show.CUMULATIVE:
        wanted = Grain.MONTH
    if wanted is None:
        return None
    possible = coarser(wanted, finest(metric, ground.catalog))
    if possible is not wanted and wishes.grain is wanted:
        ground.assume(
            "coarser_grain", metric=ground.metric_name(metric), grain=grain_words(possible.value, ground.language)
        )
    return possible


def _period(
    wishes: Wishes,
    metric: Metric,
    base: MetricQuery | None,
    ground: Ground,
    *,
    grain: Grain | None,
    compared: bool,
    ranked: bool,
) -> Period | None:
    said = wishes.period
    if said is None:
        return _unsaid(wishes, metric, base, ground, grain=grain, compared=compared)
    if said.kind is PeriodKind.NOW and compared:
        return _unsaid(wishes, metric, base, ground, grain=grain, compared=compared)
    if said.kind is PeriodKind.NOW:
        return (
            None
            if _stands_now(metric, wishes, ground) and not (grain or compared)
            else _default(metric, wishes, ground, grain)
        )
    if said.kind is PeriodKind.MOVED:
        return _moved(said, base)
    if _today_of_level(said, metric, ground) and not (grain or compared or ranked):
        return None
    if said.loose and said.period:
        ground.assume("loose_period", said=wishes.period_words, period=period_words(said.period, ground.language))
    return _joined(wishes) or said.period


def _joined(wishes: Wishes) -> Period | None:
    """Several periods without a comparison, as one from the first to the last: "2024 dan 2025"."""
    periods = [each.period for each in (wishes.period, *wishes.more_periods) if each and each.period]
    if len(periods) < 2 or wishes.baseline:
        return None
    return Period(start=min(each.start for each in periods), end=max(each.end for each in periods))


def _moved(said: PeriodMention, base: MetricQuery | None) -> Period | None:
    """ "bulan sebelumnya": so many units before the period spoken of, or before now."""
    if base is None or base.period is None or said.unit is None:
        return said.period
    unit = Unit(said.unit.value)
    start = base.period.start
    edge = floor(unit, start.replace(tzinfo=None)).replace(tzinfo=start.tzinfo)
    return Period(
        start=moved(Period(start=edge, end=start + timedelta(days=400)), said.unit, said.moves).start, end=edge
    )


def _unsaid(
    wishes: Wishes, metric: Metric, base: MetricQuery | None, ground: Ground, *, grain: Grain | None, compared: bool
) -> Period | None:
    if base is not None and base.period is not None:
        return base.period
    if compared and wishes.baseline and wishes.baseline.unit:
        return _running(wishes.baseline.unit, ground)
    if compared and wishes.comparison is Comparison.LAST_YEAR:
        return _running(Grain.YEAR, ground)
    if grain is None and not compared and _stands_now(metric, wishes, ground):
        if of_reports(metric, ground.catalog):
            ground.assume("all_time")
        return None
    if compared and is_level(metric, ground.catalog):
        return _running(coarser(Grain.MONTH, finest(metric, ground.catalog)), ground)
    return _default(metric, wishes, ground, grain)


def _stands_now(metric: Metric, wishes: Wishes, ground: Ground) -> bool:
    catalog = ground.catalog
    if is_level(metric, catalog) or open_ended(metric, wishes):
        return True
    if of_reports(metric, catalog) or of_budget(metric, catalog) or isinstance(metric, RatioMetric):
        return False
    return is_slow(metric, catalog)


def _today_of_level(said: PeriodMention, metric: Metric, ground: Ground) -> bool:
    """ "Harga beras hari ini" asks for the newest price, even if today's has not come yet."""
    if said.period is None or not is_level(metric, ground.catalog):
        return False
    today = midnight(ground.now)
    return said.period.start == today and said.kind is PeriodKind.STRETCH and said.unit is Grain.DAY


def _running(unit: Grain, ground: Ground) -> Period:
    stretch = unit_at(Unit(unit.value), ground.now.replace(tzinfo=None))
    start = stretch.start.replace(tzinfo=ground.now.tzinfo)
    return Period(start=start, end=max(ground.now, start + timedelta(minutes=1)))


def _default(metric: Metric, wishes: Wishes, ground: Ground, grain: Grain | None) -> Period:
    period = _usual(metric, wishes, ground, grain)
    ground.assume("default_period", period=period_words(period, ground.language))
    return period


def _usual(metric: Metric, wishes: Wishes, ground: Ground, grain: Grain | None) -> Period:
    now = ground.now
    if grain is not None:
        start = _back(grain, now)
    elif of_budget(metric, ground.catalog) or wishes.show is Show.CUMULATIVE:
        return _running(Grain.YEAR, ground)
    elif is_hourly(metric, ground.catalog) and not wishes.groups:
        start = now - timedelta(hours=24)
    elif is_slow(metric, ground.catalog):
        return _running(Grain.YEAR, ground)
    else:
        start = midnight(now) - timedelta(days=_USUAL_DAYS - 1)
    return Period(start=start, end=now)


def _back(grain: Grain, now: datetime) -> datetime:
    """The start of the first of the usual number of steps of a trend, the running one being the last."""
    unit = Unit(grain.value)
    return plus(unit, floor(unit, now.replace(tzinfo=None)), 1 - _TREND[grain]).replace(tzinfo=now.tzinfo)


def _wide_enough(period: Period, metric: Metric, ground: Ground) -> Period:
    """At least one whole step of what is recorded: yearly figures know no "bulan lalu"."""
    least = Grain.YEAR if is_remainder(metric, ground.catalog) else finest(metric, ground.catalog)
    if period.end - period.start >= length_of(least) or ORDER.index(least) <= ORDER.index(Grain.DAY):
        return period
    unit = Unit(least.value)
    start = floor(unit, period.start.replace(tzinfo=None))
    end = min(plus(unit, start, 1).replace(tzinfo=period.start.tzinfo), max(ground.now, period.end))
    wider = Period(start=start.replace(tzinfo=period.start.tzinfo), end=max(end, period.end))
    if wider != period and not _reaches_now(period, ground):
        ground.assume("wider_period", metric=ground.metric_name(metric), period=period_words(wider, ground.language))
    return wider


def _reaches_now(period: Period, ground: Ground) -> bool:
    return period.end >= ground.now


def _steps_for(period: Period, metric: Metric, catalog: Catalog) -> Grain:
    """Steps that show a trend over the period in about a dozen to thirty points."""
    days = (period.end - period.start) / timedelta(days=1)
    bounds = ((2, Grain.HOUR), (62, Grain.DAY), (800, Grain.MONTH), (1600, Grain.QUARTER))
    fitting = next((grain for most, grain in bounds if days <= most), Grain.YEAR)
    return coarser(fitting, finest(metric, catalog))


def _comparison(wishes: Wishes, period: Period) -> tuple[Comparison | None, Period | None]:
    """How the baseline relates to the period; where it is neither the one before nor last year's, it is asked for itself."""
    if wishes.comparison:
        return wishes.comparison, None
    baseline = wishes.baseline
    if baseline is None or baseline.period is None or baseline.kind is PeriodKind.MOVED:
        return _moved_baseline(baseline), None
    relation = _relation(period, baseline, wishes.period)
    return (relation, None) if relation else (None, baseline.period)


def _moved_baseline(baseline: PeriodMention | None) -> Comparison:
    if baseline is not None and baseline.unit is Grain.YEAR:
        return Comparison.LAST_YEAR
    return Comparison.PREVIOUS_PERIOD


def _relation(period: Period, baseline: PeriodMention, said: PeriodMention | None) -> Comparison | None:
    other = baseline.period
    assert other is not None
    a_year_before = moved(period, Grain.YEAR, -1)
    if other.start == a_year_before.start:
        return Comparison.LAST_YEAR
    if (
        baseline.unit is Grain.YEAR
        and baseline.whole
        and other.start <= a_year_before.start
        and a_year_before.end <= other.end
    ):
        return Comparison.LAST_YEAR
    unit = said.unit if said and said.unit else baseline.unit
    if unit is not None and baseline.unit is unit and other.start == moved(period, unit, -1).start:
        return Comparison.PREVIOUS_PERIOD
    return (
        Comparison.PREVIOUS_PERIOD if other.end == period.start and (said is None or _as_long(period, other)) else None
    )


def _as_long(period: Period, other: Period) -> bool:
    """Whether the other holds as many whole months, so that the period before is just that: the half years."""
    months = [(each.end.year - each.start.year) * 12 + each.end.month - each.start.month for each in (period, other)]
    return months[0] == months[1] > 0 and all(moment.day == 1 for moment in (period.start, period.end, other.start))


def with_pair(wishes: Wishes) -> Wishes:
    """ "bandingkan September dan Oktober", "Q1 vs Q2": the later is asked about, the earlier is what it is held against."""
    if wishes.baseline:
        return _turned(wishes, wishes.baseline)
    if not wishes.period or len(wishes.more_periods) != 1 or wishes.period.period is None:
        return wishes
    other = wishes.more_periods[0]
    if other.period is None:
        return wishes
    later, earlier = (
        (wishes.period, other) if wishes.period.period.start > other.period.start else (other, wishes.period)
    )
    return replace(wishes, period=later, more_periods=(), baseline=earlier)


def _turned(wishes: Wishes, baseline: PeriodMention) -> Wishes:
    """With a later period for baseline the other way round, if a comparison covers it so."""
    said = wishes.period
    if said is None or said.period is None or baseline.period is None or baseline.period.start < said.period.end:
        return wishes
    relation = _relation(baseline.period, said, baseline)
    return replace(wishes, period=baseline, baseline=said) if relation else wishes
