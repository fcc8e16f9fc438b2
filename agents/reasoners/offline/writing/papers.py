"""Sentences from the government's documents, word for word."""

import re

from agents.reasoners.offline.writing.figures import fact
from agents.reasoners.offline.writing.naming import Pointer
from pesut.contracts import Claim, DocumentQuery, Evidence, Language, Row
from pesut.decisions.filing import DECIDED, DECISION, OUTCOME

SHOWN = 3
TEXT = "passage"  # the column
_LONGEST, _LONGEST_OUTCOME = 260, 700  # characters; of what came of a decision
_SENTENCE = re.compile(r"[^.!?;\n]{20,}?[.!?;](?=\s|$)")


def paper_claims(evidence: Evidence, language: Language) -> list[Claim]:
    """The first sentence of each of the nearest passages, one per document; of decisions, what came of them."""
    pointer = Pointer(evidence, language)
    if not evidence.result:
        return [fact(pointer.say("papers_none"), evidence.label)]
    if is_of(evidence, DECISION):
        return [fact(text, evidence.label) for text in precedents(pointer)[:SHOWN]]
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


def is_of(evidence: Evidence, kind: str) -> bool:
    """Whether only documents of this kind were looked for."""
    return isinstance(evidence.query, DocumentQuery) and evidence.query.kinds == (kind,)


def precedents(pointer: Pointer) -> list[str]:
    """Each decision once, the nearest first: what came of it or, where that was not found, what was decided."""
    chosen: dict[str, int] = {}
    for row, passage in enumerate(pointer.rows):
        code = str(passage["code"])
        if code not in chosen or _rank(passage) > _rank(pointer.rows[chosen[code]]):
            chosen[code] = row
    return [text for row in chosen.values() if (text := _precedent(pointer, row))]


def _precedent(pointer: Pointer, row: int) -> str | None:
    text = pointer.rows[row].get(TEXT)
    if not isinstance(text, str) or not text.strip():
        return None
    start, end = first_sentence(text)
    while text[end:].strip() and end + (more := first_sentence(text[end:])[1]) - start <= _LONGEST_OUTCOME:
        end += more
    number = pointer.say("paper_number", pointer.cell(row, "number", "text")) if pointer.rows[row].get("number") else ""
    return pointer.say(
        "precedent_outcome" if _tells_outcome(pointer.rows[row]) else "precedent",
        title=pointer.cell(row, "title", "text"),
        number=number,
        day=pointer.cell(row, "issued_on", "date"),
        quote=pointer.at(f"rows[{row}].{TEXT}[{start}:{end}]", "quote"),
    )


def _tells_outcome(passage: Row) -> bool:
    return str(passage.get("heading") or "").startswith(OUTCOME)


def _rank(passage: Row) -> int:
    heading = str(passage.get("heading") or "")
    return 2 * heading.startswith(OUTCOME) + heading.startswith(DECIDED)


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
