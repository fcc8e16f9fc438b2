"""Matters that several reports tell of, counted as reports and as reporters, and bursts that look like a campaign."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import String, case, cast, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Principal
from pesut.database.access import reading_as
from pesut.database.tables import FOREVER, ReportLinkRow, ReportRow, ReportStateRow
from pesut.reports.linking.linker import How

BURST = 8  # near-equal texts in a group
OF_ONE = 2  # of them from each reporter on average: from here on few speak for many


class RepeatedMatter(Contract):
    """`number`, `title`, `category` and `region` are those of the first report. A reporter who is not known counts as one of their
    own. `copies` have nearly the text of another report, and come from `copiers`.
    """

    first: UUID
    number: str
    title: str
    category: str | None
    region: str | None
    first_at: datetime
    last_at: datetime
    reports: int
    reporters: int
    copies: int
    copiers: int
    possible_campaign: bool


async def list_repeated(
    engine: AsyncEngine, asker: Principal, limit: int, *, campaigns_only: bool = False, since: datetime | None = None
) -> list[RepeatedMatter]:
    """The `limit` matters that most reports tell of, of those the asker may see; `since` (aware) limits the reports."""
    query = _query(since, campaigns_only=campaigns_only).limit(limit)
    async with reading_as(engine, asker.scope) as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [RepeatedMatter.model_validate(dict(row)) for row in rows]


def _query(since: datetime | None, *, campaigns_only: bool) -> Any:
    groups = _groups(since).subquery()
    campaign = (groups.c.copies >= BURST) & (groups.c.copies >= OF_ONE * groups.c.copiers)
    first: list[Any] = [
        col(ReportRow.number), col(ReportRow.title), col(ReportStateRow.category), col(ReportStateRow.region_code).label("region"),
    ]  # fmt: skip
    columns: list[Any] = [*groups.c, *first, campaign.label("possible_campaign")]
    holds = (col(ReportStateRow.report_id) == groups.c.first) & (col(ReportStateRow.superseded_at) == FOREVER)
    query = select(*columns).join(ReportRow, col(ReportRow.id) == groups.c.first).join(ReportStateRow, holds)
    query = query.where(groups.c.reports > 1).order_by(groups.c.reports.desc(), groups.c.first)
    return query.where(campaign) if campaigns_only else query


def _groups(since: datetime | None) -> Any:
    copied = col(ReportLinkRow.how) == How.TEXT
    own = cast(col(ReportRow.id), String)
    reporter: Any = case((col(ReportRow.reporter) == "", own), else_=col(ReportRow.reporter))
    columns: list[Any] = [
        col(ReportLinkRow.first_id).label("first"),
        func.min(col(ReportRow.submitted_at)).label("first_at"),
        func.max(col(ReportRow.submitted_at)).label("last_at"),
        func.count().label("reports"),
        func.count(distinct(reporter)).label("reporters"),
        func.count().filter(copied).label("copies"),
        func.count(distinct(reporter)).filter(copied).label("copiers"),
    ]
    query = select(*columns).join(ReportRow, col(ReportRow.id) == col(ReportLinkRow.report_id))
    query = query.group_by(col(ReportLinkRow.first_id))
    return query if since is None else query.where(col(ReportRow.submitted_at) >= since)
