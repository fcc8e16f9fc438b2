"""Excel workbooks, read as a stream so that a large sheet does not fill the memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pesut.intake.files.header import LOOK_AHEAD, MOST_COLUMNS, as_rows, column_names, find_header
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.table import Cell, Layout, SourceRow

BLANK_ROWS = 1000  # in a row: what follows is formatting, not data


@dataclass(frozen=True)
class WorkbookTable:
    path: Path
    sheet: str
    others: tuple[str, ...]
    skipped: int
    header: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        others = f"; left alone: {', '.join(self.others)} (say --set sheet=NAME)" if self.others else ""
        return (f"read from the sheet {self.sheet!r}{others}",)

    def rows(self) -> Iterator[SourceRow]:
        records = _records(self.path, self.sheet)
        yield from as_rows(self.header, islice(records, self.skipped, None), self.skipped + 1)


def read_workbook(path: Path, layout: Layout) -> WorkbookTable:
    """The sheet named, or the first that has rows. Raises UnusableFileError for a damaged file or an unknown sheet."""
    names = _sheets(path)
    if layout.sheet is not None and layout.sheet not in names:
        raise UnusableFileError(f"{path.name} has no sheet {layout.sheet!r}.", remedy=f"It has: {', '.join(names)}.")
    for name in [layout.sheet] if layout.sheet else names:
        first = list(islice(_records(path, name), LOOK_AHEAD))
        if first:
            index = find_header(path, first, layout.header_row)
            others = tuple(other for other in names if other != name)
            return WorkbookTable(path, name, others, index + 1, column_names(path, _trimmed(first[index])))
    raise UnusableFileError(f"{path.name} has no rows.", remedy="Export it again.")


def _sheets(path: Path) -> list[str]:
    workbook = _open(path)
    try:
        return [sheet.title for sheet in workbook.worksheets]
    finally:
        workbook.close()


def _open(path: Path) -> Any:
    try:
        return load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, BadZipFile, ParseError, KeyError, ValueError, OSError) as error:
        raise UnusableFileError(f"{path.name} is damaged: {error}.", remedy="Save it again in Excel.") from error


def _records(path: Path, sheet: str) -> Iterator[Sequence[Cell]]:
    """The rows of a sheet, up to the last that holds anything."""
    workbook = _open(path)
    try:
        blank = 0
        for row in workbook[sheet].iter_rows(values_only=True, max_col=MOST_COLUMNS):
            if all(cell is None for cell in row):
                blank += 1
                if blank > BLANK_ROWS:
                    return
                continue
            for _ in range(blank):
                yield ()
            blank = 0
            yield _trimmed(row)
    except (BadZipFile, ParseError, KeyError, ValueError, EOFError) as error:
        raise UnusableFileError(f"{path.name} is damaged: {error}.", remedy="Save it again in Excel.") from error
    finally:
        workbook.close()


def _trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return row[:width]
