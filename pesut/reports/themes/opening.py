"""One theme opened: what it is, what was done to it, who speaks for it, and all its reports, as far as the asker may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime
from sqlalchemy import String, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract, Principal
from pesut.database.access import reading_as
from pesut.database.tables import (
    FOREVER,
    ReportRow,
    ReportStateRow,
    ThemeChangeRow,
    ThemeMemberRow,
    ThemeStateRow,
)
from pesut.errors import NotFoundError
from pesut.reports.themes.model import ChangeKind

QUOTES, CHANGES = 3, 20
SHORTEST_ENDING = 6  # characters of an id by which a theme may be called


class ThemedReport(Contract):
    """A report of a theme, masked; `region` and `agency` are codes. `likeness` is the cosine to the theme's centre when it came in."""

    id: UUID
    number: str
    title: str
    body: str
    submitted_at: AwareDatetime
    category: str | None
    region: str | None
    agency: str | None
    status: str
    likeness: float


class ThemeChange(Contract):
    """What was done, when, and by whom (None: by the machine); `other` is the theme that it was merged into, or that split off."""

    kind: ChangeKind
    at: AwareDatetime
    other: UUID | None
    by: UUID | None


class Theme(Contract):
    """`reports` and `reporters` count what the asker may see; one who is not known counts as a reporter of their own. `quotes` are
    the reports nearest to its centre, one of each reporter. `merged` are themes that stand for this one now.
    """

    id: UUID
    label: str
    terms: tuple[str, ...]
    named: bool
    confirmed: bool
    locked: bool
    reports: int
    reporters: int
    first_at: AwareDatetime
    last_at: AwareDatetime
    merged: tuple[UUID, ...]
    changes: tuple[ThemeChange, ...]
    quotes: tuple[ThemedReport, ...]


async def theme_called(engine: AsyncEngine, asker: Principal, name: str) -> UUID:
    """The theme with that id, or whose id ends so. Raises NotFoundError where there is none or more than one."""
    query = select(col(ThemeStateRow.into)).where(_now(ThemeStateRow)).distinct()
    if len(name) >= SHORTEST_ENDING:
        query = query.where(cast(col(ThemeStateRow.theme_id), String).endswith(name.lower(), autoescape=True))
        async with reading_as(engine, asker.scope) as connection:
            found = (await connection.execute(query.limit(2))).scalars().all()
        if len(found) == 1:
            return found[0]
    raise NotFoundError(
        f"No theme is called {name!r}.", remedy="Copy the id, or its last eight characters, from the list of themes."
    )


async def open_theme(engine: AsyncEngine, asker: Principal, theme: UUID) -> Theme:
    """The theme, or the one that it was merged into. Raises NotFoundError where the asker sees none of its reports."""
    async with reading_as(engine, asker.scope) as connection:
        theme = await standing(connection, theme)
        state = (await connection.execute(_state(theme))).mappings().first()
        if state is None or not (counted := (await connection.execute(_counted(theme))).mappings().one())["reports"]:
            raise _unknown(theme)
        merged = (await connection.execute(_merged(theme))).scalars().all()
        changes = (await connection.execute(_changes([theme, *merged]))).mappings().all()
        speakers = (await connection.execute(_speakers(theme))).mappings().all()
    return Theme.model_validate(
        {**state, **counted, "merged": merged, "changes": [dict(each) for each in changes],
         "quotes": [dict(each) for each in speakers]}
    )  # fmt: skip


async def reports_of(
    engine: AsyncEngine, asker: Principal, theme: UUID, *, limit: int, after: UUID | None = None
) -> Sequence[ThemedReport]:
    """Its reports, the newest first, from the one behind `after` on. Raises NotFoundError where there is no such theme."""
    async with reading_as(engine, asker.scope) as connection:
        theme = await standing(connection, theme)
        query = _reports(theme).order_by(col(ReportRow.submitted_at).desc(), col(ReportRow.id).desc()).limit(limit)
        if after:
            came = select(col(ReportRow.submitted_at)).where(col(ReportRow.id) == after).scalar_subquery()
            older = col(ReportRow.submitted_at) < came
            beside = and_(col(ReportRow.submitted_at) == came, col(ReportRow.id) < after)
            query = query.where(or_(older, beside))
        return [ThemedReport.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]


