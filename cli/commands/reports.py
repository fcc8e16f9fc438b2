"""`pesut reports`: what was learned from citizens' reports, and what waits for a person."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands import reports_original, reports_pull, reports_themes
from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.reports.classification.decisions import Task
    from pesut.reports.classification.queue import Correction, QueuedReport
    from pesut.reports.classification.store import CurrentModel, ModelVersion
    from pesut.reports.classification.training import Source, TrainingReport
    from pesut.reports.linking.groups import RepeatedMatter
    from pesut.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Learn from citizens' reports, and decide what a machine could not.")
app.command()(reports_original.original)
app.command()(reports_pull.pull)
app.command()(reports_themes.themes)
app.command()(reports_themes.theme)


@app.command()
def train(  # noqa: PLR0913, PLR0917 - one for each option
    file: Annotated[
        Path | None,
        typer.Argument(help="CSV, XLSX or JSON with labelled reports; without it, the reports in the database."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="YAML that says which column is which, as for imports.")
    ] = None,
    text: Annotated[
        list[str] | None,
        typer.Option("--text", metavar="COLUMN", help="Column of the text; of several the first is the title."),
    ] = None,
    agency: Annotated[str | None, typer.Option("--agency", metavar="COLUMN", help="Column of the agency.")] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="COLUMN", help="Column of the category.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="COLUMN", help="Column of the date.")] = None,
    share: Annotated[
        float, typer.Option("--share", min=0.5, max=0.999, help="Share of trusted labels that is to be right.")
    ] = 0.9,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Learn agencies and categories from labelled reports, and score that on reports held out and on the later ones.

    Beside every figure stands that of TF-IDF with a linear SVM on the same reports. The model is kept as the current version.
    """
    from pesut.reports.classification.files import Columns
    from pesut.reports.classification.training import Source

    columns = Columns(tuple(text or ()), agency, category, date)
    settings = read_settings(data_dir=data_dir, city=city)
    report = asyncio.run(_train(settings, Source(file, mapping, columns), share))
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        from cli.reports import print_training

        print_training(report)


@app.command()
def models(as_json: AsJson = False, city: CityDir = None, data_dir: DataDir = None) -> None:
    """List every version of what was learned, with what it scored."""
    found = asyncio.run(_models(read_settings(data_dir=data_dir, city=city)))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
    else:
        from cli.reports import print_models

        print_models(found)


@app.command()
def rollback(
    version: Annotated[
        str | None, typer.Argument(help="Version to go back to, or its beginning; without it, the one before.")
    ] = None,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Make an earlier version the current one again."""
    from cli.reports import print_current

    print_current(asyncio.run(_roll_back(read_settings(data_dir=data_dir, city=city), version)))


@app.command()
def queue(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to list.")] = 20,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List the reports that wait for a person, oldest first, with what they may be."""
    found = asyncio.run(_queue(read_settings(data_dir=data_dir), limit))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
    else:
        from cli.reports import print_queue

        print_queue(found)


@app.command()
def repeated(
    days: Annotated[int, typer.Option("--days", min=1, help="Reports of so many days up to now.")] = 30,
    campaigns: Annotated[
        bool, typer.Option("--campaigns", help="Only bursts of near-equal texts from few reporters.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to list.")] = 20,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List matters that several reports tell of: how many reports they are, and of how many reporters."""
    found = asyncio.run(_repeated(read_settings(data_dir=data_dir), days, limit, campaigns_only=campaigns))
    if as_json:
        from pydantic_core import to_json

        typer.echo(to_json(found, indent=2))
    else:
        from cli.reports import print_repeated

        print_repeated(found)


@app.command()
def correct(
    number: Annotated[str, typer.Argument(help="The report's number.")],
    agency: Annotated[str | None, typer.Option("--agency", help="The agency that answers: code or name.")] = None,
    category: Annotated[str | None, typer.Option("--category", help="The category: code or name.")] = None,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Decide which agency or category a report is for. It stands above what any file or machine says, and is learned from."""
    from pesut.reports.classification.queue import Correction

    settings = read_settings(data_dir=data_dir, city=city)
    decided = asyncio.run(_correct(settings, number, Correction(agency, category)))
    typer.echo(f"{number}: {', '.join(f'{task} {code}' for task, code in decided.items())}")


async def _train(settings: "Settings", source: "Source", share: float) -> "TrainingReport":
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.reports.classification.training import Wanted, train_and_keep

    async with reading(settings) as pesut:
        wanted = Wanted(source, share, pesut.principal.id, lambda step: typer.echo(f"{step} …", err=True))
        return await train_and_keep(pesut.engine, read_city(pesut.settings.city), wanted)


async def _models(settings: "Settings") -> "list[ModelVersion]":
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.reports.classification.store import list_models

    async with reading(settings) as pesut:
        return await list_models(pesut.engine, read_city(pesut.settings.city).root)


async def _roll_back(settings: "Settings", version: str | None) -> "list[CurrentModel]":
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.reports.classification.store import roll_back

    async with reading(settings) as pesut:
        return await roll_back(pesut.engine, read_city(pesut.settings.city).root, version, pesut.principal.id)


async def _queue(settings: "Settings", limit: int) -> "list[QueuedReport]":
    from cli.reading import reading
    from pesut.reports.classification.queue import list_queue

    async with reading(settings) as pesut:
        return await list_queue(pesut.engine, pesut.principal, limit)


async def _repeated(settings: "Settings", days: int, limit: int, *, campaigns_only: bool) -> "list[RepeatedMatter]":
    from datetime import UTC, datetime, timedelta

    from cli.reading import reading
    from pesut.reports.linking.groups import list_repeated

    since = datetime.now(UTC) - timedelta(days=days)
    async with reading(settings) as pesut:
        return await list_repeated(pesut.engine, pesut.principal, limit, campaigns_only=campaigns_only, since=since)


async def _correct(settings: "Settings", number: str, correction: "Correction") -> "dict[Task, str]":
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.reports.classification.queue import correct as record_correction

    async with reading(settings) as pesut:
        return await record_correction(
            pesut.engine, read_city(pesut.settings.city), pesut.principal, number, correction
        )
