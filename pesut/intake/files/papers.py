"""Documents as text with Markdown headings: PDF, Word, Markdown and plain text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile

import yaml

from pesut.intake.files.encoding import detect
from pesut.intake.files.kinds import FileKind, UnusableFileError, recognise
from pesut.intake.files.table import Cells
from pesut.intake.text_repair import one_line, repaired

MOST_PAGES = 3000
LONGEST_TEXT = 20_000_000  # characters
_FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
_HEADING_STYLE = re.compile(r"(?:heading|judul)\s*(\d)", re.IGNORECASE)
_TITLE_LINE = re.compile(r"^#\s+(.+)$", re.MULTILINE)


def read_paper(path: Path) -> Cells:
    """Columns "text", "title" where the file names one, and those of a Markdown file's head (code, kind, number, …).

    Raises UnusableFileError for tables, for files without text, and for damaged or locked ones.
    """
    match recognise(path):
        case FileKind.PDF:
            cells = _pdf(path)
        case FileKind.WORD:
            cells = _word(path)
        case FileKind.TEXT | FileKind.DELIMITED:
            cells = _plain(path)
        case FileKind.WORKBOOK | FileKind.JSON:
            raise UnusableFileError(f"{path.name} is a table, no document.", remedy="Choose what it is a table of.")
    text = repaired(str(cells["text"]))[:LONGEST_TEXT]
    if not any(sign.isalnum() for sign in text):
        raise UnusableFileError(
            f"{path.name} holds no text.", remedy="If it is a scan, run text recognition (OCR) first."
        )
    return {**cells, "text": text}


def _pdf(path: Path) -> Cells:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnusableFileError(f"{path.name} is locked by a password.", remedy="Save it without one.")
        if len(reader.pages) > MOST_PAGES:
            raise UnusableFileError(f"{path.name} has over {MOST_PAGES} pages.", remedy="Split it.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = one_line(str((reader.metadata.title if reader.metadata else None) or ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise UnusableFileError(f"{path.name} is a damaged PDF: {error}.", remedy="Ask for it again.") from error
    return {"text": text, "title": title or None}


def _word(path: Path) -> Cells:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        document = Document(str(path))
        text = "\n\n".join(_blocks(document))
        title = one_line(document.core_properties.title)
    except (OpcError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnusableFileError(f"{path.name} is a damaged Word file: {error}.", remedy="Save it again.") from error
    return {"text": text, "title": title or _first_heading(text)}


def _blocks(document: Any) -> Iterator[str]:
    """Paragraphs and tables in their order; headings as Markdown, rows of tables as lines."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield "\n".join(" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows)
            continue
        style = block.style.name if block.style is not None else ""
        depth = 1 if style == "Title" else int(found[1]) if (found := _HEADING_STYLE.match(style)) else 0
        yield f"{'#' * depth} {block.text.strip()}" if depth and block.text.strip() else block.text


def _plain(path: Path) -> Cells:
    encoding = detect(path)
    text = path.read_text(encoding.name, errors=encoding.errors)
    head = _head(path, text)
    body = _FRONT.sub("", text, count=1) if head else text
    return {"title": _first_heading(body), **head, "text": body}


def _head(path: Path, text: str) -> Cells:
    front = _FRONT.match(text)
    if front is None:
        return {}
    try:
        values: Any = yaml.safe_load(front[1])
    except yaml.YAMLError as error:
        raise UnusableFileError(f"The head of {path.name} is no YAML: {error}.", remedy="Mend or remove it.") from error
    return cast("Cells", values) if isinstance(values, dict) else {}


def _first_heading(text: str) -> str | None:
    found = _TITLE_LINE.search(text)
    return one_line(found[1]) if found else None
