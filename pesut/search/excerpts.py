"""The part of a text that speaks to a question."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pesut.search.grams import character_grams

LONGEST = 240  # characters of an excerpt
SENTENCE = re.compile(r"[^.!?\n;]+[.!?;]*")
BREAK = re.compile(r"\s+")


class Excerpt(NamedTuple):
    """Where it stands: `text[start : start + length]`."""

    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def nearest_excerpt(text: str, query: str, longest: int = LONGEST) -> Excerpt:
    """The sentence that shares most syllables with `query`, with those after it (else before it) as far as they fit.

    Without a query, or where none shares any, the beginning.
    """
    pieces = list(_pieces(text, longest))
    if not pieces:
        return Excerpt(0, 0)
    wanted = set(character_grams(query))
    best = max(range(len(pieces)), key=lambda place: (len(wanted & _grams(pieces[place].of(text))), -place))
    first = last = best
    while last + 1 < len(pieces) and pieces[last + 1].end - pieces[first].start <= longest:
        last += 1
    while first > 0 and pieces[last].end - pieces[first - 1].start <= longest:
        first -= 1
    return Excerpt(pieces[first].start, pieces[last].end - pieces[first].start)


def _grams(text: str) -> set[str]:
    return set(character_grams(text))


def _pieces(text: str, longest: int) -> Iterator[Excerpt]:
    """Sentences without the white space around them; longer ones in pieces that end between words."""
    for sentence in SENTENCE.finditer(text):
        start, end = _trimmed(text, sentence.start(), sentence.end())
        while end - start > longest:
            cut = text.rfind(" ", start + 1, start + longest + 1)
            cut = cut if cut > start else start + longest
            yield Excerpt(start, _trimmed(text, start, cut)[1] - start)
            start = _trimmed(text, cut, end)[0]
        if end > start:
            yield Excerpt(start, end - start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