async def standing(connection: AsyncConnection, theme: UUID) -> UUID:
    """The theme that this one stands for now. Raises NotFoundError."""
    query = select(col(ThemeStateRow.into)).where(col(ThemeStateRow.theme_id) == theme, _now(ThemeStateRow))
    if found := (await connection.execute(query)).scalar_one_or_none():
        return found
    raise _unknown(theme)


def _unknown(theme: UUID) -> NotFoundError:
    return NotFoundError(f"There is no theme {theme}.", remedy="Look at the list of themes.")


def _now(table: Any) -> Any:
    return col(table.superseded_at) == FOREVER


def _state(theme: UUID) -> Any:
    state = ThemeStateRow
    columns: list[Any] = [
        col(state.theme_id).label("id"), col(state.label), col(state.terms), col(state.named_by).is_not(None).label("named"),
        col(state.confirmed_by).is_not(None).label("confirmed"), col(state.locked_by).is_not(None).label("locked"),
    ]  # fmt: skip
    return select(*columns).where(col(state.theme_id) == theme, _now(state))


def _counted(theme: UUID) -> Any:
    rows = _reports(theme).add_columns(col(ReportRow.reporter)).subquery()
    people = func.count(func.nullif(rows.c.reporter, "").distinct()) + func.count().filter(rows.c.reporter == "")
    return select(
        func.count().label("reports"), people.label("reporters"), func.min(rows.c.submitted_at).label("first_at"),
        func.max(rows.c.submitted_at).label("last_at"),
    )  # fmt: skip


def _merged(theme: UUID) -> Any:
    return select(col(ThemeStateRow.theme_id)).where(
        col(ThemeStateRow.into) == theme, col(ThemeStateRow.theme_id) != theme, _now(ThemeStateRow)
    )


def _changes(themes: Sequence[UUID]) -> Any:
    change = ThemeChangeRow
    columns: list[Any] = [
        col(change.kind), col(change.recorded_at).label("at"), col(change.other_id).label("other"),
        col(change.principal_id).label("by"),
    ]  # fmt: skip
    query = select(*columns).where(or_(col(change.theme_id).in_(themes), col(change.other_id).in_(themes)))
    return query.order_by(col(change.recorded_at).desc(), col(change.id)).limit(CHANGES)


def _speakers(theme: UUID) -> Any:
    """Of each reporter the nearest to the centre, the nearest of these first."""
    own = cast(col(ReportRow.id), String)
    teller = func.coalesce(func.nullif(col(ReportRow.reporter), ""), own).label("teller")
    nearest = _reports(theme).add_columns(teller).ext(distinct_on(teller))
    each = nearest.order_by(teller, col(ThemeMemberRow.likeness).desc(), col(ReportRow.id)).subquery()
    shown = [column for column in each.c if column.name != "teller"]
    return select(*shown).order_by(each.c.likeness.desc(), each.c.id).limit(QUOTES)


def _reports(theme: UUID) -> Any:
    report, state, member = ReportRow, ReportStateRow, ThemeMemberRow
    columns: list[Any] = [
        col(report.id), col(report.number), col(report.title), col(report.body), col(report.submitted_at),
        col(state.category), col(state.region_code).label("region"), col(state.agency_code).label("agency"),
        col(state.status), col(member.likeness),
    ]  # fmt: skip
    stands_for = select(col(ThemeStateRow.theme_id)).where(col(ThemeStateRow.into) == theme, _now(ThemeStateRow))
    query = select(*columns).select_from(member).join(report, col(report.id) == col(member.report_id))
    query = query.join(state, and_(col(state.report_id) == col(report.id), _now(state)))
    return query.where(col(member.theme_id).in_(stands_for), _now(member))
