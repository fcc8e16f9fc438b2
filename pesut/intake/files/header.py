"""Finds the header of a table under the titles that people put above it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.table import Cell, SourceRow
from pesut.intake.text_repair import one_line

LOOK_AHEAD = 50  # rows
WIDE_ENOUGH = 0.6  # share of the usual width that a header fills; titles fill one cell
MOST_COLUMNS = 2000


def find_header(path: Path, rows: Sequence[Sequence[Cell]], header_row: int | None) -> int:
    """The index of the header among the first rows. Raises UnusableFileError when there is none, or nothing below it."""
    if header_row is not None:
        if not 1 <= header_row <= len(rows):
            raise UnusableFileError(f"{path.name} has no row {header_row}.", remedy="Give the header's row.")
        return header_row - 1
    widths = [_filled(row) for row in rows]
    usual = _usual(widths)
    index = next((i for i, width in enumerate(widths) if width >= max(1, WIDE_ENOUGH * usual)), None)
    if index is None:
        raise UnusableFileError(f"{path.name} has no rows.", remedy="Export it again.")
    if not any(widths[index + 1 :]):
        raise UnusableFileError(f"{path.name} has a header and no rows.", remedy="Export it again, with its rows.")
    if _looks_like_data(rows[index]):
        raise UnusableFileError(
            f"{path.name} has no header: its first row holds numbers.",
            remedy="Put the columns' names in the first row, or say --set header=N for the row that has them.",
        )
    return index


def column_names(path: Path, header: Sequence[Cell]) -> tuple[str, ...]:
    """Unique names, made up where the header is blank ("column 3") or repeats itself ("nilai (2)")."""
    if len(header) > MOST_COLUMNS:
        raise UnusableFileError(
            f"{path.name} has {len(header)} columns.", remedy="Leave out those that are not needed."
        )
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = base = one_line(str(cell)) if cell not in (None, "") else f"column {place}"
        repeat = 2
        while name in names:
            name, repeat = f"{base} ({repeat})", repeat + 1
        names.append(name)
    return tuple(names)


def as_rows(names: Sequence[str], rows: Iterable[Sequence[Cell]], first: int) -> Iterator[SourceRow]:
    """Rows of cells under their columns' names, numbered from `first`; empty ones are left out."""
    for number, cells in enumerate(rows, start=first):
        if not _filled(cells):
            continue
        surplus = _filled(cells[len(names) :])
        fault = f"has {len(names) + surplus} cells under {len(names)} columns" if surplus else ""
        yield SourceRow(number, dict(zip_longest(names, cells[: len(names)])), fault)


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None and str(cell).strip() != "" for cell in row)


def _usual(widths: Sequence[int]) -> int:
    """The most common width of the rows that hold anything, the greater of two as common."""
    counts = Counter(width for width in widths if width)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _looks_like_data(row: Sequence[Cell]) -> bool:
    """More numbers than names, years aside, which head the columns of many tables."""
    filled = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
    numbers = [cell for cell in filled if _is_number(cell)]
    return len(numbers) > len(filled) / 2 and any(not (len(cell) == 4 and cell.isdecimal()) for cell in numbers)


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "").replace(",", "").isdecimal()
