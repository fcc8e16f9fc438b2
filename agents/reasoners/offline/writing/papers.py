"""Sentences from the government's documents, word for word."""

import re

from agents.reasoners.offline.writing.figures import fact
from agents.reasoners.offline.writing.naming import Pointer
from pesut.contracts import Claim, Evidence, Language

SHOWN = 3
TEXT = "passage"  # the column
_LONGEST = 260
_SENTENCE = re.compile(r"[^.!?;\n]{20,}?[.!?;](?=\s|$)")


def paper_claims(evidence: Evidence, language: Language) -> list[Claim]:
    """The first sentence of each of the nearest passages, one per document."""
    pointer = Pointer(evidence, language)
    if not evidence.result:
        return [fact(pointer.say("papers_none"), evidence.label)]
    rows = {str(row.get("title")): number for number, row in reversed(list(enumerate(evidence.result)))}
    shown = sorted(rows.values())[:SHOWN]
    return [fact(text, evidence.label) for row in shown if (text := paper_sentence(pointer, row))]


def paper_sentence(pointer: Pointer, row: int) -> str | None:
    """ "Perda tentang … (Nomor …): “…”"; None for a passage without words."""
    text = pointer.rows[row].get(TEXT)
    if not isinstance(text, str) or not text.strip():
        return None
    start, end = first_sentence(text)
    quote = pointer.at(f"rows[{row}].{TEXT}[{start}:{end}]", "quote")
    has_number = bool(pointer.rows[row].get("number"))
    number = pointer.say("paper_number", pointer.cell(row, "number", "text")) if has_number else ""
    return pointer.say("paper", title=pointer.cell(row, "title", "text"), number=number, quote=quote)


def first_sentence(text: str) -> tuple[int, int]:
    """Where the first whole sentence stands; the first words, cut between two, where it is long."""
    match = _SENTENCE.search(text)
    if match and len(match[0]) <= _LONGEST:
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        return start, match.end()
    start = len(text) - len(text.lstrip())
    if len(text) - start <= _LONGEST:
        return start, len(text.rstrip())
    return start, max(text.rfind(" ", start, start + _LONGEST), start + 1)
