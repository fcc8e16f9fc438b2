"""Opens any file that holds a table."""

from pathlib import Path

from pesut.intake.files.delimited import read_delimited
from pesut.intake.files.json_records import read_json
from pesut.intake.files.kinds import FileKind, UnusableFileError, recognise
from pesut.intake.files.table import Layout, Table
from pesut.intake.files.workbook import read_workbook


def open_table(path: Path, layout: Layout | None = None) -> Table:
    """The table in a CSV, XLSX, JSON or GeoJSON file. Raises UnusableFileError that says what the file is instead."""
    layout = layout or Layout()
    match recognise(path):
        case FileKind.DELIMITED | FileKind.TEXT:
            return read_delimited(path, layout)
        case FileKind.WORKBOOK:
            return read_workbook(path, layout)
        case FileKind.JSON:
            return read_json(path)
        case FileKind.PDF | FileKind.WORD:
            raise UnusableFileError(
                f"{path.name} is a document, no table.", remedy="Import it with `pesut import documents`."
            )
