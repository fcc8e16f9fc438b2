"""Options that commands share, and the settings that follow from them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pesut.errors import PesutError

if TYPE_CHECKING:
    from pesut.settings import Settings

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", help="Folder that holds everything Pesut writes.", show_default="the user's data folder"
    ),
]
CityDir = Annotated[Path | None, typer.Option("--city", help="The city's folder.", show_default="the sample city")]
Scale = Annotated[
    float | None,
    typer.Option(
        "--scale",
        min=0.01,
        max=1000,
        help="How much sample data: 50 makes 1 million reports and 10 million observations, for benchmarks.",
        show_default="1, or what is there already",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class UsageError(PesutError):
    """What was asked on the command line or in the environment cannot be meant."""

    slug = "usage"
    title = "Wrong usage"
    status = 422


def read_settings(data_dir: Path | None = None, city: Path | None = None, *, api_port: int | None = None) -> "Settings":
    """Settings from the environment, with the command line's options above them; paths become absolute.

    Raises UsageError that names each setting that cannot be read.
    """
    from pydantic import ValidationError

    from pesut.settings import Settings

    given = {"data_dir": data_dir, "city": city, "api_port": api_port}
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        faults = (f"PESUT_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors())
        raise UsageError("\n".join(faults), remedy="Mend the environment variables named.") from error
