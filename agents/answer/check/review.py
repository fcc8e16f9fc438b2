"""A staff review, point by point. One whose problem, conclusion or facts do not hold does not go out."""

from collections.abc import Callable

from agents.answer.check.references import REFERENCES, Reference
from pesut.contracts import Claim, ClaimKind, CutClaim, ReviewOption, ReviewPoint, StaffReview
from pesut.placeholders import Sources

Fault = Callable[[Claim], str | None]

Holds = Callable[[ReviewPoint, ClaimKind], bool]
Refers = Callable[[ReviewPoint, Reference], bool]

FEWEST_OPTIONS = 2
_FACTUAL = {"budget", "legal_basis", "plan_link"}
_SIDES = (*REFERENCES, "deadline", "risk")


def checked_review(review: StaffReview, fault_of: Fault, sources: Sources) -> tuple[StaffReview | None, list[CutClaim]]:
    """The review without the points that do not hold, or None when what is left is no review; and what was cut."""
    cut: list[CutClaim] = []

    def holds(point: ReviewPoint, kind: ClaimKind) -> bool:
        claim = Claim(text=point.text, kind=kind, evidence=point.evidence)
        if fault := fault_of(claim):
            cut.append(CutClaim(claim=claim, reason=fault))
        return fault is None

    def refers(point: ReviewPoint, reference: Reference) -> bool:
        if fault := reference(point, sources):
            claim = Claim(text=point.text, kind=ClaimKind.FACT, evidence=point.evidence)
            cut.append(CutClaim(claim=claim, reason=fault))
        return fault is None

    def kept(points: tuple[ReviewPoint, ...], kind: ClaimKind) -> tuple[ReviewPoint, ...]:
        return tuple(point for point in points if holds(point, kind))

    facts = kept(review.facts, ClaimKind.FACT)
    options = tuple(option for each in review.options if (option := _option(each, holds, refers, sources)))
    framed = holds(review.problem, ClaimKind.RECOMMENDATION) and holds(review.conclusion, ClaimKind.RECOMMENDATION)
    if not framed or not facts or len(options) < FEWEST_OPTIONS:
        return None, cut
    analysis = kept(review.analysis, ClaimKind.ANALYSIS)
    known = review.model_copy(update={"facts": facts})
    update = {
        "assumptions": kept(review.assumptions, ClaimKind.ASSUMPTION),
        "facts": facts,
        "analysis": tuple(each for each in analysis if refers(each, lambda step, _: _without_fact(step, known))),
        "options": options,
    }
    return review.model_copy(update=update), cut


def _without_fact(step: ReviewPoint, review: StaffReview) -> str | None:
    return None if review.facts_behind(step) else "tidak bertumpu pada fakta yang disebut"


def _option(option: ReviewOption, holds: Holds, refers: Refers, sources: Sources) -> ReviewOption | None:
    """The option without its unsupported side points; None when its action, effect or counter-argument does not hold."""
    title = ReviewPoint(text=option.title)
    main = (title, option.action, option.expected_effect, option.counter_argument)
    if not all(holds(point, ClaimKind.RECOMMENDATION) for point in main):
        return None
    if option.agency is not None and sources.gazetteer.agency(option.agency) is None:
        return None

    def stands(name: str, point: ReviewPoint | None) -> bool:
        if point is None:
            return False
        kind = ClaimKind.FACT if name in _FACTUAL else ClaimKind.RECOMMENDATION
        return holds(point, kind) and (name not in REFERENCES or refers(point, REFERENCES[name]))

    sides = {name: getattr(option, name) for name in _SIDES}
    return option.model_copy(update={name: point if stands(name, point) else None for name, point in sides.items()})
