"""Writes rows of versioned tables: a row that changed supersedes what was visible, an equal one leaves it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, inspect, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col

from pesut.database.tables import (
    FOREVER,
    AgencyRow,
    BudgetLineRow,
    BudgetRealisationRow,
    DocumentRow,
    PassageRow,
    RegionRow,
    Versioned,
)

Content = dict[str, Any]
Key = tuple[Any, ...]
_LOCK_ORDER = (RegionRow, AgencyRow, BudgetLineRow, BudgetRealisationRow, DocumentRow, PassageRow)
_STAMPS = ("recorded_at", "superseded_at")


class Coded(Protocol):
    @property
    def code(self) -> str: ...


R = TypeVar("R", bound=Coded)


@dataclass(frozen=True)
class Counts:
    created: int = 0
    corrected: int = 0
    unchanged: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.created + other.created, self.corrected + other.corrected, self.unchanged + other.unchanged)


async def lock_tables(connection: AsyncConnection, tables: Collection[type[SQLModel]]) -> None:
    """Keep other writers of these tables away until the transaction ends."""
    ordered = [_table(each).name for each in _LOCK_ORDER if each in tables]
    if ordered:  # in one statement and one order, which the loading of a city shares
        await connection.execute(text(f"LOCK TABLE {', '.join(ordered)} IN SHARE ROW EXCLUSIVE MODE"))


async def stamp(connection: AsyncConnection) -> datetime:
    """The moment (UTC) for rows of this transaction, to be picked when its locks are held: it lies behind all that the
    holders before have written.
    """
    now: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return now


class VersionedTable:
    """A versioned table as one transaction reads and, after `lock_tables`, writes it."""

    def __init__(self, connection: AsyncConnection, table: type[Versioned]) -> None:
        self._connection = connection
        self._table = table
        columns = _table(table)
        self._key = [each.name for each in columns.primary_key if each.name not in _STAMPS]
        self._content = [each.name for each in columns.columns if each.name not in _STAMPS and each.computed is None]

    async def visible(self, keys: Iterable[Key]) -> dict[Key, Content]:
        """The rows that hold now, by key."""
        key = tuple_(*[self._column(name) for name in self._key])
        query = select(*[self._column(name) for name in self._content]).where(
            self._column("superseded_at") == FOREVER, key.in_(list(keys))
        )
        rows = (await self._connection.execute(query)).mappings()
        return {self._key_of(row): dict(row) for row in rows}

    async def merge(
        self, records: Sequence[R], merged: Callable[[Content | None, R], Content], now: datetime
    ) -> Counts:
        """Make hold from `now` (UTC) on what `merged` makes of each record and the row that its code has so far."""
        before = await self.visible((record.code,) for record in records)
        rows: dict[str, Content] = {}
        for record in records:
            rows[record.code] = merged(rows.get(record.code) or before.get((record.code,)), record)
        return await self.write(rows.values(), now, before)

    async def write(self, rows: Iterable[Content], now: datetime, known: Mapping[Key, Content] | None = None) -> Counts:
        """Make these rows (whole, the last of each key) hold from `now` (UTC) on. `known` saves reading `visible` again."""
        wanted = {self._key_of(row): row for row in rows}
        before = await self.visible(wanted) if known is None else known
        changed = {key: row for key, row in wanted.items() if before.get(key) != row}
        corrected = [key for key in changed if key in before]
        await self._supersede(corrected, now)
        if changed:
            stamps = {"recorded_at": now, "superseded_at": FOREVER}
            await self._connection.execute(insert(self._table), [row | stamps for row in changed.values()])
        return Counts(len(changed) - len(corrected), len(corrected), len(wanted) - len(changed))

    async def _supersede(self, keys: list[Key], now: datetime) -> None:
        if not keys:
            return
        key = tuple_(*[self._column(name) for name in self._key])
        await self._connection.execute(
            update(self._table).where(self._column("superseded_at") == FOREVER, key.in_(keys)).values(superseded_at=now)
        )

    def _column(self, name: str) -> Any:
        return col(getattr(self._table, name))

    def _key_of(self, row: Mapping[Any, Any]) -> Key:
        return tuple(row[name] for name in self._key)


def _table(table: type[SQLModel]) -> SqlTable:
    return inspect(table).local_table  # pyright: ignore[reportReturnType]


def defaults(table: type[SQLModel]) -> Content:
    """The columns that have a default, with it."""
    return dict(_defaults(table))  # pyright: ignore[reportArgumentType] - a class is hashable


@cache
def _defaults(table: type[SQLModel]) -> Content:
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required() and name not in (*_STAMPS, "id", "search")
    }
