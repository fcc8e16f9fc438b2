"""What kind of answer it is."""

from collections.abc import Sequence

from agents.answer.check import Checked
from agents.presenting.caveats import has_values
from pesut.contracts import (
    AnswerStatus,
    CaveatKind,
    DeclineReason,
    Evidence,
    Finding,
    MetricStep,
    PatternStep,
    Plan,
    RecommendStep,
)

_DECLINED = {
    DeclineReason.OUT_OF_SCOPE: AnswerStatus.OUT_OF_SCOPE,
    DeclineReason.NO_DATA: AnswerStatus.NO_DATA,
    DeclineReason.UNKNOWN_REGION: AnswerStatus.NO_DATA,
    DeclineReason.NOT_ALLOWED: AnswerStatus.DECLINED,
    DeclineReason.UNREADABLE: AnswerStatus.DECLINED,
}


def status_of(plan: Plan, findings: Sequence[Finding], evidence: dict[str, Evidence], checked: Checked) -> AnswerStatus:
    """Clarification and refusal come from the plan; the rest from what was found and what came through the check. A briefing
    is answered by whatever there is to say.
    """
    if plan.clarify is not None:
        return AnswerStatus.CLARIFICATION
    if plan.decline is not None:
        return _DECLINED[plan.decline.reason]
    if plan.briefing is not None:
        return AnswerStatus.ANSWERED if checked.claims else AnswerStatus.NO_DATA
    met = [_is_met(number, plan, findings, evidence, checked) for number in range(len(plan.steps))]
    if not any(met):
        return AnswerStatus.NO_DATA
    if any(caveat.kind is CaveatKind.STALE for finding in findings for caveat in finding.caveats):
        return AnswerStatus.STALE_DATA
    complete = all(met) and not plan.notes and checked.claims
    return AnswerStatus.ANSWERED if complete else AnswerStatus.PARTIAL


def _is_met(
    number: int, plan: Plan, findings: Sequence[Finding], evidence: dict[str, Evidence], checked: Checked
) -> bool:
    """Whether the step gave what it was to give: values, rows, or a staff review, which may do without reports or papers."""
    step = plan.steps[number]
    if isinstance(step, RecommendStep) or (checked.staff_review and not isinstance(step, MetricStep)):
        return checked.staff_review is not None
    if isinstance(step, PatternStep):
        return any(finding.evidence for finding in findings if finding.step == number)
    labels = [label for finding in findings if finding.step == number for label in finding.evidence]
    asked = [
        evidence[label] for label in labels if label in evidence and evidence[label].query.kind == _kind(step.kind)
    ]
    if isinstance(step, MetricStep):
        asked = [each for each in asked if each.query == step.query]
    return any(has_values(each) for each in asked)


def _kind(step: str) -> str:
    return {"metric": "metric", "report": "reports", "document": "documents"}[step]
