"""The whole draft: what each step found, in the plan's order, and the staff review where one is wanted."""

from collections.abc import Iterator

from agents.data_lookup.inquiries import is_single
from agents.presenting.wording import dimension_title
from agents.reasoners.base import Draft, WriteRequest
from agents.reasoners.offline.writing.figures import figure_claims
from agents.reasoners.offline.writing.papers import paper_claims
from agents.reasoners.offline.writing.patterns import pattern_claims
from agents.reasoners.offline.writing.reports import report_claims
from agents.reasoners.offline.writing.review import staff_review
from agents.reasoners.offline.writing.review_phrases import say
from pesut.contracts import (
    Claim,
    ClaimKind,
    DocumentQuery,
    Evidence,
    Finding,
    MetricQuery,
    MetricStep,
    PatternStep,
    RecommendStep,
    ReportStep,
    StaffReview,
)


def write(request: WriteRequest) -> Draft:
    """Claims by step, then the first advice of the staff review. Never fails: what cannot be said is left out."""
    review = staff_review(request) if request.wants_review else None
    claims = [claim for finding in request.findings for claim in _claims(finding, request)]
    if review is not None:
        claims.append(_advice(review, request))
    return Draft(claims=tuple(claims), staff_review=review)


def _claims(finding: Finding, request: WriteRequest) -> Iterator[Claim]:
    found = [request.evidence[label] for label in finding.evidence if label in request.evidence]
    match request.plan.steps[finding.step] if finding.step < len(request.plan.steps) else None:
        case MetricStep() as step:
            asked = [each for each in found if each.query == step.query]
            yield from (claim for each in asked for claim in figure_claims(each, request.catalog, request.language))
            yield from (claim for each in found if _adds(each, asked) for claim in _first(each, request))
        case ReportStep():
            yield from report_claims(finding, found, request.catalog, request.language)
        case PatternStep():
            yield from (claim for each in found for claim in pattern_claims(each, request))
        case RecommendStep():
            yield from (claim for each in found if _is_situation(each) for claim in _first(each, request))
        case _:
            papers = [each for each in found if isinstance(each.query, DocumentQuery)]
            yield from (claim for each in papers for claim in paper_claims(each, request.language))


def _adds(evidence: Evidence, asked: list[Evidence]) -> bool:
    """Whether it is the places that make up a single value that was asked for; its course is left to the chart."""
    query = evidence.query
    return isinstance(query, MetricQuery) and evidence not in asked and bool(query.group_by)


def _is_situation(evidence: Evidence) -> bool:
    return isinstance(evidence.query, MetricQuery) and (is_single(evidence.query) or bool(evidence.query.group_by))


def _first(evidence: Evidence, request: WriteRequest) -> list[Claim]:
    """One sentence; a ranking that follows a single value does not say again what it is of."""
    query = evidence.query
    about = None
    if isinstance(query, MetricQuery) and len(query.group_by) == 1 and request.plan.steps:
        about = say("split", request.language, dimension_title(query.group_by[0], request.city, request.language))
    return figure_claims(evidence, request.catalog, request.language, about)[:1]


def _advice(review: StaffReview, request: WriteRequest) -> Claim:
    """The first option in one sentence; the rest stands in the review."""
    option = review.options[0]
    deadline = option.deadline.text if option.deadline else ""
    text = say(
        "advice", request.language, action=option.action.text.rstrip("."), deadline=deadline[:1].lower() + deadline[1:]
    )
    return Claim(text=text.replace("  ", " "), kind=ClaimKind.RECOMMENDATION, evidence=option.action.evidence)
