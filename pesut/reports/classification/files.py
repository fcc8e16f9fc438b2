"""Labelled reports in a file: the same tables, headers and dates that an import reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from pesut.errors import InvalidInputError
from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.base import FieldRow
from pesut.intake.mapping import ColumnMapping, ImportKind
from pesut.intake.moments import infer_order
from pesut.intake.planning import SAMPLE, Wish, propose_import
from pesut.intake.reading import RowReader
from pesut.intake.staging import rows_of
from pesut.reports.classification.decisions import Task
from pesut.reports.classification.labelled import LabelledReport, LabelledReports, in_order
from pesut.reports.classification.texts import ReportText
from pesut.reports.privacy.masking import Masker

_FIELDS = (
    Field("key", FieldType.NAME),
    Field("title", FieldType.NAME),
    Field("body", FieldType.TEXT, required=True),
    Field("submitted_at", FieldType.MOMENT),
    Field("agency", FieldType.NAME),
    Field("category", FieldType.NAME),
)
_OTHER = "other"


@dataclass(frozen=True)
class Columns:
    """Which column of a file holds what, where its header does not say. Of several `text` columns the first is the title."""

    text: tuple[str, ...] = ()
    agency: str | None = None
    category: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Reading:
    """`codes` finds the city's code for what a file calls an agency or category; what it does not find keeps the file's name."""

    zone: ZoneInfo
    masker: Masker
    codes: Mapping[Task, Callable[[str], str]]


def read_labelled(path: Path, mapping: Path | None, columns: Columns, reading: Reading) -> LabelledReports:
    """The reports of a CSV, XLSX or JSON file that have text and a label.

    Raises UnusableFileError for a file that cannot be read, InvalidInputError where a column is not there or nothing is labelled.
    """
    plan = propose_import(Wish(ImportKind.REPORTS, path, mapping))
    chosen, fields = _chosen(plan.order.mapping, plan.header, columns)
    _, _, rows = rows_of(path, chosen)
    if columns.date and (order := infer_order([row.cells.get(columns.date) for row in islice(rows(), SAMPLE)])):
        chosen = chosen.model_copy(update={"dates": order})
    read, rejects = RowReader(fields, chosen, reading.zone).read_all(rows())
    reports = [_report(row, len(columns.text), reading) for row in read]
    labelled = [report for report in reports if report.labels]
    if not labelled:
        raise InvalidInputError(
            f"No report of {path.name} has a label.", remedy="Name its column with --agency or --category."
        )
    return in_order(labelled, _notes(len(rejects), len(reports) - len(labelled)))


def _notes(rejected: int, unlabelled: int) -> list[str]:
    notes = [f"{rejected} rows cannot be read and are left out"] if rejected else []
    return notes + ([f"{unlabelled} reports have no label and are left out"] if unlabelled else [])


def _chosen(
    proposed: ColumnMapping, header: Sequence[str], columns: Columns
) -> tuple[ColumnMapping, tuple[Field, ...]]:
    """The mapping with what the command line says above what the header says, and the fields that go with it."""
    named = {
        "agency": columns.agency,
        "category": columns.category,
        "submitted_at": columns.date,
        **_texts(columns.text),
    }
    given = {name: column for name, column in named.items() if column}
    if missing := [column for column in given.values() if column not in header]:
        raise InvalidInputError(
            f"The file has no column {', '.join(map(repr, missing))}.", remedy=f"It has: {', '.join(header)}."
        )
    fields = (*_FIELDS, *(Field(name, FieldType.TEXT) for name in given if name.startswith(_OTHER)))
    known = {field.name for field in fields}
    dropped = {"title"} if columns.text else set[str]()
    kept = {
        name: column
        for name, column in proposed.columns.items()
        if name in known - dropped and name not in given and column not in given.values()
    }
    if "body" not in kept | given:
        raise InvalidInputError(
            f"No column for the text; the file has: {', '.join(header)}.", remedy="Name it with --text."
        )
    return proposed.model_copy(update={"columns": kept | given, "constants": {}}), fields


def _texts(columns: Sequence[str]) -> dict[str, str]:
    if len(columns) <= 1:
        return {"body": columns[0]} if columns else {}
    title, body, *others = columns
    return {"title": title, "body": body} | {f"{_OTHER}{place}": column for place, column in enumerate(others)}


def _report(row: FieldRow, texts: int, reading: Reading) -> LabelledReport:
    others = tuple(str(row.get(f"{_OTHER}{place}") or "") for place in range(texts - 2))
    said = ReportText(row.get("title") or "", row.get("body"), others)
    labels = {task: reading.codes[task](value) for task in Task if (value := row.get(task.value)) is not None}
    return LabelledReport(said, masked(said, reading.masker), labels, row.get("submitted_at"), row.get("key") or "")


def masked(text: ReportText, masker: Masker) -> ReportText:
    """The text as everybody may see it: names and numbers of people are not learned."""
    title, body, *others = (masker.mask(part).text for part in (text.title, text.body, *text.others))
    return ReportText(title, body, tuple(others))
