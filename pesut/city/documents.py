"""Documents of a city: a head in YAML, and a text that is cut into passages small enough to quote."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from pydantic import Field, ValidationError

from pesut.catalog.wording import explain, nearest
from pesut.contracts.base import Code, Contract

LONGEST_PASSAGE = 900  # characters
DOCUMENTS = "documents"

_FENCE = "---"
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_WRAP = re.compile(
    r"\n(?!\s*(?:[-*+|>]|\w{1,3}[.)]\s))"
)  # a line break before what is no list item, table row or quote
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=\S)")


class DocumentHead(Contract):
    """What a document's front matter says of it. `sample` marks papers that no government issued."""

    code: Code
    title: str = Field(min_length=1)
    kind: Literal["regulation", "plan", "decision", "report"]
    number: str = ""
    issued_on: date | None = None
    agency: Code | None = None
    categories: tuple[Code, ...] = ()
    restricted: bool = False
    sample: bool = False


class Passage(Contract):
    """A piece of a document: the headings it stands under, joined by " › ", and its text (<= LONGEST_PASSAGE characters)."""

    heading: str = ""
    text: str


class Document(Contract):
    head: DocumentHead
    passages: tuple[Passage, ...]


@dataclass
class DocumentFiles:
    """The documents that could be read, and the problems of all. `agencies` and `categories` are the known codes (None: unchecked)."""

    agencies: Collection[str]
    categories: Collection[str] | None
    documents: dict[str, Document] = field(default_factory=dict[str, Document])
    labels: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[str] = field(default_factory=list[str])


def read_documents(folder: Path, agencies: Collection[str], categories: Collection[str] | None) -> DocumentFiles:
    """The documents of `folder/documents/*.md` by code; whatever is wrong is told in `problems`, with file and line."""
    found = DocumentFiles(agencies, categories)
    for path in sorted((folder / DOCUMENTS).glob("*.md")):
        _read(path, f"{DOCUMENTS}/{path.name}", found)
    return found


def split_passages(text: str) -> tuple[Passage, ...]:
    """Cut Markdown (or plain text) at its headings, and what is longer than LONGEST_PASSAGE at paragraphs, sentences, words.

    A first-level heading is the document's title and is not repeated in the passages' headings.
    """
    return tuple(
        Passage(heading=heading, text=piece) for heading, body in _sections(text) for piece in _pieces(body.strip())
    )


def _read(path: Path, label: str, found: DocumentFiles) -> None:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        found.problems.append(f"{label}:1: the file is not UTF-8 text (byte {error.start})")
        return
    first, _, rest = text.partition("\n")
    front, fence, body = rest.partition(f"\n{_FENCE}\n")
    if first.strip() != _FENCE or not fence:
        found.problems.append(
            f"{label}:1: the file must begin with its head (code, title, kind, …) between two lines of {_FENCE}"
        )
        return
    passages = split_passages(body)
    if not passages:
        found.problems.append(f"{label}:{front.count(chr(10)) + 3}: the document has no text")
    head = _head(front, label, found.problems)
    if head and _holds(head, label, front, found):
        found.labels[head.code] = label
        found.documents[head.code] = Document(head=head, passages=passages)


def _head(front: str, label: str, problems: list[str]) -> DocumentHead | None:
    try:
        values: Any = yaml.safe_load(front)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problems.append(f"{label}:{line}: not valid YAML: {error.problem}")
        return None
    try:
        return DocumentHead.model_validate(values)
    except ValidationError as error:
        code = cast("dict[str, Any]", values).get("code", "?") if isinstance(values, dict) else "?"
        for detail in error.errors():
            line = _line_of(str(detail["loc"][0]) if detail["loc"] else "", front)
            problems.append(f"{label}:{line}: document '{code}': {explain(detail, DocumentHead)}")
        return None


def _holds(head: DocumentHead, label: str, front: str, found: DocumentFiles) -> bool:
    """Whether what the head names exists and its code is free."""
    known = head.categories if found.categories is None else list(found.categories)
    wrong = [
        ("categories", f"there is no category '{category}'{nearest(category, list(known))}")
        for category in head.categories
        if category not in known
    ]
    if head.agency is not None and head.agency not in found.agencies:
        wrong.append(("agency", f"there is no agency '{head.agency}'{nearest(head.agency, list(found.agencies))}"))
    if head.code in found.labels:
        wrong.append(("code", f"this code is already taken by {found.labels[head.code]}"))
    found.problems += [f"{label}:{_line_of(key, front)}: document '{head.code}': {message}" for key, message in wrong]
    return not wrong


def _line_of(key: str, front: str) -> int:
    """The line of a key in the file whose front matter is `front`; 1 where it does not stand there."""
    lines = (number for number, line in enumerate(front.splitlines(), start=2) if line.startswith(f"{key}:"))
    return next(lines, 1)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Each stretch of text with the trail of headings it stands under."""
    trail: dict[int, str] = {}
    body: list[str] = []
    for line in text.splitlines():
        match = _HEADING.match(line)
        if match is None:
            body.append(line)
            continue
        yield _trail(trail), "\n".join(body)
        depth, body = len(match[1]), []
        trail = {level: name for level, name in trail.items() if level < depth} | {depth: match[2]}
    yield _trail(trail), "\n".join(body)


def _trail(trail: dict[int, str]) -> str:
    return " › ".join(name for level, name in sorted(trail.items()) if level > 1)


def _pieces(body: str) -> Iterator[str]:
    """`body` in pieces of at most LONGEST_PASSAGE characters; paragraphs stay whole where they fit."""
    yield from _packed((part for paragraph in re.split(r"\n\s*\n", body) for part in _fitting(paragraph)), "\n\n")


def _fitting(paragraph: str) -> Iterator[str]:
    paragraph = _WRAP.sub(" ", paragraph.strip())
    if len(paragraph) <= LONGEST_PASSAGE:
        yield paragraph
        return
    words = (part for sentence in _SENTENCE_END.split(paragraph) for part in _short(sentence))
    yield from _packed(words, " ")


def _short(sentence: str) -> Iterator[str]:
    if len(sentence) <= LONGEST_PASSAGE:
        yield sentence
        return
    cut = [word[at : at + LONGEST_PASSAGE] for word in sentence.split() for at in range(0, len(word), LONGEST_PASSAGE)]
    yield from _packed(iter(cut), " ")


def _packed(parts: Iterator[str], joint: str) -> Iterator[str]:
    """Join neighbours while they fit into one passage."""
    held = ""
    for part in parts:
        if not part:
            continue
        joined = f"{held}{joint}{part}" if held else part
        if len(joined) > LONGEST_PASSAGE:
            yield held
            joined = part
        held = joined
    if held:
        yield held
