"""Personal data taken out of a text before anything else sees it. The one door: every way in for reports goes through `Masker`."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pesut.reports.privacy.contacts import find_contacts
from pesut.reports.privacy.homes import find_homes
from pesut.reports.privacy.kinds import SHOWN, PersonalKind, Span
from pesut.reports.privacy.look import Look
from pesut.reports.privacy.names import NameFinder
from pesut.reports.privacy.numbers import find_numbers
from pesut.reports.privacy.plates import find_plates

VERSION = "1"  # of what is looked for; kept with every finding


@dataclass(frozen=True)
class Masked:
    """A text as everybody may see it, and how often each kind of personal data was taken out."""

    text: str
    found: Counter[PersonalKind] = field(default_factory=Counter[PersonalKind])


class Masker:
    """`public` are names of places and agencies, none of whose words is a person's name here. Safe to share between threads."""

    def __init__(self, public: Iterable[str] = ()) -> None:
        self._names = NameFinder(word for name in public for word in name.lower().split())

    def mask(self, text: str, known: Sequence[str] = ()) -> Masked:
        """`text` with what is personal replaced by what it is; `known` are names that are looked for as they are, such as the
        reporter's. What is masked already stays as it is.
        """
        found = Counter[PersonalKind]()
        while spans := _without_overlaps(self._find(text, known)):  # what was found may have hidden something else
            found.update(span.kind for span in spans)
            text = _replaced(text, spans)
        return Masked(text, found)

    def _find(self, text: str, known: Sequence[str]) -> Iterator[Span]:
        look = Look(text)
        yield from find_contacts(look)
        yield from find_numbers(look)
        yield from find_plates(look)
        yield from find_homes(look)
        yield from self._names.find(look, known)


def _replaced(text: str, spans: Sequence[Span]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += (text[at : span.start], SHOWN[span.kind])
        at = span.end
    return "".join(pieces) + text[at:]


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """In order of place; of those that overlap, the one that was found first."""
    kept: list[Span] = []
    for span in spans:
        place = bisect(kept, span)
        if (place == 0 or kept[place - 1].end <= span.start) and (place == len(kept) or span.end <= kept[place].start):
            kept.insert(place, span)
    return kept
