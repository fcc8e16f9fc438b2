"""Whether a number stands beside the name of the row that it comes from."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from agents.answer.check.values import is_number
from pesut.contracts import Claim, Evidence
from pesut.placeholders import Placeholder, Sources, pieces

_NAMING = {"period", "observed_at", "number", "title", "name", "code"}


class Mention(NamedTuple):
    """At `position` in the sentence something names these rows of an evidence."""

    position: int
    rows: frozenset[int]


class Figure(NamedTuple):
    """At `position` stands a number of `row`."""

    position: int
    row: int


def wrong_row(claim: Claim, sources: Sources) -> str | None:
    for label in claim.evidence:
        evidence = sources.evidence[label]
        if len(evidence.result) < 2:
            continue
        mentions, figures = _read(claim.text, evidence)
        if figures and not mentions:
            return f"mengambil angka dari {label} tanpa menyebut barisnya"
        if figures and not (_each_beside(mentions, figures) or _in_order(mentions, figures)):
            return f"angka dari {label} tidak berasal dari baris yang disebut"
    return None


def _read(text: str, evidence: Evidence) -> tuple[list[Mention], list[Figure]]:
    mentions: list[Mention] = []
    figures: list[Figure] = []
    at = 0
    for piece in pieces(text):
        if isinstance(piece, str):
            mentions += _named_in(piece, at, evidence)
            at += len(piece)
            continue
        if piece.label == evidence.label and piece.row is not None:
            if is_number(piece) or piece.format == "direction":
                figures.append(Figure(at, piece.row))
            elif names_a_row(piece):
                mentions.append(Mention(at, _rows_like(piece, evidence)))
        at += len(piece.written)
    return sorted(mentions), figures


def names_a_row(placeholder: Placeholder) -> bool:
    column = placeholder.column or ""
    return column.endswith("_name") or column in _NAMING


def _rows_like(placeholder: Placeholder, evidence: Evidence) -> frozenset[int]:
    """All rows with the same name: the district's rows of every month, when only the district is named."""
    assert placeholder.row is not None and placeholder.column is not None
    if placeholder.row >= len(evidence.result):
        return frozenset()
    name = evidence.result[placeholder.row].get(placeholder.column)
    return frozenset(number for number, row in enumerate(evidence.result) if row.get(placeholder.column) == name)


def _named_in(piece: str, at: int, evidence: Evidence) -> Iterable[Mention]:
    """Row names that a sentence spells out itself, the longest first, so that "Sempaja" is not seen in "Sempaja Timur"."""
    taken = piece
    for name, rows in sorted(_names(evidence).items(), key=lambda named: -len(named[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", taken, re.IGNORECASE):
            yield Mention(at + match.start(), frozenset(rows))
            taken = taken[: match.start()] + " " * len(match[0]) + taken[match.end() :]


def _names(evidence: Evidence) -> dict[str, set[int]]:
    names: dict[str, set[int]] = {}
    for number, row in enumerate(evidence.result):
        for column, value in row.items():
            if column.endswith("_name") and isinstance(value, str) and len(value) > 2:
                names.setdefault(value, set()).add(number)
    return names


def _each_beside(mentions: list[Mention], figures: list[Figure]) -> bool:
    """Each number's nearest name before it (or, where none stands before, after it) is its row's."""
    for figure in figures:
        before = [mention for mention in mentions if mention.position < figure.position]
        nearest = before[-1] if before else mentions[0]
        if figure.row not in nearest.rows:
            return False
    return True


def _in_order(mentions: list[Mention], figures: list[Figure]) -> bool:
    """ "A and B have 5 and 3": names and numbers in the same order, one number for each name."""
    return len(mentions) == len(figures) and all(
        figure.row in mention.rows for mention, figure in zip(mentions, figures, strict=True)
    )
