"""From rows of a file to rows of fields."""

from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from pesut.intake.fields import CellError, Conventions, Field, FieldType, parse_cell
from pesut.intake.files.table import SourceRow
from pesut.intake.kinds.base import FieldRow
from pesut.intake.mapping import ColumnMapping
from pesut.intake.names import folded
from pesut.intake.receipt import Reject

_TOTALS = frozenset({"jumlah", "total", "grand total", "jumlah total", "sub total", "subtotal", "rata rata"})


class RowReader:
    """Reads rows by a mapping; `zone` is that of naive times, `quotable` what may be shown of a cell that cannot be used."""

    def __init__(
        self, fields: Sequence[Field], mapping: ColumnMapping, zone: ZoneInfo, quotable: Callable[[str], str] = str
    ) -> None:
        self._mapping = mapping
        self._quotable = quotable
        self._conventions = Conventions(zone, mapping.decimal, mapping.dates)
        by_name = {field.name: field for field in fields}
        self._columns = [(by_name[name], column) for name, column in mapping.columns.items()]
        self._constants = {name: self._constant(by_name[name], text) for name, text in mapping.constants.items()}

    def read(self, row: SourceRow) -> FieldRow:
        """Raises CellError at the first cell that cannot be used."""
        if row.fault:
            raise CellError("row", row.fault)
        values = dict(self._constants)
        for field, column in self._columns:
            values[field.name] = self._value(field, column, row.cells.get(column))
        return FieldRow(row.number, values, self._mapping.columns)

    def read_all(self, rows: Iterable[SourceRow]) -> tuple[list[FieldRow], list[Reject]]:
        """The rows that can be used, and why the others cannot."""
        read: list[FieldRow] = []
        rejects: list[Reject] = []
        for row in rows:
            try:
                read.append(self.read(row))
            except CellError as error:
                rejects.append(rejected(row.number, error, self._quotable))
        return read, rejects

    def _value(self, field: Field, column: str, cell: object) -> object:
        try:
            value = parse_cell(cell, field.type, self._conventions)
        except ValueError as error:
            raise CellError(column, str(error), cell) from error
        if value is None and field.required and not field.blank:
            raise CellError(column, "is empty")
        if field.type is FieldType.NAME and isinstance(value, str) and folded(value) in _TOTALS:
            raise CellError(column, "is a row of totals", value)
        return value

    def _constant(self, field: Field, text: str) -> object:
        try:
            return parse_cell(text, field.type, self._conventions)
        except ValueError as error:
            raise CellError(f"--set {field.name}", str(error), text) from error


def rejected(number: int, error: CellError, quotable: Callable[[str], str]) -> Reject:
    return Reject(row=number, column=error.column, reason=error.reason, value=quotable(error.value))
