"""`pesut import`: a city's own data, from the files that people have."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.intake.orders import ImportProgress
    from pesut.intake.planning import ImportPlan, Wish
    from pesut.settings import Settings
    from workflows.imports.client import RunningImport

KindName = Literal["regions", "agencies", "observations", "reports", "budgets", "documents"]
POLL_SECONDS = 0.2


def command(  # noqa: PLR0913, PLR0917 - one for each option
    kind: Annotated[KindName, typer.Argument(help="What the file holds.")],
    file: Annotated[
        Path,
        typer.Argument(help="CSV, XLSX, JSON (array or lines) or GeoJSON; for documents PDF, DOCX, Markdown or text."),
    ],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="YAML that says which column is which; --dry-run writes one.")
    ] = None,
    settings_given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="A value for every row; also decimal, dates, sheet, header. Repeatable.",
        ),
    ] = None,
    create_missing: Annotated[
        bool, typer.Option("--create-missing", help="Add unknown regions, agencies and categories as provisional.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Write nothing: print the mapping, and on standard error what would happen."),
    ] = False,
    as_json: AsJson = False,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Import a file of the city's own data. Loading it twice changes nothing; after a crash the same command goes on.

    Rows that cannot be used are written to a file with the reason; the rest goes in. Exits 1 when no row could be used.
    """
    from pesut.intake.mapping import ImportKind
    from pesut.intake.planning import Wish, parse_settings

    wish = Wish(ImportKind(kind), file, mapping, parse_settings(settings_given or []), create_missing)
    settings = read_settings(data_dir=data_dir, city=city)
    if dry_run:
        asyncio.run(_try_out(settings, wish))
        return
    progress = asyncio.run(_import(settings, wish))
    if as_json:
        typer.echo(progress.model_dump_json(indent=2))
    else:
        from cli.imports import print_progress

        print_progress(progress)
    if progress.rows and progress.tally.rejected == progress.rows:
        raise typer.Exit(1)


async def _try_out(settings: "Settings", wish: "Wish") -> None:
    from cli.imports import print_plan, print_trial
    from cli.reading import reading
    from pesut.city.loader import read_city
    from pesut.intake.planning import propose_import
    from pesut.intake.work import TRIED_BATCHES, ImportWork
    from pesut.reports.privacy.vault import Vault

    plan = propose_import(wish)
    print_plan(plan)
    if plan.missing:
        raise typer.Exit(1)
    async with reading(settings) as pesut:
        city, vault = read_city(pesut.settings.city), Vault.of(pesut.settings)
        work = ImportWork(pesut.engine, city, pesut.settings.data_dir, vault)
        print_trial(await work.try_out(plan, wish.path, TRIED_BATCHES))


async def _import(settings: "Settings", wish: "Wish") -> "ImportProgress":
    from cli.running import running
    from pesut.intake.planning import plan_import
    from pesut.intake.work import ImportWork
    from pesut.reports.privacy.vault import Vault
    from workflows.imports.client import start_import

    plan = plan_import(wish)
    _say_notes(plan)
    async with running(settings) as pesut:
        order = plan.order.model_copy(update={"asked_by": pesut.principal.id})
        vault = Vault.of(pesut.settings)
        ImportWork(pesut.engine, pesut.city, pesut.settings.data_dir, vault).keep(wish.path, order)
        started = await start_import(pesut.client.temporal, order)
        try:
            return await _follow(started)
        except asyncio.CancelledError:
            await started.cancel()
            raise


def _say_notes(plan: "ImportPlan") -> None:
    for note in plan.notes:
        typer.echo(f"{note}", err=True)


async def _follow(started: "RunningImport") -> "ImportProgress":
    """Show on standard error how far the import is, until it is over."""
    from cli.imports import ImportBar

    result = asyncio.create_task(started.result())
    with ImportBar() as bar:
        while not result.done():
            await asyncio.wait([result], timeout=POLL_SECONDS)
            if not result.done():
                bar.show(await started.progress())
    return await result
