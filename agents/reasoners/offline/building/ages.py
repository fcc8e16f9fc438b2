"""How long reports have been there: "belum selesai lebih dari 30 hari" counts those that came before that."""

from dataclasses import replace
from datetime import timedelta

from agents.reasoners.offline.building.timing import open_ended
from agents.reasoners.offline.ground import Ground
from agents.reasoners.offline.messages import period_words
from agents.reasoners.offline.wishes import Amount, Wishes
from pesut.catalog.models import Metric, ReportMetric
from pesut.contracts import EARLIEST, Operator, Period, ValueFormat
from pesut.language.periods import PeriodKind, PeriodMention

_OLDER = frozenset({Operator.ABOVE, Operator.AT_LEAST})


def with_age(wishes: Wishes, metric: Metric, ground: Ground) -> Wishes:
    """The length of time as the period in which the reports came, where it cannot be a length that the metric measures."""
    amount = wishes.amount
    if amount is None or amount.hours is None or not _are_awaited(metric, wishes):
        return wishes
    period = _came_in(amount, wishes, ground)
    if period is None:
        return wishes
    ground.assume("came_in", period=period_words(period, ground.language))
    return replace(wishes, amount=None, period=PeriodMention(0, 0, PeriodKind.STRETCH, period), period_words="")


def _are_awaited(metric: Metric, wishes: Wishes) -> bool:
    """Whether it counts reports that are not dealt with yet, which alone grow older."""
    counted = isinstance(metric, ReportMetric) and metric.format is not ValueFormat.DURATION
    return counted and wishes.grain is None and metric.better != "higher" and open_ended(metric, wishes)


def _came_in(amount: Amount, wishes: Wishes, ground: Ground) -> Period | None:
    """When reports of that age came, within the period that was named, if any; None where there is no such time."""
    edge = ground.now - timedelta(hours=amount.hours or 0)
    named = wishes.period.period if wishes.period and wishes.period.kind is not PeriodKind.NOW else None
    first, last = (EARLIEST, edge) if amount.operator in _OLDER else (edge, ground.now)
    start, end = max(first, named.start if named else first), min(last, named.end if named else last)
    return Period(start=start, end=end) if start < end else None
