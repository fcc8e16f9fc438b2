"""Changes to the text of a staff review: applied, held in placeholders, and kept as differences against the draft."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import jsonpatch  # pyright: ignore[reportMissingTypeStubs]
from jsonpointer import JsonPointerException  # pyright: ignore[reportMissingTypeStubs]
from pydantic import ValidationError

from pesut.contracts import ReviewPoint, StaffReview
from pesut.contracts.decision import Change
from pesut.errors import InvalidInputError
from pesut.placeholders import Placeholder, Sources, pieces, placeholders, render
from pesut.placeholders.resolve import CLOCK

Difference = list[dict[str, Any]]


def changed(review: StaffReview, changes: Sequence[Change], sources: Sources) -> StaffReview:
    """The review with these changes. Points name evidence by label; `sources` hold it.

    A changed point may be written as it is read: a value that stood anywhere in the review becomes its placeholder again.
    What the new text says of its own is not judged here. Raises InvalidInputError for a change that does not fit.
    """
    operations = [each.model_dump(mode="json", exclude=_unused(each)) for each in changes]
    new = _patched(review, operations)
    if not all(point.text.strip() for point in new.points):
        raise InvalidInputError("A point says nothing any more.", remedy="Write it anew, or take it out whole.")
    values = _values(review, sources)
    known = set(review.points)
    return new.with_points(lambda point: point if point in known else _relinked(point, values))


def difference(draft: StaffReview, edited: StaffReview) -> Difference:
    """The JSON Patch that makes `edited` of `draft`."""
    patch = jsonpatch.make_patch(draft.model_dump(mode="json"), edited.model_dump(mode="json"))
    return patch.patch


def with_difference(draft: StaffReview, patch: Difference) -> StaffReview:
    """The text that `difference` was taken of."""
    return _patched(draft, patch)


def _patched(review: StaffReview, operations: Difference) -> StaffReview:
    try:
        body: Any = jsonpatch.apply_patch(review.model_dump(mode="json"), operations)
        return StaffReview.model_validate(body)
    except (jsonpatch.JsonPatchException, JsonPointerException, TypeError) as error:
        raise InvalidInputError(f"A change points at nothing of this text: {error}.") from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise InvalidInputError(
            f"With this change {where} is no part of a staff review: {error.errors()[0]['msg']}."
        ) from error


def _unused(change: Change) -> set[str]:
    return {"value"} if change.op == "remove" else set()


def _values(review: StaffReview, sources: Sources) -> Mapping[str, str]:
    """Each value that stands in the review and holds a digit, with its placeholder; the longest first."""
    written = {each.written for point in review.points for each in placeholders(point.text)}
    found = {render(each, sources): each for each in sorted(written)}
    return {value: found[value] for value in sorted(found, key=len, reverse=True) if re.search(r"\d", value)}


def _relinked(point: ReviewPoint, values: Mapping[str, str]) -> ReviewPoint:
    text = "".join(
        piece.written if isinstance(piece, Placeholder) else _linked(piece, values) for piece in pieces(point.text)
    )
    used = [each.label for each in placeholders(text) if each.label != CLOCK]
    return point.model_copy(update={"text": text, "evidence": tuple(dict.fromkeys((*used, *point.evidence)))})


def _linked(said: str, values: Mapping[str, str]) -> str:
    for value, placeholder in values.items():
        parts = pieces(said)
        whole = rf"(?<![\w.,]){re.escape(value)}(?!\w|[.,]\d)"
        said = "".join(
            part.written if isinstance(part, Placeholder) else re.sub(whole, lambda _, to=placeholder: to, part)
            for part in parts
        )
    return said
