"""`pesut catalog`: whether a city's folder holds together, and what can be asked of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import AsJson, CityDir, DataDir, read_settings

if TYPE_CHECKING:
    from pesut.catalog.models import Catalog, Metric

app = typer.Typer(no_args_is_help=True, help="Check a city's folder, or list what can be asked.")
Folder = Annotated[
    Path | None, typer.Argument(metavar="[DIR]", help="A city's folder.", show_default="the city that runs")
]
Word = Annotated[str | None, typer.Argument(metavar="[WORD]", help="Only metrics with this in code, name or synonyms.")]


@app.command()
def check(folder: Folder = None, data_dir: DataDir = None) -> None:
    """Read a whole city's folder and name every fault with its file and line. Exits 0 only when there is none."""
    from pesut.city.loader import inspect_folder

    folder = folder or _city_folder(data_dir)
    found = inspect_folder(folder)
    for warning in found.warnings:
        typer.echo(f"warning: {warning}", err=True)
    for problem in found.problems:
        typer.echo(problem, err=True)
    if found.folder is None:
        typer.echo(f"{len(found.problems)} fault{'s' * (len(found.problems) != 1)} in {folder}", err=True)
        raise typer.Exit(1)
    catalog = found.folder.catalog
    typer.echo(
        f"{folder}: in order; {len(catalog.metrics)} metrics over {len(catalog.datasets)} datasets,"
        f" {len(found.folder.regions)} regions, {len(found.folder.agencies)} agencies,"
        f" {len(found.folder.documents)} documents, {len(found.warnings)} warnings"
    )


@app.command("list")
def list_metrics(word: Word = None, as_json: AsJson = False, city: CityDir = None, data_dir: DataDir = None) -> None:
    """List the metrics that can be asked for, with what they can be split by. Exits 1 when none fits the word."""
    import orjson

    from pesut.city.loader import read_folder

    catalog = read_folder(city or _city_folder(data_dir)).catalog
    metrics = [metric for metric in catalog.metrics if word is None or _fits(metric, word.casefold())]
    if as_json:
        typer.echo(
            orjson.dumps([_described(metric, catalog) for metric in metrics], option=orjson.OPT_INDENT_2).decode()
        )
    else:
        _print(metrics, catalog)
    if not metrics:
        typer.echo(f"No metric has '{word}' in its code, name or synonyms.", err=True)
        raise typer.Exit(1)


def _city_folder(data_dir: Path | None) -> Path:
    """The city of what runs in the data folder, else the one in the settings."""
    from cli.state import read_state

    settings = read_settings(data_dir=data_dir)
    state = read_state(settings.data_dir)
    return state.city if state else settings.city


def _fits(metric: "Metric", word: str) -> bool:
    texts = (metric.code, metric.name.id, metric.name.en, *metric.synonyms)
    return any(word in text.casefold() for text in texts)


def _described(metric: "Metric", catalog: "Catalog") -> dict[str, object]:
    return {
        "code": metric.code,
        "name": metric.name.model_dump(),
        "area": metric.area,
        "definition": metric.definition,
        "form": metric.form,
        "unit": metric.unit,
        "format": metric.format,
        "synonyms": metric.synonyms,
        "dimensions": sorted(catalog.dimensions_of(metric)),
        "datasets": [dataset.code for dataset in catalog.datasets_of(metric)],
        "thresholds": [threshold.model_dump(mode="json") for threshold in metric.thresholds],
    }


def _print(metrics: "list[Metric]", catalog: "Catalog") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("CODE", "NAME", "UNIT", "BY", "AREA"):
        table.add_column(heading, overflow="fold")
    for metric in metrics:
        dimensions = ", ".join(sorted(catalog.dimensions_of(metric)))
        table.add_row(metric.code, metric.name.id, metric.unit or metric.format, dimensions, metric.area)
    Console().print(table, markup=False, highlight=False)
