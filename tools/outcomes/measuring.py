"""Looking a decision's metric up again on its review date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from operator import ge, gt, le, lt
from uuid import UUID

from pesut.catalog.models import Metric
from pesut.city.workdays import start_of
from pesut.contracts import Comparison, Evidence, MetricQuery, Operator, Period
from pesut.contracts.decision import Expectation
from pesut.contracts.outcome import Difference, Outcome, OutcomeVerdict
from pesut.errors import InvalidInputError
from pesut.placeholders.numbers import number_of
from tools.context import ToolContext
from tools.metrics import query_metric
from tools.outcomes.comparing import Comparable, NoComparison, comparable, difference, touched, values_of
from tools.outcomes.wording import lost_text, outcome_text

_HOLDS = {Operator.ABOVE: gt, Operator.AT_LEAST: ge, Operator.BELOW: lt, Operator.AT_MOST: le}
_V = OutcomeVerdict


@dataclass(frozen=True)
class OutcomeQuestion:
    """Which decision, when it was taken (a day in the city's zone), and which regions other decisions on the metric are about."""

    decision_id: UUID
    expectation: Expectation
    decided_on: date
    elsewhere: Collection[str] = ()

    @property
    def length(self) -> timedelta:
        return self.expectation.review_on - self.decided_on


async def measure_outcome(context: ToolContext, question: OutcomeQuestion) -> Outcome:
    """Compare the metric from the decision to its review date with the time of equal length before, with its target, and with
    regions that had no decision, where the data allow it.

    A metric that the catalog no longer has, or no longer offers so, gives an outcome that says so. Asked again for the same
    decision, it finds the evidence of the first time.
    """
    expected = question.expectation
    metric = context.catalog.metric(expected.metric)
    if metric is None:
        return _lost(context, question, f"indikator {expected.metric} tidak ada lagi di dalam katalog")
    try:
        after, before = await _own(context, question)
    except InvalidInputError as error:
        return _lost(context, question, error.detail)
    evidence = [after, before]
    compared, reason = None, ""
    try:
        compared = await _compared(context, question, metric, evidence)
    except (NoComparison, InvalidInputError) as error:
        reason = str(error)
    return _outcome(context, question, metric, evidence, compared, reason)


async def _own(context: ToolContext, question: OutcomeQuestion) -> tuple[Evidence, Evidence]:
    expected = question.expectation
    after = MetricQuery(
        metric=expected.metric,
        period=_period(context, question, 0),
        filters=expected.filters,
        comparison=Comparison.LAST_YEAR,
    )
    before = after.model_copy(update={"period": _period(context, question, -1), "comparison": None})
    return await _ask(context, question, after, "O1"), await _ask(context, question, before, "O2")


async def _compared(
    context: ToolContext, question: OutcomeQuestion, metric: Metric, evidence: list[Evidence]
) -> Difference:
    asked = comparable(question.expectation, context.catalog, context.gazetteer)
    found = [
        await _ask(context, question, _by_region(context, question, asked, step), label)
        for step, label in ((-2, "O3"), (-1, "O4"), (0, "O5"))
    ]
    evidence.extend(found)
    excluded = touched([*question.elsewhere, *asked.treated], context.gazetteer)
    return difference(asked, [values_of(each, asked.level) for each in found], excluded, metric.better)


def _by_region(context: ToolContext, question: OutcomeQuestion, asked: Comparable, step: int) -> MetricQuery:
    return MetricQuery(
        metric=question.expectation.metric,
        period=_period(context, question, step),
        group_by=(asked.level,),
        filters=asked.filters,
    )


def _period(context: ToolContext, question: OutcomeQuestion, step: int) -> Period:
    """The time from the decision to the review (step 0), or the ones of equal length before."""
    first = question.decided_on + step * question.length
    return Period(start=start_of(first, context.city), end=start_of(first + question.length, context.city))


async def _ask(context: ToolContext, question: OutcomeQuestion, query: MetricQuery, label: str) -> Evidence:
    return await query_metric(context, query, key=f"outcome/{question.decision_id}/{label}", label=label)


def _outcome(
    context: ToolContext,
    question: OutcomeQuestion,
    metric: Metric,
    evidence: list[Evidence],
    compared: Difference | None,
    reason: str,
) -> Outcome:
    outcome = Outcome(
        decision_id=question.decision_id,
        expectation=question.expectation,
        verdict=_verdict(question.expectation, metric, *(_value(each) for each in evidence[:2])),
        after=_value(evidence[0]),
        before=_value(evidence[1]),
        difference=compared,
        no_difference=reason,
        evidence={each.label: each.id for each in evidence},
        text="",
        sample=any(each.sample for each in evidence),
        as_of=context.as_of,
    )
    return outcome.model_copy(update={"text": outcome_text(outcome, metric, evidence, context)})


def _verdict(expected: Expectation, metric: Metric, after: float | None, before: float | None) -> OutcomeVerdict:
    if after is None:
        return _V.UNKNOWN
    if expected.target is not None:
        return _V.MET if _HOLDS[expected.target.operator](after, expected.target.value) else _V.NOT_MET
    if before is None or metric.better == "neither":
        return _V.UNKNOWN
    if after == before:
        return _V.UNCHANGED
    return _V.BETTER if (after > before) is (metric.better == "higher") else _V.WORSE


def _value(evidence: Evidence) -> float | None:
    value = evidence.result[0].get("value") if evidence.result else None
    return None if value is None else float(number_of(value))


def _lost(context: ToolContext, question: OutcomeQuestion, reason: str) -> Outcome:
    return Outcome(
        decision_id=question.decision_id,
        expectation=question.expectation,
        verdict=_V.UNKNOWN,
        no_difference=reason,
        text=lost_text(reason),
        as_of=context.as_of,
    )
