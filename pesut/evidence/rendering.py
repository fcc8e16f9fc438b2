"""A statement as text and JSON parameters, so that what is stored is exactly what runs, now and at every replay."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from pydantic import JsonValue
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT = PGDialect_psycopg()
_EXACT = "numeric"


class Rendered(NamedTuple):
    """SQL with named parameters `%(name)s`, and their values as JSON (see `encode`)."""

    sql: str
    parameters: dict[str, JsonValue]


def render(statement: Select[*tuple[Any, ...]]) -> Rendered:
    """Compile for psycopg. Raises TypeError for a parameter that JSON cannot hold without loss."""
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    values: Mapping[str, Any] = compiled.params
    parameters = {name: encode(value) for name, value in values.items()}
    return Rendered(str(compiled), parameters)


def encode(value: Any) -> JsonValue:
    """A parameter as JSON. Times, dates and ids are ISO text, objects are JSON text, all of which the SQL casts; exact
    numbers are `{"numeric": "1.5"}`; lists hold encoded values.
    """
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)  # an enumeration's member as its bare value
        case Decimal():
            return {_EXACT: str(value)}
        case datetime() if value.tzinfo is None:
            raise TypeError(f"the parameter {value!r} has no time zone")
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case list() | tuple():
            return [encode(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        case dict():
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        case _:
            raise TypeError(f"a parameter of type {type(value).__name__} cannot be kept with the evidence")


def decode(value: JsonValue) -> Any:
    """What psycopg is given for an encoded parameter."""
    match value:
        case dict():
            return Decimal(str(value[_EXACT]))
        case list():
            return [decode(each) for each in value]
        case _:
            return value
