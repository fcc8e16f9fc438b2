"""The tables as plain SQLAlchemy Core, which compiles several times faster than mapped classes, and what is visible of them."""

from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, Table, and_

from pesut.database.tables import Versioned

_TABLES = Versioned.metadata.tables

AGENCY: Table = _TABLES["agency"]
BUDGET_LINE: Table = _TABLES["budget_line"]
BUDGET_REALISATION: Table = _TABLES["budget_realisation"]
INDICATOR: Table = _TABLES["indicator"]
OBSERVATION: Table = _TABLES["observation"]
OBSERVATION_MONTH: Table = _TABLES["observation_month"]
REGION: Table = _TABLES["region"]
REPORT_STATE: Table = _TABLES["report_state"]
SERIES: Table = _TABLES["series"]


def visible(table: FromClause, as_of: datetime) -> ColumnElement[bool]:
    """The version of each row that was known at `as_of`."""
    return and_(table.c.recorded_at <= as_of, table.c.superseded_at > as_of)
