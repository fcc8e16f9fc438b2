"""`pesut reports pull`: what other Open311 servers have, now instead of at the next hour."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.city.models import City
    from pesut.intake.orders import ImportProgress
    from pesut.settings import Settings


def pull(
    source: Annotated[
        str | None, typer.Argument(help="Code of a source of city.yml (open311.sources); without it, all of them.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3660, help="How far back; else as far as city.yml says.")
    ] = None,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Pull citizens' reports from other Open311 servers once; the worker does it by itself as often as city.yml says.

    Pulling twice changes nothing. What cannot be used is in the file of rejected rows, with the reason.
    """
    pulled = asyncio.run(_pull(read_settings(data_dir=data_dir, city=city), source, days))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(pulled, indent=2))
    else:
        from cli.imports import print_progress

        for code, progress in pulled.items():
            typer.echo(f"{code}:")
            print_progress(progress)


async def _pull(settings: "Settings", source: str | None, days: int | None) -> "dict[str, ImportProgress]":
    from cli.running import running
    from workflows.pulls.client import pull_reports
    from workflows.pulls.messages import PullRequest

    async with running(settings) as pesut:
        return {
            code: await pull_reports(
                pesut.client.temporal, PullRequest(source=code, days=days, asked_by=pesut.principal.id)
            )
            for code in _codes(pesut.city, source)
        }


def _codes(city: "City", source: str | None) -> list[str]:
    from pesut.errors import NotFoundError

    known = [each.code for each in city.open311.sources]
    if not known or (source and source not in known):
        missing = f"no Open311 source {source!r}" if source else "no Open311 sources"
        raise NotFoundError(f"The city has {missing}.", remedy="See open311.sources in docs/reports.md.")
    return [source] if source else known
