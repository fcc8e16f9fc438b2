"""Delimited text: CSV with commas, semicolons, tabs or bars, in whatever encoding."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from pesut.intake.files.encoding import Encoding, detect
from pesut.intake.files.header import LOOK_AHEAD, as_rows, column_names, find_header
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.table import Layout, SourceRow

LONGEST_LINE = 1_000_000  # characters; a report or a polygon has a hundredth of that
_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class DelimitedTable:
    path: Path
    encoding: Encoding
    delimiter: str
    skipped: int  # rows up to and with the header
    header: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        notes = [f"read as {self.encoding.name}, separated by {_NAMES[self.delimiter]}", self.encoding.note]
        return tuple(note for note in notes if note)

    def rows(self) -> Iterator[SourceRow]:
        with _opened(self.path, self.encoding) as file:
            records = _records(self.path, file, self.delimiter)
            yield from as_rows(self.header, islice(records, self.skipped, None), self.skipped + 1)


def read_delimited(path: Path, layout: Layout) -> DelimitedTable:
    """Raises UnusableFileError for what is no such table."""
    encoding = detect(path)
    delimiter = _declared(path, encoding) or _likeliest(path, encoding)
    with _opened(path, encoding) as file:
        first = list(islice(_records(path, file, delimiter), LOOK_AHEAD))
    index = find_header(path, first, layout.header_row)
    return DelimitedTable(path, encoding, delimiter, index + 1, column_names(path, _trimmed(first[index])))


def _opened(path: Path, encoding: Encoding) -> TextIO:
    return path.open(encoding=encoding.name, errors=encoding.errors, newline="")


def _records(path: Path, file: TextIO, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(_lines(path, file), delimiter=delimiter)
    try:
        for record in reader:
            if record[:1] != [f"sep={delimiter}"]:  # Excel's own hint
                yield record
    except csv.Error as error:
        raise UnusableFileError(
            f"{path.name} cannot be read near line {reader.line_num}: {error}.",
            remedy='Look for a quotation mark (") that is never closed.',
        ) from error


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnusableFileError(
                f"{path.name} has a line {number} of more than {LONGEST_LINE} characters.",
                remedy="It is no table, or its line ends were lost: export it again.",
            )
        yield line


def _declared(path: Path, encoding: Encoding) -> str | None:
    with _opened(path, encoding) as file:
        first = file.readline(20).strip().lstrip("\ufeff")
    return first[4:] if first.startswith("sep=") and first[4:] in _DELIMITERS else None


def _likeliest(path: Path, encoding: Encoding) -> str:
    """The delimiter that gives most rows one and the same width, the greater width when two do."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(path, encoding, delimiter))


def _evenness(path: Path, encoding: Encoding, delimiter: str) -> tuple[bool, float, int]:
    try:
        with _opened(path, encoding) as file:
            widths = Counter(len(record) for record in islice(_records(path, file, delimiter), LOOK_AHEAD) if record)
    except UnusableFileError:
        if delimiter == ",":
            raise
        return (False, 0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (width > 1, count / max(1, widths.total()), width)


def _trimmed(header: list[str]) -> list[str]:
    """Without the empty columns at the end that a trailing delimiter makes."""
    while header and not header[-1].strip():
        header = header[:-1]
    return header
