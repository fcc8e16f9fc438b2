"""`pesut reports themes` and `pesut reports theme`: what reports speak of, and one theme opened to its reports."""

import asyncio
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.contracts import Evidence
    from pesut.reports.themes.opening import Theme, ThemedReport
    from pesut.settings import Settings


class ThemeOrder(StrEnum):
    SIZE = "size"
    GROWTH = "growth"
    NEW = "new"


def themes(
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="Reports of so many days up to now.")] = 30,
    order: Annotated[
        ThemeOrder, typer.Option("--order", help="The largest, those that grow, or those that are new.")
    ] = ThemeOrder.SIZE,
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="How many to list.")] = 20,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """List what reports speak of, finer than categories: how many reports and reporters, and whether that is more than usual."""
    found = asyncio.run(_themes(read_settings(data_dir=data_dir, city=city), days, order, limit))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(list(found.result), indent=2))
    else:
        from cli.themes import print_themes

        print_themes(found.result)


def theme(
    name: Annotated[str, typer.Argument(help="Id of the theme, or its last eight characters.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many reports to list.")] = 20,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Open a theme: what was done to it, who speaks for it, and its newest reports."""
    opened, reports = asyncio.run(_theme(read_settings(data_dir=data_dir), name, limit))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json({**opened.model_dump(), "list": reports}, indent=2))
    else:
        from cli.themes import print_theme

        print_theme(opened, reports)


async def _themes(settings: "Settings", days: int, order: ThemeOrder, limit: int) -> "Evidence":
    from datetime import timedelta

    from api.live.looking import looking
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.contracts import Period, ThemesQuery
    from pesut.database.moment import moment_now
    from pesut.evidence.record import gather
    from tools.patterns import lookup_of

    async with reading(settings) as pesut:
        now = await moment_now(pesut.engine)
        context = await looking(pesut.engine, read_city(pesut.settings.city), pesut.principal.scope, now)
        query = ThemesQuery(period=Period(start=now - timedelta(days=days), end=now), order=order.value, limit=limit)
        return await gather(context, lookup_of(context, query), label="E1")


async def _theme(settings: "Settings", name: str, limit: int) -> "tuple[Theme, list[ThemedReport]]":
    from cli.reading import reading
    from pesut.reports.themes.opening import open_theme, reports_of, theme_called

    async with reading(settings) as pesut:
        found = await theme_called(pesut.engine, pesut.principal, name)
        opened = await open_theme(pesut.engine, pesut.principal, found)
        return opened, list(await reports_of(pesut.engine, pesut.principal, found, limit=limit))
