"""Runs rendered SQL and makes rows of plain JSON of what comes back."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from pydantic import JsonValue
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.contracts import Period, Row
from pesut.errors import InvalidInputError, UnavailableError
from pesut.evidence.rendering import Rendered, decode

MOST_ROWS = 10_000  # an evidence is read by people and kept for ever
FIRST, LAST, SAMPLE = "_first", "_last", "_sample"
"""Hidden columns a statement may carry: the moments between which the rows behind a result row lie, and whether sample
data is among them. Every column that starts with `_` is taken out of the result."""


class Fetched(NamedTuple):
    rows: tuple[Row, ...]
    observed: Period | None
    sample: bool


class TooSlowError(UnavailableError):
    slug = "too-slow"
    title = "The query took too long"
    retryable = False


async def fetch(connection: AsyncConnection, rendered: Rendered) -> Fetched:
    """Run once and read everything.

    Raises TooSlowError past the time limit, InvalidInputError for more than MOST_ROWS rows, UnavailableError when the
    database is away.
    """
    parameters = {name: decode(value) for name, value in rendered.parameters.items()}
    try:
        result = await connection.exec_driver_sql(rendered.sql, parameters)
    except DBAPIError as error:
        raise _understood(error) from error
    records = result.mappings().fetchmany(MOST_ROWS + 1)
    if len(records) > MOST_ROWS:
        raise InvalidInputError(
            f"The result has more than {MOST_ROWS} rows.",
            remedy="Ask for a shorter period, a coarser grain or fewer groups.",
        )
    return _split(records)


def _understood(error: DBAPIError) -> Exception:
    if isinstance(error.orig, psycopg.errors.QueryCanceled):
        return TooSlowError(
            "The query was ended at its time limit.", remedy="Ask for a shorter period or fewer groups."
        )
    if isinstance(error, OperationalError):
        return UnavailableError("The database does not answer.", remedy="Ask again in a few seconds.")
    return error


def _split(records: Sequence[Mapping[Any, Any]]) -> Fetched:
    rows = tuple(
        {str(name): json_value(value) for name, value in record.items() if not str(name).startswith("_")}
        for record in records
    )
    firsts = [record[FIRST] for record in records if record.get(FIRST) is not None]
    lasts = [record[LAST] for record in records if record.get(LAST) is not None]
    return Fetched(rows, _observed(firsts, lasts), any(record.get(SAMPLE) for record in records))


def _observed(firsts: list[datetime], lasts: list[datetime]) -> Period | None:
    """From the first moment to just after the last, since a period's end is exclusive."""
    if not firsts or not lasts:
        return None
    return Period(start=min(firsts).astimezone(UTC), end=max(lasts).astimezone(UTC) + timedelta(microseconds=1))


def json_value(value: Any) -> JsonValue:
    """One column's value as JSON. Exact numbers become integers where they have no decimals, else the nearest float,
    which prints the same digits; times are ISO text in UTC.
    """
    match value:
        case None | bool() | int() | float() | str() | dict():
            return value  # pyright: ignore[reportUnknownVariableType]
        case Decimal():
            return int(value) if value == value.to_integral_value() and _has_no_decimals(value) else float(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case list() | tuple():
            return [json_value(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        case _:
            raise TypeError(f"a column of type {type(value).__name__} has no form in JSON")


def _has_no_decimals(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= 0
