"""How a file is going to be read: the mapping proposed, completed and checked before anything starts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from pesut.errors import InvalidInputError
from pesut.intake.amounts import infer_mark
from pesut.intake.fields import Field, FieldType
from pesut.intake.files.table import SourceRow
from pesut.intake.kinds.choice import KINDS
from pesut.intake.mapping import OPTIONS, ColumnMapping, ImportKind, check_columns, propose_columns, read_mapping
from pesut.intake.moments import infer_order
from pesut.intake.orders import ImportOrder
from pesut.intake.staging import digest_file, rows_of

SAMPLE = 2000  # rows that give away how a file writes numbers and dates
_AMOUNTS = frozenset({FieldType.AMOUNT, FieldType.RUPIAH})
_DATES = frozenset({FieldType.MOMENT, FieldType.DAY, FieldType.MONTH})


@dataclass(frozen=True)
class Wish:
    """What a person asks for on the command line: `settings` are the constants and options of `--set`."""

    kind: ImportKind
    path: Path
    mapping: Path | None = None
    settings: Mapping[str, str] | None = None
    create_missing: bool = False
    asked_by: UUID | None = None


@dataclass(frozen=True)
class ImportPlan:
    """`notes` say what was found out or taken for granted; `missing` names what keeps the file from being imported."""

    order: ImportOrder
    header: tuple[str, ...]
    notes: tuple[str, ...]
    missing: str = ""

    def rows(self, path: Path) -> Iterator[SourceRow]:
        return rows_of(path, self.order.mapping)[2]()


def plan_import(wish: Wish) -> ImportPlan:
    """Raises UnusableFileError for a file that cannot be read, InvalidInputError for a mapping that does not fit it."""
    plan = propose_import(wish)
    check_columns(plan.order.mapping, plan.header, KINDS[wish.kind].fields)
    return plan


def propose_import(wish: Wish) -> ImportPlan:
    """As `plan_import`, but with what is missing told instead of raised, for people to complete."""
    fields = KINDS[wish.kind].fields
    settings = dict(wish.settings or {})
    given = read_mapping(wish.mapping, wish.kind, fields) if wish.mapping else ColumnMapping(kind=wish.kind)
    given = given.with_settings(settings, fields)
    header, notes, rows = rows_of(wish.path, given)
    mapping, more = given, list(notes)
    if wish.mapping is None:
        columns = propose_columns(header, fields)
        mapping = given.model_copy(update={"columns": {k: v for k, v in columns.items() if k not in given.constants}})
        sample = list(islice(rows(), SAMPLE))
        mapping, found = _with_conventions(mapping, fields, sample, settings)
        more += [*found, *_left_out(header, mapping), *_assumed(mapping)]
    order = ImportOrder(
        file_digest=digest_file(wish.path), suffix=wish.path.suffix.lower(), name=wish.path.name, mapping=mapping,
        create_missing=wish.create_missing, asked_by=wish.asked_by,
    )  # fmt: skip
    return ImportPlan(order, header, tuple(more), _missing(mapping, header, fields))


def _with_conventions(
    mapping: ColumnMapping, fields: Sequence[Field], sample: Sequence[SourceRow], settings: Mapping[str, str]
) -> tuple[ColumnMapping, list[str]]:
    """How the sample writes numbers and dates, where that was not set."""
    notes: list[str] = []
    update: dict[str, object] = {}
    amounts = _cells(mapping, fields, sample, _AMOUNTS)
    if "decimal" not in settings:
        if mark := infer_mark(amounts):
            update["decimal"] = mark
        elif any(isinstance(cell, str) and ("." in cell or "," in cell) for cell in amounts):
            notes.append("numbers such as 1.234 are read as thousands (say --set decimal=point if they are decimals)")
    dates = _cells(mapping, fields, sample, _DATES)
    if "dates" not in settings and (order := infer_order(dates)):
        update["dates"] = order
        notes.append(f"dates are written {order.value.replace('_', ' ')}")
    return mapping.model_copy(update=update), notes


def _cells(
    mapping: ColumnMapping, fields: Sequence[Field], sample: Sequence[SourceRow], types: frozenset[FieldType]
) -> list[object]:
    columns = [mapping.columns[field.name] for field in fields if field.type in types and field.name in mapping.columns]
    return [row.cells.get(column) for row in sample for column in columns]


def _left_out(header: Sequence[str], mapping: ColumnMapping) -> list[str]:
    unused = [column for column in header if column not in mapping.columns.values()]
    return [f"columns left out: {', '.join(unused)}"] if unused else []


def _assumed(mapping: ColumnMapping) -> list[str]:
    given = {*mapping.columns, *mapping.constants}
    if mapping.kind is not ImportKind.REPORTS:
        return []
    notes: list[str] = []
    if not given & {"status", "closed_at", "responded_at"}:
        notes.append("no status in the file: the reports are taken as waiting (or say --set status=…)")
    if "key" not in given:
        notes.append("no number in the file: reports with the same text and time are taken as one")
    return notes


def _missing(mapping: ColumnMapping, header: Sequence[str], fields: Sequence[Field]) -> str:
    try:
        check_columns(mapping, header, fields)
    except InvalidInputError as error:
        return str(error)
    return ""


def parse_settings(pairs: Sequence[str]) -> dict[str, str]:
    """The `field=value` pairs of `--set`. Raises InvalidInputError for one without a name or a sign of equality."""
    settings: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise InvalidInputError(
                f"--set {pair!r} is no field=value.", remedy=f"For example --set {OPTIONS[0]}=point."
            )
        settings[name.strip()] = value.strip()
    return settings
