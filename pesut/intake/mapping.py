"""Which column of a file holds which field: the small YAML of `--mapping`, and the proposal for a file's header."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field as Setting
from pydantic import ValidationError
from rapidfuzz import fuzz

from pesut.contracts.base import Contract
from pesut.errors import InvalidInputError
from pesut.intake.amounts import DecimalMark
from pesut.intake.fields import Field
from pesut.intake.moments import DayOrder
from pesut.intake.text_repair import one_line

ALIKE = 88  # of 100, from which a header counts as a misspelt synonym
OPTIONS = ("decimal", "dates", "sheet", "header")


class ImportKind(StrEnum):
    REGIONS = "regions"
    AGENCIES = "agencies"
    OBSERVATIONS = "observations"
    REPORTS = "reports"
    BUDGETS = "budgets"
    DOCUMENTS = "documents"


class ColumnMapping(Contract):
    """`columns`: field -> column of the file; `constants`: field -> text for every row.

    `decimal` and `dates` say how the file writes numbers and dates, `sheet` and `header` (row, from 1) where its table is.
    """

    kind: ImportKind
    columns: dict[str, str] = Setting(default_factory=dict)
    constants: dict[str, str] = Setting(default_factory=dict)
    decimal: DecimalMark = DecimalMark.COMMA
    dates: DayOrder = DayOrder.DAY
    sheet: str | None = None
    header: int | None = Setting(default=None, ge=1)

    def with_settings(self, settings: Mapping[str, str], fields: Sequence[Field]) -> "ColumnMapping":
        """With what `--set` gives: constants of fields, which stand above columns, and options.

        Raises InvalidInputError for a name that is neither.
        """
        known = {field.name for field in fields}
        if unknown := sorted(set(settings) - known - set(OPTIONS)):
            raise InvalidInputError(
                f"--set names a field that {self.kind} do not have: {', '.join(unknown)}.",
                remedy=f"Fields: {', '.join(field.name for field in fields)}. Options: {', '.join(OPTIONS)}.",
            )
        options = {name: value for name, value in settings.items() if name in OPTIONS}
        constants = self.constants | {name: value for name, value in settings.items() if name in known}
        columns = {field: column for field, column in self.columns.items() if field not in constants}
        return _checked(self.model_dump() | options | {"columns": columns, "constants": constants}, "--set")

    def as_yaml(self) -> str:
        """The mapping as people edit it."""
        content = {name: value for name, value in self.model_dump(mode="json").items() if value not in (None, {})}
        return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def read_mapping(path: Path, kind: ImportKind, fields: Sequence[Field]) -> ColumnMapping:
    """The mapping in a YAML file. Raises InvalidInputError that says where it is wrong."""
    try:
        content: Any = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidInputError(f"The mapping {path} cannot be read: {error}.", remedy="See --dry-run.") from error
    if not isinstance(content, dict):
        raise InvalidInputError(f"The mapping {path} is no YAML mapping.", remedy="See --dry-run for one.")
    mapping = _checked({"kind": kind, **content}, str(path))
    if mapping.kind is not kind:
        raise InvalidInputError(f"The mapping {path} is for {mapping.kind}.", remedy=f"Import {mapping.kind} with it.")
    known = {field.name for field in fields}
    if unknown := sorted({*mapping.columns, *mapping.constants} - known):
        raise InvalidInputError(
            f"The mapping {path} names fields that {kind} do not have: {', '.join(unknown)}.",
            remedy=f"Fields: {', '.join(field.name for field in fields)}.",
        )
    return mapping


def propose_columns(header: Sequence[str], fields: Sequence[Field]) -> dict[str, str]:
    """Field -> column for the columns that are called like a field: exactly, in other words, or misspelt."""
    free = {name: _folded(name) for name in header}
    columns: dict[str, str] = {}
    for match in (_exact, _similar):
        for field in fields:
            if field.name not in columns and (column := match(field, free)):
                columns[field.name] = column
                del free[column]
    return {field.name: columns[field.name] for field in fields if field.name in columns}


def check_columns(mapping: ColumnMapping, header: Sequence[str], fields: Sequence[Field]) -> None:
    """Raise InvalidInputError when the file lacks a column, or a required field has neither column nor constant."""
    if missing := [column for column in mapping.columns.values() if column not in header]:
        raise InvalidInputError(
            f"The file has no column {', '.join(map(repr, missing))}.", remedy=f"It has: {', '.join(header)}."
        )
    given = {*mapping.columns, *mapping.constants}
    required = [field for field in fields if field.required and field.instead not in given]
    if absent := [field.name for field in required if field.name not in given]:
        raise InvalidInputError(
            f"No column for {', '.join(absent)}; the file has: {', '.join(header)}.",
            remedy=f"Give a constant (--set {absent[0]}=…) or a mapping (--dry-run writes one to edit).",
        )


def _checked(content: Mapping[str, Any], origin: str) -> ColumnMapping:
    try:
        return ColumnMapping.model_validate(dict(content))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise InvalidInputError(f"{origin} is not right: {faults}.", remedy="See --dry-run for an example.") from error


def _exact(field: Field, free: Mapping[str, str]) -> str | None:
    """The column under the first of the field's names that there is."""
    for name in _names(field):
        for column, folded in free.items():
            if folded == name:
                return column
    return None


def _similar(field: Field, free: Mapping[str, str]) -> str | None:
    scored = [(fuzz.ratio(name, folded), column) for column, folded in free.items() for name in _names(field)]
    best, column = max(scored, default=(0, ""), key=lambda each: each[0])
    return column if best >= ALIKE else None


def _names(field: Field) -> Iterable[str]:
    return (_folded(name) for name in (field.name, *field.synonyms))


def _folded(name: str) -> str:
    """Lower case, without what stands in brackets (units) and without signs."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", one_line(name)) or name
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))
