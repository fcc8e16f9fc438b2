"""How what was decided stands: what is late, and what waits for somebody. Read from acts, which only grow, as of the run's moment."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, String, Subquery, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col

from pesut.contracts import DueQuery, Evidence, LateQuery
from pesut.contracts.decision import DecisionStatus
from pesut.contracts.disposition import DispositionActKind
from pesut.database.tables import AgencyRow, DecisionActRow, DecisionRow, DispositionActRow, DispositionRow
from pesut.decisions.handling import OVER
from pesut.evidence import Lookup, record
from tools.context import ToolContext

_WAITING = (DecisionStatus.REVIEW, DecisionStatus.RETURNED, DecisionStatus.APPROVAL)


async def find_late_dispositions(context: ToolContext, query: LateQuery, *, key: str, label: str) -> Evidence:
    """Find dispositions whose deadline has passed on the day given and which are neither done nor cancelled.

    Rows: title of the decision, number, agency, agency_name, deadline, days_late, status; the longest late first.
    """
    return await record(context, Lookup(query, _late(context, query)), key=key, label=label)


async def find_due_decisions(context: ToolContext, query: DueQuery, *, key: str, label: str) -> Evidence:
    """Find decisions that wait on the day given: for their readers, for who decides, or for a look at what came of them.

    Rows: title, status, since (the day of the status, or the day of the look); the longest waiting first.
    """
    return await record(context, Lookup(query, _due(context, query)), key=key, label=label)


def _late(context: ToolContext, query: LateQuery) -> Select[*tuple[Any, ...]]:
    stood = _stood(DispositionActRow.disposition_id, DispositionActRow, context)
    agency, deadline, on = _agency(context), col(DispositionRow.deadline), literal(query.on, Date)
    columns: list[Any] = [
        col(DecisionRow.title), col(DispositionRow.number), agency.label("agency"),
        func.coalesce(col(AgencyRow.name), agency).label("agency_name"), cast(deadline, String).label("deadline"),
        (on - deadline).label("days_late"), stood.c.status, col(DecisionRow.sample).label("_sample"),
    ]  # fmt: skip
    in_force = (col(AgencyRow.recorded_at) <= context.as_of) & (col(AgencyRow.superseded_at) > context.as_of)
    return (
        select(*columns)
        .join_from(DispositionRow, DecisionRow, col(DecisionRow.id) == col(DispositionRow.decision_id))
        .join(stood, stood.c.of == col(DispositionRow.id))
        .outerjoin(AgencyRow, (col(AgencyRow.code) == agency) & in_force)
        .where(deadline < on, stood.c.status.not_in([each.value for each in OVER]))
        .order_by(deadline, col(DispositionRow.id))
    )


def _due(context: ToolContext, query: DueQuery) -> Select[*tuple[Any, ...]]:
    stood, on = _stood(DecisionActRow.decision_id, DecisionActRow, context), literal(query.on, Date)
    looked_at = cast(col(DecisionRow.expectation)["review_on"].astext, Date)
    waits = stood.c.status.in_([each.value for each in _WAITING])
    began: Any = cast(func.timezone(context.city.timezone, stood.c.at), Date)
    since: Any = case((waits, began), else_=looked_at)
    columns: list[Any] = [
        col(DecisionRow.title), stood.c.status, cast(since, String).label("since"),
        col(DecisionRow.sample).label("_sample"),
    ]  # fmt: skip
    approved = (stood.c.status == DecisionStatus.APPROVED.value) & (looked_at <= on)
    return (
        select(*columns)
        .join_from(DecisionRow, stood, stood.c.of == col(DecisionRow.id))
        .where(waits | approved)
        .order_by(since, col(DecisionRow.id))
    )


def _stood(owner: UUID, acts: type[DecisionActRow | DispositionActRow], context: ToolContext) -> Subquery:
    """The last act of each `owner`, as far as it was known: where it then stood, and since when."""
    of: Any = col(owner)
    columns: list[Any] = [of.label("of"), col(acts.status), col(acts.at)]
    known = select(*columns).where(col(acts.at) <= context.as_of)
    return known.ext(distinct_on(of)).order_by(of, col(acts.id).desc()).subquery()


def _agency(context: ToolContext) -> ColumnElement[str]:
    """Who answered for the disposition then: before an agency that took over later, the one it took over from."""
    later = (
        select(col(DispositionActRow.detail)["from"].astext)
        .where(
            col(DispositionActRow.disposition_id) == col(DispositionRow.id),
            col(DispositionActRow.kind) == DispositionActKind.REDIRECTED.value,
            col(DispositionActRow.at) > context.as_of,
        )
        .order_by(col(DispositionActRow.id))
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(later, col(DispositionRow.agency_code))
