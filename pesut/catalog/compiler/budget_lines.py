"""Budget lines with what is left of them, for whoever looks for money."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, cast, func, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.selectable import LateralFromClause

from pesut.catalog.compiler.frame import Column, Frame, texts
from pesut.catalog.compiler.labels import BYTE_ORDER, agencies
from pesut.catalog.compiler.tables import BUDGET_LINE, BUDGET_REALISATION
from pesut.city.models import City
from pesut.contracts.query import BudgetQuery

_LINE, _SPENT = BUDGET_LINE.c, BUDGET_REALISATION.c


def budget_lines(query: BudgetQuery, city: City, as_of: datetime) -> Select[*tuple[Any, ...]]:
    """Rows as `BudgetQuery` describes, with `agency_name`; what is realised as known at `as_of`. Most left first."""
    frame = Frame(as_of, city.zone, city.root)
    spent, agency = _spent(frame), agencies(frame)
    left = (_LINE.ceiling - spent.c.realised).label("left")
    columns: list[Any] = [
        _LINE.code, _LINE.name, _LINE.program, _LINE.agency_code.label("agency"),
        func.coalesce(agency.c.name, _LINE.agency_code).label("agency_name"), _LINE.year, _LINE.ceiling, spent.c.realised, left,
        spent.c.first.label("_first"), spent.c.last.label("_last"), (_LINE.sample | spent.c.sample).label("_sample"),
    ]  # fmt: skip
    source = BUDGET_LINE.join(spent, true()).outerjoin(agency, agency.c.code == _LINE.agency_code)
    return (
        select(*columns)
        .select_from(source)
        .where(_LINE.year == query.year, frame.visible(BUDGET_LINE), *_kept(query))
        .order_by(left.desc(), _LINE.code.collate(BYTE_ORDER))
        .limit(query.limit)
    )


def _kept(query: BudgetQuery) -> list[Column]:
    kept: list[Column] = []
    if query.agencies:
        kept.append(_LINE.agency_code == texts(query.agencies).any_())
    if query.categories:
        kept.append(cast(_LINE.categories, JSONB).has_any(texts(query.categories)))
    return kept


def _spent(frame: Frame) -> LateralFromClause:
    """Always one row: a line of which nothing was realised has 0."""
    month = frame.month_begin(_SPENT.month)
    return (
        select(
            func.coalesce(func.sum(_SPENT.amount), 0).label("realised"),
            func.min(month).label("first"),
            func.max(month).label("last"),
            func.coalesce(func.bool_or(_SPENT.sample), False).label("sample"),
        )
        .where(_SPENT.year == _LINE.year, _SPENT.code == _LINE.code, frame.visible(BUDGET_REALISATION))
        .lateral("spent")
    )
