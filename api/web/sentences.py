"""Sentences of an answer, cut so that each of their numbers leads to the row of the evidence that it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from pesut.contracts import Claim, ReviewPoint
from pesut.placeholders import Part, parts_of
from pesut.placeholders.formats import NUMERIC


@dataclass(frozen=True)
class Piece:
    """A piece of a sentence; `href` leads to the evidence of a number."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Source:
    """An evidence that a sentence rests on: its label in the answer, and where it is shown."""

    label: str
    href: str


@dataclass(frozen=True)
class Sentence:
    """`sources` are those that no number of the sentence leads to."""

    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...]


def sentence(said: Claim | ReviewPoint, labels: Mapping[str, str]) -> Sentence:
    """`labels` are those of the answer's evidence, by id."""
    ids = {label: id_ for id_, label in labels.items()}
    pieces = tuple(_piece(part, ids) for part in parts_of(said.text, said.rendered))
    led = {piece.href.partition("?")[0] for piece in pieces if piece.href}
    sources = [Source(labels[id_], f"/bukti/{id_}") for id_ in said.evidence if id_ in labels]
    return Sentence(pieces, tuple(source for source in sources if source.href not in led))


def _piece(part: Part, ids: Mapping[str, str]) -> Piece:
    found = part.placeholder
    if found is None or found.format not in NUMERIC or found.label not in ids:
        return Piece(part.text)
    row = "" if found.row is None else f"?baris={found.row + 1}"
    return Piece(part.text, f"/bukti/{ids[found.label]}{row}")
