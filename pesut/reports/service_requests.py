"""Citizens' reports as others may see them: what is personal masked, cases under supervision left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts.principal import Scope
from pesut.database.access import reading_as
from pesut.database.tables import FOREVER, AgencyRow, ReportRow, ReportStateRow

PUBLIC = Scope()  # what everybody may see, whoever asks
_STATE = ReportStateRow


@dataclass(frozen=True)
class RequestQuery:
    """`ids` stand above all other filters. `start` and `end` (aware) are both within; empty filters let everything through."""

    ids: tuple[UUID, ...] | None = None
    categories: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    closed: bool | None = None
    limit: int = 1000
    offset: int = 0


@dataclass(frozen=True)
class PublicReport:
    """A report, masked. `closed_at` may be missing of one that is closed; moments are UTC."""

    id: UUID
    title: str
    body: str
    address: str
    latitude: float | None
    longitude: float | None
    submitted_at: datetime
    changed_at: datetime
    category: str | None
    agency: str | None
    closed: bool


async def find_requests(
    engine: AsyncEngine, query: RequestQuery, done: str | None, left_out: Sequence[str] = ()
) -> list[PublicReport]:
    """The newest first. `done` is the status of reports that were dealt with, `left_out` are sources of reports."""
    closed = or_(col(_STATE.closed_at).is_not(None), col(_STATE.status) == done)
    kept = col(ReportRow.source).not_in(left_out)
    statement = _shown(closed).where(kept, *_conditions(query, closed)).limit(query.limit).offset(query.offset)
    ordered = statement.order_by(col(_STATE.submitted_at).desc(), col(_STATE.report_id).desc())
    async with reading_as(engine, PUBLIC) as connection:
        return [PublicReport(**row) for row in (await connection.execute(ordered)).mappings()]


async def report_of(engine: AsyncEngine, source: str, key: str) -> UUID | None:
    """The report that a source tells under its own number."""
    query = select(col(ReportRow.id)).where(col(ReportRow.source) == source, col(ReportRow.source_key) == key)
    async with engine.connect() as connection:
        return (await connection.execute(query)).scalar_one_or_none()


def _shown(closed: ColumnElement[bool]) -> Any:
    agency = and_(col(AgencyRow.code) == col(_STATE.agency_code), col(AgencyRow.superseded_at) == FOREVER)
    columns: list[Any] = [
        col(ReportRow.id), col(ReportRow.title), col(ReportRow.body), col(ReportRow.address), col(ReportRow.latitude),
        col(ReportRow.longitude), col(_STATE.submitted_at), col(_STATE.category), col(AgencyRow.name).label("agency"),
        closed.label("closed"), func.coalesce(col(_STATE.closed_at), col(_STATE.recorded_at)).label("changed_at"),
    ]  # fmt: skip
    joined = select(*columns).join(_STATE, col(_STATE.report_id) == col(ReportRow.id))
    return joined.outerjoin(AgencyRow, agency).where(col(_STATE.superseded_at) == FOREVER)


def _conditions(query: RequestQuery, closed: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    if query.ids is not None:
        return [col(_STATE.report_id).in_(query.ids)]
    submitted = col(_STATE.submitted_at)
    conditions: list[ColumnElement[bool]] = []
    if query.categories:
        conditions.append(col(_STATE.category).in_(query.categories))
    if query.start is not None:
        conditions.append(submitted >= query.start)
    if query.end is not None:
        conditions.append(submitted <= query.end)
    if query.closed is not None:
        conditions.append(closed if query.closed else ~closed)
    return conditions
