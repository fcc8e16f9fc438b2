"""One claim after the other, through every rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agents.answer.check.comparisons import wrong_direction, wrong_superlative
from agents.answer.check.evidence import unsupported
from agents.answer.check.quotes import not_verbatim
from agents.answer.check.review import checked_review
from agents.answer.check.rows import wrong_row
from agents.answer.check.values import wrong_value
from agents.answer.check.words import number_outside, wrong_name
from agents.reasoners.base import Draft
from pesut.contracts import Claim, CutClaim, StaffReview
from pesut.placeholders import PlaceholderError, Sources

Rule = Callable[[Claim, Sources], str | None]

RULES: tuple[Rule, ...] = (
    number_outside,
    unsupported,
    wrong_value,
    wrong_row,
    wrong_direction,
    wrong_superlative,
    not_verbatim,
    wrong_name,
)
"""Each says what is wrong with the claim, in Indonesian, or None. In this order: later ones rely on earlier ones."""


@dataclass(frozen=True)
class Checked:
    """What came through, and what was cut."""

    claims: tuple[Claim, ...]
    staff_review: StaffReview | None
    cut: tuple[CutClaim, ...]


def fault_of(claim: Claim, sources: Sources) -> str | None:
    """Why the claim is not supported; None when it is."""
    try:
        return next((fault for rule in RULES if (fault := rule(claim, sources))), None)
    except PlaceholderError as error:
        return error.detail


def checked(draft: Draft, sources: Sources) -> Checked:
    """The draft without what the evidence does not carry."""
    claims, cut = _divide(draft.claims, sources)
    review = None
    if draft.staff_review is not None:
        review, more = checked_review(draft.staff_review, lambda claim: fault_of(claim, sources), sources)
        cut += more
    return Checked(tuple(claims), review, tuple(cut))


def _divide(claims: Iterable[Claim], sources: Sources) -> tuple[list[Claim], list[CutClaim]]:
    kept: list[Claim] = []
    cut: list[CutClaim] = []
    for claim in claims:
        if fault := fault_of(claim, sources):
            cut.append(CutClaim(claim=claim, reason=fault))
        else:
            kept.append(claim)
    return kept, cut
