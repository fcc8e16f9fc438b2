"""Writes rows of small versioned tables: only what changed is superseded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.database.tables.base import FOREVER, Versioned

Key = tuple[Any, ...]


async def write_versions(
    connection: AsyncConnection,
    rows_of: type[Versioned],
    key: tuple[str, ...],
    wanted: Sequence[Mapping[str, Any]],
    recorded_at: datetime,
    *,
    fresh: Callable[[], Mapping[str, Any]] = dict,
) -> None:
    """Make the rows with these values the ones that hold from `recorded_at` on.

    `key` names the columns that tell rows apart among those that hold; columns that a wanted row does not give keep what the
    row before it had. `fresh` gives values that each version has of its own, such as an id. Rows that hold and are not among
    `wanted` stay. For hundreds of rows, not for millions; the caller keeps other writers of the table away.
    """
    table: Table = getattr(rows_of, "__table__")  # noqa: B009 - pyright does not know it
    current = await _current(connection, table, key, {row[key[0]] for row in wanted})
    changed = {
        identity: {**current.get(identity, {}), **row, **fresh(), "recorded_at": recorded_at, "superseded_at": FOREVER}
        for row in wanted
        if _differs(row, current.get(identity := tuple(row[name] for name in key)))
    }
    if replaced := [identity for identity in changed if identity in current]:
        await _supersede(connection, table, key, replaced, recorded_at)
    if changed:
        await connection.execute(insert(table), list(changed.values()))


async def close_versions(
    connection: AsyncConnection, rows_of: type[Versioned], key: tuple[str, ...], gone: Sequence[Key], moment: datetime
) -> None:
    """Let the rows with these keys hold no longer from `moment` on; none takes their place."""
    if gone:
        await _supersede(connection, getattr(rows_of, "__table__"), key, gone, moment)  # noqa: B009


async def _current(
    connection: AsyncConnection, table: Table, key: tuple[str, ...], firsts: set[Any]
) -> dict[Key, dict[str, Any]]:
    """The rows that hold, by key, of those whose first key column is among `firsts`."""
    columns: list[Column[Any]] = [column for column in table.columns if column.computed is None]
    query = select(*columns).where(table.c[key[0]].in_(firsts), table.c.superseded_at == FOREVER)
    result = await connection.execute(query)
    return {tuple(row[name] for name in key): dict(row) for row in result.mappings()}


def _differs(row: Mapping[str, Any], current: Mapping[str, Any] | None) -> bool:
    return current is None or any(current[name] != value for name, value in row.items())


async def _supersede(
    connection: AsyncConnection, table: Table, key: tuple[str, ...], identities: Sequence[Key], moment: datetime
) -> None:
    names = tuple_(*(table.c[name] for name in key))
    statement = update(table).where(names.in_(identities), table.c.superseded_at == FOREVER)
    await connection.execute(statement.values(superseded_at=moment))
