"""What a file really is, and the clear refusal of what cannot be read."""

import zipfile
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from pesut.errors import InvalidInputError

LARGEST_FILE = 2 * 1024**3  # bytes
LARGEST_UNPACKED = 1024**3
LARGEST_RATIO = 200  # honest spreadsheets pack to about a tenth; bombs to a thousandth
HEAD = 8192


class UnusableFileError(InvalidInputError):
    """A file that is missing, empty, or not what it says."""

    slug: ClassVar[str] = "unusable-file"
    title: ClassVar[str] = "The file cannot be used"


class FileKind(StrEnum):
    DELIMITED = "csv"
    WORKBOOK = "xlsx"
    JSON = "json"
    PDF = "pdf"
    WORD = "docx"
    TEXT = "text"


_PLAIN = frozenset({FileKind.DELIMITED, FileKind.JSON, FileKind.TEXT})
_NAMES = {
    **{FileKind.DELIMITED: "plain text", FileKind.JSON: "JSON", FileKind.TEXT: "plain text"},
    **{FileKind.WORKBOOK: "an Excel workbook", FileKind.PDF: "a PDF document", FileKind.WORD: "a Word document"},
}
_SUFFIXES = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv"), FileKind.DELIMITED),
    **dict.fromkeys((".xlsx", ".xlsm"), FileKind.WORKBOOK),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".geojson"), FileKind.JSON),
    **dict.fromkeys((".txt", ".md", ".markdown"), FileKind.TEXT),
    ".pdf": FileKind.PDF,
    ".docx": FileKind.WORD,
}
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": ("an old Office file (.xls or .doc)", "Save it as .xlsx or .docx and import that."),
    b"\x1f\x8b": ("a gzip archive", "Unpack it first."),
    b"Rar!": ("a RAR archive", "Unpack it first."),
    b"7z\xbc\xaf": ("a 7z archive", "Unpack it first."),
    b"\x89PNG": ("a picture", "Import the data it shows as a table."),
    b"\xff\xd8\xff": ("a picture", "Import the data it shows as a table."),
    b"{\\rtf": ("an RTF text", "Save it as .docx or plain text."),
    b"SQLite format 3": ("an SQLite database", "Export the table as CSV."),
    b"PAR1": ("a Parquet file", "Export it as CSV."),
    b"\x7fELF": ("a program", "Import a table."),
    b"<!doctype html": ("a web page", "Export the table itself, as CSV or XLSX."),
    b"<html": ("a web page", "Export the table itself, as CSV or XLSX."),
    b"<table": ("a web page", "Export the table itself, as CSV or XLSX."),
    b"<?xml": ("an XML file", "Export it as CSV, XLSX, JSON or GeoJSON."),
}


def recognise(path: Path) -> FileKind:
    """The kind of the file by its content, checked against its name. Raises UnusableFileError."""
    head = _head(path)
    claimed = _SUFFIXES.get(path.suffix.lower())
    found = _by_content(path, head) or _plain(head, claimed)
    if claimed not in {None, found}:
        raise UnusableFileError(
            f"{path.name} is called {path.suffix} but holds {_NAMES[found]}.",
            remedy="Give it the right name, or export it again.",
        )
    return found


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnusableFileError(f"{path} is no file.", remedy="Name one file.")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UnusableFileError(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error
    if not head.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnusableFileError(f"{path.name} is empty.", remedy="Export it again.")
    if size > LARGEST_FILE:
        raise UnusableFileError(f"{path.name} has {size / 1024**3:.1f} GB.", remedy="Split it into files under 2 GB.")
    return head


def _by_content(path: Path, head: bytes) -> FileKind | None:
    """The kind that the first bytes prove; None for plain text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        return FileKind.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(path)
    for sign, (what, remedy) in _FOREIGN.items():
        if start.startswith(sign.lower()):
            raise UnusableFileError(f"{path.name} is {what}.", remedy=remedy)
    return None


def _packed(path: Path) -> FileKind:
    """Office files are ZIP archives; refuse others, and those that would unpack into far more than they are."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UnusableFileError(f"{path.name} is damaged: {error}.", remedy="Ask for it again.") from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * max(path.stat().st_size, 65_536):
        raise UnusableFileError(
            f"{path.name} would unpack to {unpacked / 1024**2:.0f} MB, which no honest file of its size does.",
            remedy="Ask where it comes from, or export it as CSV.",
        )
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        return FileKind.WORKBOOK
    if "word/document.xml" in names:
        return FileKind.WORD
    raise UnusableFileError(f"{path.name} is a ZIP archive.", remedy="Unpack it and import the table inside.")


def _plain(head: bytes, claimed: FileKind | None) -> FileKind:
    """Of plain text only the name tells what it is for; without one, JSON shows by its first sign."""
    if claimed is not None and claimed in _PLAIN:
        return claimed
    return FileKind.JSON if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") else FileKind.DELIMITED
