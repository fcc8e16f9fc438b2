"""A staff review, point by point. One whose problem, conclusion or facts do not hold does not go out."""

from collections.abc import Callable

from pesut.contracts import Claim, ClaimKind, CutClaim, ReviewOption, ReviewPoint, StaffReview
from pesut.placeholders import Sources

Fault = Callable[[Claim], str | None]

FEWEST_OPTIONS = 2
_NEEDS = {"budget": "budget_lines", "legal_basis": "documents"}


def checked_review(review: StaffReview, fault_of: Fault, sources: Sources) -> tuple[StaffReview | None, list[CutClaim]]:
    """The review without the points that do not hold, or None when what is left is no review; and what was cut."""
    cut: list[CutClaim] = []

    def holds(point: ReviewPoint, kind: ClaimKind) -> bool:
        claim = Claim(text=point.text, kind=kind, evidence=point.evidence)
        if fault := fault_of(claim):
            cut.append(CutClaim(claim=claim, reason=fault))
        return fault is None

    def kept(points: tuple[ReviewPoint, ...], kind: ClaimKind) -> tuple[ReviewPoint, ...]:
        return tuple(point for point in points if holds(point, kind))

    facts = kept(review.facts, ClaimKind.FACT)
    options = tuple(option for each in review.options if (option := _option(each, holds, sources)))
    framed = holds(review.problem, ClaimKind.RECOMMENDATION) and holds(review.conclusion, ClaimKind.RECOMMENDATION)
    if not framed or not facts or len(options) < FEWEST_OPTIONS:
        return None, cut
    update = {
        "assumptions": kept(review.assumptions, ClaimKind.ASSUMPTION),
        "facts": facts,
        "analysis": kept(review.analysis, ClaimKind.ANALYSIS),
        "options": options,
    }
    return review.model_copy(update=update), cut


def _option(
    option: ReviewOption, holds: Callable[[ReviewPoint, ClaimKind], bool], sources: Sources
) -> ReviewOption | None:
    """The option without its unsupported side points; None when its action, effect or counter-argument does not hold."""
    title = ReviewPoint(text=option.title)
    main = (title, option.action, option.expected_effect, option.counter_argument)
    if not all(holds(point, ClaimKind.RECOMMENDATION) for point in main):
        return None
    if option.agency is not None and sources.gazetteer.agency(option.agency) is None:
        return None
    sides = {
        "deadline": _side(option.deadline, holds, ClaimKind.RECOMMENDATION),
        **{
            name: _side(getattr(option, name), holds, ClaimKind.FACT, _of_kind(kind, sources))
            for name, kind in _NEEDS.items()
        },
    }
    return option.model_copy(update=sides)


def _side(
    point: ReviewPoint | None,
    holds: Callable[[ReviewPoint, ClaimKind], bool],
    kind: ClaimKind,
    rests: Callable[[ReviewPoint], bool] = lambda _: True,
) -> ReviewPoint | None:
    return point if point is not None and rests(point) and holds(point, kind) else None


def _of_kind(kind: str, sources: Sources) -> Callable[[ReviewPoint], bool]:
    """A budget line must rest on budget lines, a legal basis on documents."""
    return lambda point: any(
        (evidence := sources.evidence.get(label)) is not None and evidence.kind == kind for label in point.evidence
    )
