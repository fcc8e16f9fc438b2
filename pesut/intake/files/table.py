"""A file as a table: a header and numbered rows of cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

Cell = object
"""What a cell holds: text, a number, a date or datetime without zone, True or False, None, or (JSON) a list or object."""

Cells = dict[str, Cell]


@dataclass(frozen=True)
class SourceRow:
    """`number` is the row as a spreadsheet counts it (the header of a plain table is row 1).

    `fault` says why the row as a whole cannot be used.
    """

    number: int
    cells: Cells
    fault: str = ""


class Table(Protocol):
    """`header`: the names of the columns, unique; `notes`: what people should know of how the file was read."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def rows(self) -> Iterator[SourceRow]:
        """All rows, read anew each time. Raises UnusableFileError where the file breaks off."""
        ...


@dataclass(frozen=True)
class Layout:
    """Where a file keeps its table, when that is not to be guessed: the sheet's name, the header's row (from 1)."""

    sheet: str | None = None
    header_row: int | None = None
