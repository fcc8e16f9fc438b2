"""A staff review as fields that a person writes in: each point by its JSON Pointer, and what a form changes of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from pesut.contracts import ReviewOption, ReviewPoint, StaffReview
from pesut.contracts.decision import Change

LISTS = ("assumptions", "facts", "analysis")
NEEDED = ("problem", "conclusion", "action", "expected_effect", "counter_argument")


@dataclass(frozen=True)
class Field:
    """`pointer` leads to the point, `part` names what it is ("facts", "risk"), `option` the option it belongs to, from 0."""

    pointer: str
    part: str
    point: ReviewPoint
    option: int | None = None

    @property
    def needed(self) -> bool:
        return self.part in NEEDED


@dataclass(frozen=True)
class Difference:
    """One sentence that was changed, added (`before` empty) or taken out (`after` empty)."""

    part: str
    before: str
    after: str


def fields_of(review: StaffReview) -> tuple[Field, ...]:
    """Every point of the review, in reading order."""
    return tuple(_fields(review))


def changes_in(review: StaffReview, said: Mapping[str, str]) -> tuple[Change, ...]:
    """What was written otherwise than it stands, by pointer; what was emptied goes. A pointer ending in "/-" adds to a list.

    Removals come last and from the end, so that no pointer leads to another point than meant.
    """
    replaced: list[Change] = []
    removed: list[Change] = []
    for field in fields_of(review):
        text = _plain(said.get(field.pointer, field.point.rendered))
        if text == _plain(field.point.rendered):
            continue
        if text or field.needed:
            replaced.append(Change(op="replace", path=f"{field.pointer}/text", value=text))
        else:
            removed.append(Change(op="remove", path=field.pointer))
    added = [
        Change(op="add", path=pointer, value={"text": _plain(text)})
        for pointer, text in said.items()
        if pointer in {f"/{name}/-" for name in LISTS} and text.strip()
    ]
    return (*replaced, *removed[::-1], *added)


def differences(before: StaffReview, after: StaffReview) -> tuple[Difference, ...]:
    """What reads otherwise, in reading order."""
    old, new = ([(each.part, _plain(each.point.rendered)) for each in fields_of(review)] for review in (before, after))
    found: list[Difference] = []
    for tag, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [_difference(a, b) for a, b in zip_longest(old[first:last], new[start:end])]
    return tuple(found)


def _difference(before: tuple[str, str] | None, after: tuple[str, str] | None) -> Difference:
    part = (after or before or ("", ""))[0]
    return Difference(part, before[1] if before else "", after[1] if after else "")


def _fields(review: StaffReview) -> Iterator[Field]:
    yield Field("/problem", "problem", review.problem)
    for name in LISTS:
        points: tuple[ReviewPoint, ...] = getattr(review, name)
        yield from (Field(f"/{name}/{place}", name, point) for place, point in enumerate(points))
    yield Field("/conclusion", "conclusion", review.conclusion)
    for number, option in enumerate(review.options):
        for name in ReviewOption.model_fields:
            if isinstance(point := getattr(option, name), ReviewPoint):
                yield Field(f"/options/{number}/{name}", name, point, number)


def _plain(text: str) -> str:
    return " ".join(text.split())
