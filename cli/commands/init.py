"""`pesut init`: a folder for a city of one's own."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)]


def command(folder: Folder) -> None:
    """Write a city's folder with comments and example values, ready to be made one's own."""
    from pesut.city.template import write_template

    for path in write_template(folder.expanduser()):
        typer.echo(path)
    typer.echo(f"Now edit these files. `pesut catalog check {folder}` tells what is wrong with them,")
    typer.echo(f"`pesut up --city {folder}` runs the city.")
