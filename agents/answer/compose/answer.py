"""The answer, put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from agents.answer.check import Checked
from agents.answer.compose.follow_ups import follow_ups
from agents.answer.compose.status import status_of
from agents.answer.compose.text import rendered_caveats, rendered_claims, rendered_review, text_of
from pesut import __version__
from pesut.contracts import (
    Agent,
    Answer,
    AnswerStatus,
    Caveat,
    CaveatKind,
    Evidence,
    Finding,
    ModelUse,
    Plan,
    Question,
    Timing,
    new_id,
)
from pesut.placeholders import Sources

_BRIEFED = {CaveatKind.STALE, CaveatKind.SAMPLE}
_ANSWERS = {AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.STALE_DATA}


@dataclass(frozen=True)
class Conclusion:
    """What an answer is made of. `sources` hold the run's evidence; `uses` is one per node that used a reasoner."""

    question: Question
    plan: Plan
    findings: Sequence[Finding]
    checked: Checked
    suggested: Sequence[str]
    sources: Sources
    timings: Sequence[Timing]
    uses: Sequence[ModelUse]
    as_of: datetime
    catalog_version: str


def composed(conclusion: Conclusion) -> Answer:
    """The answer with every value in its sentence."""
    plan, checked = conclusion.plan, conclusion.checked
    evidence = _evidence(conclusion)
    sources = replace(conclusion.sources, evidence=evidence)
    ids = {label: str(each.id) for label, each in evidence.items()}
    claims = rendered_claims(checked.claims, sources, ids)
    status = status_of(plan, conclusion.findings, evidence, checked)
    review = checked.staff_review
    use = merged(conclusion.uses)
    return Answer(
        id=new_id(),
        run_id=conclusion.question.run_id,
        conversation_id=conclusion.question.conversation_id,
        question=conclusion.question.text,
        language=plan.language,
        status=status,
        degraded=use.error is not None,
        sample_data=any(each.sample for each in evidence.values()),
        text=text_of(plan, checked, claims),
        claims=claims,
        cut=checked.cut,
        evidence=tuple(evidence.values()),
        agents=_agents(conclusion, checked),
        charts=tuple(chart for finding in conclusion.findings for chart in finding.charts),
        map=next((finding.map for finding in conclusion.findings if finding.map), None),
        staff_review=rendered_review(review, sources, ids) if review else None,
        caveats=rendered_caveats(_caveats(conclusion), sources),
        clarify=plan.clarify,
        follow_ups=_follow_ups(conclusion, status, sources),
        plan=plan,
        timings=tuple(conclusion.timings),
        model=use,
        as_of=conclusion.as_of,
        created_at=datetime.now(UTC),
        catalog_version=conclusion.catalog_version,
        code_version=__version__,
    )


def _follow_ups(conclusion: Conclusion, status: AnswerStatus, sources: Sources) -> tuple[str, ...]:
    """Those that were suggested with the draft, else what the plan leads on to; a briefing leads on by its own alone."""
    if conclusion.suggested or conclusion.plan.briefing or status not in _ANSWERS:
        return tuple(conclusion.suggested)
    return follow_ups(conclusion.plan, sources)


def merged(uses: Sequence[ModelUse]) -> ModelUse:
    """What all nodes used together. Any error stays: it says that another reasoner had to step in."""
    if not uses:
        return ModelUse(reasoner="offline")
    return ModelUse(
        reasoner=uses[-1].reasoner,
        model=next((use.model for use in uses if use.model), None),
        prompts=tuple(dict.fromkeys(prompt for use in uses for prompt in use.prompts)),
        calls=sum(use.calls for use in uses),
        input_tokens=sum(use.input_tokens for use in uses),
        output_tokens=sum(use.output_tokens for use in uses),
        cost_usd=sum(use.cost_usd for use in uses),
        error=next((use.error for use in uses if use.error), None),
    )


def _evidence(conclusion: Conclusion) -> dict[str, Evidence]:
    """What the findings rest on, in the order of the labels."""
    labels = {label for finding in conclusion.findings for label in finding.evidence}
    known = conclusion.sources.evidence
    return {label: known[label] for label in sorted(labels, key=lambda each: (len(each), each)) if label in known}


def _agents(conclusion: Conclusion, checked: Checked) -> tuple[Agent, ...]:
    used = {finding.agent for finding in conclusion.findings if finding.evidence}
    if checked.staff_review is not None:
        used.add(Agent.RECOMMENDATION)
    return tuple(agent for agent in Agent if agent in used)


def _caveats(conclusion: Conclusion) -> list[Caveat]:
    """Of a briefing only what speaks of the data; a part without rows goes unsaid there."""
    found = [caveat for finding in conclusion.findings for caveat in finding.caveats]
    if conclusion.plan.briefing:
        return [caveat for caveat in found if caveat.kind in _BRIEFED]
    read = [Caveat(kind=CaveatKind.ASSUMPTION, text=_plain(text)) for text in conclusion.plan.assumptions]
    left = [Caveat(kind=CaveatKind.UNCOVERED, text=_plain(text)) for text in conclusion.plan.notes]
    return [*read, *left, *found]


def _plain(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")
