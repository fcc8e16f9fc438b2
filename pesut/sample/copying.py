"""Rows into PostgreSQL by COPY, in blocks of text, so that memory stays flat."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from typing import Any, TypeVar, cast

import numpy as np
import psycopg
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.sample.timeline import Moments

T = TypeVar("T")

Block = tuple[str, int]
"""Lines in COPY's text format, and how many."""

FOREVER_TEXT = "9999-01-01T00:00:00Z"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_PLAIN = {written: chr(sign) for sign, written in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\[\\tnr]")


def escaped(value: str) -> str:
    return value.translate(_ESCAPES)


def unescaped(value: str) -> str | None:
    """What was `escaped` or `nullable` before."""
    if value == "\\N":
        return None
    return _ESCAPED.sub(lambda found: _PLAIN[found[0]], value)


def nullable(value: str | None) -> str:
    return "\\N" if value is None else escaped(value)


def as_json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def as_texts(moments: Moments) -> list[str]:
    """Moments as PostgreSQL reads them."""
    return [f"{each}Z" for each in np.datetime_as_string(moments, unit="s").tolist()]


async def ahead(made: Iterator[T]) -> AsyncGenerator[T]:
    """Each next one is made in a thread while the caller sends the one before, so that both cores have work."""
    following = asyncio.create_task(asyncio.to_thread(next, made, None))
    try:
        while (this := await following) is not None:
            following = asyncio.create_task(asyncio.to_thread(next, made, None))
            yield this
    finally:
        await following


async def copy_rows(connection: AsyncConnection, table: str, columns: str, blocks: Iterable[Block]) -> int:
    """Send blocks into `table` (`columns` separated by commas); the number of rows."""
    raw = await connection.get_raw_connection()
    driver = cast("psycopg.AsyncConnection[Any]", raw.driver_connection)
    rows = 0
    statement = f"COPY {table} ({columns}) FROM STDIN"
    async with driver.cursor() as cursor, cursor.copy(statement) as copy:  # pyright: ignore[reportArgumentType]
        for text, count in blocks:
            await copy.write(text)
            rows += count
    return rows
