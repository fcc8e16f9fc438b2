"""Who answers for what."""

from typing import Any

from sqlalchemy import ARRAY, Select, String, cast, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from pesut.contracts import AgencyQuery, Evidence
from pesut.database.tables import AgencyRow
from pesut.evidence import Lookup, record
from tools.context import ToolContext


async def find_agencies(context: ToolContext, query: AgencyQuery, *, key: str, label: str) -> Evidence:
    """Find the agencies with one of the codes, and those whose mandate covers one of the report categories; all agencies
    when neither is given.

    Rows: code, name, mandate, categories; ordered by code. Use it before naming an agency in a recommendation.
    """
    return await record(context, Lookup(query, _statement(context, query)), key=key, label=label)


def _statement(context: ToolContext, query: AgencyQuery) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [
        col(AgencyRow.code), col(AgencyRow.name), col(AgencyRow.mandate), col(AgencyRow.categories),
        col(AgencyRow.sample).label("_sample"),
    ]  # fmt: skip
    statement = select(*columns).where(
        col(AgencyRow.recorded_at) <= context.as_of, col(AgencyRow.superseded_at) > context.as_of
    )
    if query.codes or query.categories:
        codes, categories = (literal(list(each), ARRAY(String)) for each in (query.codes, query.categories))
        covers = cast(col(AgencyRow.categories), JSONB).has_any(categories)
        statement = statement.where(or_(col(AgencyRow.code) == codes.any_(), covers))
    return statement.order_by(col(AgencyRow.code).collate("C"))
