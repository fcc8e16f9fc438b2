"""`pesut prepare`: what a deployment runs once before worker and API start."""

from typing import Annotated

import typer

from cli.options import CityDir, DataDir, Scale, read_settings


def command(
    sample: Annotated[bool, typer.Option("--sample", help="Load the city's sample data too.")] = False,
    scale: Scale = None,
    city: CityDir = None,
    data_dir: DataDir = None,
) -> None:
    """Bring the database that PESUT_DATABASE_URL names to the newest schema and load the city. `pesut up` does it itself."""
    from cli.prepare import Sample, prepare

    shown = ""

    def tell(title: str, done: int = 0, total: int | None = None) -> None:
        del done, total
        nonlocal shown
        if title != shown:
            shown = title
            typer.echo(f"{title} …", err=True)

    prepared = prepare(read_settings(data_dir=data_dir, city=city), tell, Sample(scale) if sample or scale else None)
    typer.echo(f"{prepared.city} is ready.")
