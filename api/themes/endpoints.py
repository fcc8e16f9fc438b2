"""Themes of citizens' reports: the list with its evidence's figures, one theme, all its reports, and people's sign-off."""

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from api.access import Asker
from api.live.looking import looking
from api.problems import problems
from api.services import Services, WithServices
from pesut.contracts import Contract, Dimension, Evidence, Filter, Period, Principal, Row, ThemesQuery
from pesut.database.moment import moment_now
from pesut.errors import ForbiddenError, InvalidInputError, NotFoundError
from pesut.evidence.record import gather
from pesut.reports.themes.opening import Theme, ThemedReport, open_theme, reports_of
from pesut.reports.themes.signing import SignOff, sign_off
from tools.patterns import lookup_of

router = APIRouter(prefix="/v1/themes", tags=["themes"])
Order = Literal["size", "growth", "new"]
Days = Annotated[int, Query(ge=1, le=3660, description="Reports of so many days up to now.")]
Limit = Annotated[int, Query(ge=1, le=200)]
Region = Annotated[str | None, Query(max_length=20, description="Code of a district or village.")]


class Themes(Contract):
    """`items` as the rows of a ThemesQuery, whose `period` they are of."""

    period: Period
    items: tuple[Row, ...]


class ReportPage(Contract):
    """`after` is what to ask the next page with; None at the end."""

    items: tuple[ThemedReport, ...]
    after: UUID | None


@router.get("", responses=problems(InvalidInputError))
async def list_themes(
    asker: Asker,
    services: WithServices,
    days: Days = 30,
    order: Order = "size",
    region: Region = None,
    limit: Limit = 50,
) -> Themes:
    """What reports speak of, finer than categories: the largest themes, those that grow, or those that are new."""
    found = await themes_seen(services, asker, days, order, region, limit)
    assert isinstance(found.query, ThemesQuery)
    return Themes(period=found.query.period, items=found.result)


@router.get("/{theme_id}", responses=problems(NotFoundError))
async def show_theme(theme_id: UUID, asker: Asker, services: WithServices) -> Theme:
    """One theme with its size, its words, three quotes, and what was done to it. One that was merged shows what it went into."""
    return await open_theme(services.engine, asker, theme_id)


@router.get("/{theme_id}/reports", responses=problems(NotFoundError))
async def list_reports(
    theme_id: UUID, asker: Asker, services: WithServices, after: UUID | None = None, limit: Limit = 50
) -> ReportPage:
    """All its reports, the newest first, a page at a time."""
    found = await reports_of(services.engine, asker, theme_id, limit=limit, after=after)
    return ReportPage(items=tuple(found), after=found[-1].id if len(found) == limit else None)


@router.patch("/{theme_id}", responses=problems(ForbiddenError, NotFoundError))
async def decide_theme(theme_id: UUID, wanted: SignOff, asker: Asker, services: WithServices) -> Theme:
    """Name a theme, confirm it, or keep it from being merged and split. Each decision stands in the audit log."""
    return await sign_off(services.engine, asker, theme_id, wanted)


async def themes_seen(
    services: Services, asker: Principal, days: int, order: Order, region: str | None, limit: int
) -> Evidence:
    """The list as evidence that is not kept. Raises InvalidInputError for a place that is not known."""
    now = await moment_now(services.engine)
    context = await looking(services.engine, services.city, asker.scope, now)
    if region is not None and context.gazetteer.region(region) is None:
        raise InvalidInputError(f"There is no region {region}.", remedy="Use a code of /v1/regions.")
    filters = (Filter(dimension=Dimension.REGION, values=(region,)),) if region else ()
    query = ThemesQuery(
        period=Period(start=now - timedelta(days=days), end=now), order=order, filters=filters, limit=limit
    )
    return await gather(context, lookup_of(context, query), label="E1")
