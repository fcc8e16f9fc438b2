"""Foreign keys checked once at the end instead of row by row, which takes most of the time of loading in bulk."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_OF_TABLES = text(
    """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid = ANY (CAST(:tables AS regclass[])) ORDER BY 1, 2
    """
)


@asynccontextmanager
async def checked_at_the_end(connection: AsyncConnection, tables: Sequence[str]) -> AsyncGenerator[None]:
    """Take the foreign keys of `tables` away and put them back when the block ends, all in the caller's transaction.

    Nobody else can read the tables meanwhile. Raises sqlalchemy.exc.IntegrityError where a row refers to nothing.
    """
    keys = (await connection.execute(_OF_TABLES, {"tables": list(tables)})).all()
    for table, name, _ in keys:
        await connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    yield
    for table, name, definition in keys:
        await connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
