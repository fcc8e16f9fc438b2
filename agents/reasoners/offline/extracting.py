"""Reading without a model: sentences that share words with the topic, and labels whose meaning a text shares words with.

Only positions and labels of the vocabulary come out, so whatever a text says, it orders nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from agents.reasoners.base import Reading, ReadPurpose, ReadRequest, Source, SourceLabel, Span
from pesut.language.stems import stems_of
from pesut.language.tokens import folded

SHORTEST, LONGEST = 15, 220  # characters worth quoting
_SHORTENED = r"\b(?:jl|jln|gg|no|kec|kel|rp|dr)\."  # none of them ends a sentence, nor does the point in "Rp62.000"
_SENTENCE = re.compile(rf"(?:{_SHORTENED}|[.!?](?=[^\s.!?])|[^.!?\n])+[.!?]*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG_NUMBER = (
    r"(?<![\d.,])(?<!rp)(?<!rp\s)(?<!rp\.)\d(?:[ \-.]?\d){7,}"  # of a telephone or an identity card, not a sum
)
# Nor what would pass for the place of a number.
_UNQUOTED = re.compile(rf"{_LONG_NUMBER}|@|https?:|www\.|[{{}}]", re.IGNORECASE)


class _Piece(NamedTuple):
    score: float
    start: int
    end: int


def read(request: ReadRequest) -> Reading:
    """The best spans or labels of each text, best texts first. A text without any gives none."""
    match request.purpose:
        case ReadPurpose.EXCERPT:
            return Reading(spans=tuple(_spans(request)))
        case ReadPurpose.LABEL:
            return Reading(labels=tuple(label for source in request.texts for label in _labels(source, request)))


def _spans(request: ReadRequest) -> Iterator[Span]:
    topic = _stems(request.topic)
    found: list[tuple[float, int, Span]] = []
    for order, source in enumerate(request.texts):
        best = sorted(_pieces(source.text, topic), key=lambda piece: (-piece.score, piece.start))[: request.limit]
        found += [(-piece.score, order, Span(source=source.id, start=piece.start, end=piece.end)) for piece in best]
    yield from (span for _, _, span in sorted(found, key=lambda each: each[:2]))


def _pieces(text: str, topic: frozenset[str]) -> Iterator[_Piece]:
    for match in _SENTENCE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        end = _cut(text, start, end)
        said = text[start:end]
        if len(said) < SHORTEST or _UNQUOTED.search(said):
            continue
        shared = len(_stems(said) & topic)
        yield _Piece(shared + min(len(said), 120) / 400, start, end)


def _cut(text: str, start: int, end: int) -> int:
    """Between two words, where a sentence is too long to quote."""
    if end - start <= LONGEST:
        return end
    return max(text.rfind(" ", start, start + LONGEST), start + SHORTEST)


def _labels(source: Source, request: ReadRequest) -> list[SourceLabel]:
    said = _stems(source.text)
    scored = [(len(said & _stems(label.meaning)), label.code) for label in request.vocabulary]
    best = sorted((each for each in scored if each[0]), key=lambda each: -each[0])[: request.limit]
    return [SourceLabel(source=source.id, label=code) for _, code in best]


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for word in _WORD.findall(folded(text)) for stem in stems_of(word))
