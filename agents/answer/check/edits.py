"""What people change in a staff review is held against the same evidence by the same rules."""

from agents.answer.check.claims import fault_of
from agents.answer.check.review import checked_review
from pesut.contracts import CutClaim, StaffReview
from pesut.errors import InvalidInputError
from pesut.placeholders import Sources


def ensure_supported(before: StaffReview, edited: StaffReview, sources: Sources) -> None:
    """Raises InvalidInputError where the edited review says something that its evidence does not carry and the text before
    did not say.
    """
    if faults := unsupported_in(before, edited, sources):
        said = "; ".join(f"“{cut.claim.text}” {cut.reason}" for cut in faults)
        raise InvalidInputError(
            f"The evidence does not carry this: {said}.",
            remedy="Use the values of the evidence, or say it as an assumption and without a number.",
        )
    _ensure_whole(before, edited, sources)


def unsupported_in(before: StaffReview, edited: StaffReview, sources: Sources) -> list[CutClaim]:
    """What the edited review says beyond its evidence that the text before did not say, each with its reason in Indonesian."""
    known = {each.claim.text for each in _cut(before, sources)}
    return [cut for cut in _cut(edited, sources) if cut.claim.text not in known]


def _cut(review: StaffReview, sources: Sources) -> list[CutClaim]:
    return checked_review(review, lambda claim: fault_of(claim, sources), sources)[1]


def _ensure_whole(before: StaffReview, edited: StaffReview, sources: Sources) -> None:
    """The checker drops without a word what rests on the wrong kind of evidence or names no agency; an edit must not."""
    kept, _ = checked_review(edited, lambda claim: fault_of(claim, sources), sources)
    was, _ = checked_review(before, lambda claim: fault_of(claim, sources), sources)
    if was == before and kept != edited:
        raise InvalidInputError(
            "The edited text is no whole staff review: it needs two options at least, agencies that exist, money that rests on"
            " budget lines and a legal basis that rests on documents.",
        )
