"""What the tables share: column types, naming convention, and the versions that let evidence replay as of any moment."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention

Timestamp = DateTime(timezone=True)
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
"""`superseded_at` of a row that still holds. A plain date, since psycopg has no infinity."""


def timestamp(**options: Any) -> Any:
    """A timestamptz column."""
    return Field(sa_type=Timestamp, **options)  # pyright: ignore[reportArgumentType]


def json(**options: Any) -> Any:
    """A jsonb column; None is NULL, not the JSON value null."""
    return Field(sa_type=JSONB(none_as_null=True), **options)  # pyright: ignore[reportArgumentType]


class Table(SQLModel):
    """Base of the tables: `ReportStateRow` is the table report_state."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class Versioned(Table):
    """Rows are never changed: a newer row supersedes an older one.

    Visible as of T is the row with `recorded_at <= T < superseded_at`. `recorded_at` is stamped by
    `pesut.database.moment.writing`, so that no row appears later under a moment that was already answered from.
    """

    recorded_at: datetime = timestamp()
    superseded_at: datetime = timestamp(default=FOREVER)
    sample: bool = False
