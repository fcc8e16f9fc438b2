"""What all kinds of import share."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from pesut.catalog.models import Catalog
from pesut.city.models import City
from pesut.intake.fields import CellError, Field
from pesut.intake.versions import Counts, lock_tables
from pesut.reports.privacy.vault import Vault

R = TypeVar("R")


@dataclass(frozen=True)
class Setting:
    """The city that data comes into. `origin` names where rows come from that do not say, `channel` the way by which reports came;
    `pseudonym` hides who told something, `vault` what was masked of what they told.
    """

    city: City
    catalog: Catalog
    origin: str
    pseudonym: Callable[[str], str]
    vault: Vault
    create_missing: bool = False
    channel: str = "import"


@dataclass(frozen=True)
class FieldRow:
    """A row of a file as values of fields; absent and empty ones are None."""

    number: int
    values: Mapping[str, Any]
    columns: Mapping[str, str]

    def get(self, field: str) -> Any:
        return self.values.get(field)

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if value is not None}

    def fault(self, field: str, reason: str, value: object = None) -> CellError:
        """An error at the column that holds this field."""
        return CellError(self.columns.get(field, field), reason, self.get(field) if value is None else value)


class Kind(ABC, Generic[R]):
    """One batch of one kind. `batch_rows` is how many rows are written in about half a second."""

    fields: ClassVar[tuple[Field, ...]]
    batch_rows: ClassVar[int]

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    @staticmethod
    def quotable(cell: str) -> str:
        """A cell that could not be used, as receipts, workflows and terminals may show it."""
        return cell

    @property
    @abstractmethod
    def written(self) -> Sequence[type[SQLModel]]:
        """The versioned tables that this writes and nobody else may meanwhile."""

    async def lock(self, connection: AsyncConnection, records: Sequence[R]) -> None:  # noqa: ARG002
        """Keep other writers away until the transaction ends, before the moment to stamp rows with is picked."""
        await lock_tables(connection, self.written)

    @abstractmethod
    async def get_ready(self, connection: AsyncConnection, rows: Sequence[FieldRow]) -> None:
        """Read what the rows may refer to. Nothing is locked yet, so `write` reads again what must not have changed."""

    @abstractmethod
    def record(self, row: FieldRow) -> R:
        """What is to be written of a row. Raises CellError for what cannot be."""

    def complete(self, records: list[R]) -> list[R]:
        """The records with what is better worked out for many at once than row by row."""
        return records

    @abstractmethod
    async def write(self, connection: AsyncConnection, records: Sequence[R], now: datetime) -> Counts:
        """Write the records, versions stamped `now`; what is there already changes nothing."""


def month_of(row: FieldRow, year_field: str, month_field: str) -> date | None:
    """The first day of the month that a row tells in one column or two; of the year where it tells no month."""
    year: int | None = row.get(year_field)
    month: date | int | None = row.get(month_field)
    if isinstance(month, date):
        return month
    return date(year, month or 1, 1) if year is not None else None
