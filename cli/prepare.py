"""Prepares a database for work: schema, city, and the sample data when wanted. Each is a no-op when done already.

Run as a process of its own (`python -m cli.prepare [--sample [SCALE]]`) it keeps the supervisor small; it tells how far it is through
`preparing.json` in the data folder.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel

from pesut.errors import PesutError, UnavailableError
from pesut.servers.private_files import write_private
from pesut.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from pesut.reports.privacy.vault import Vault

WRITE_SECONDS = 0.1


class Prepared(BaseModel):
    """The city that is ready, its three questions, and whether sample data is in the database."""

    city: str
    questions: tuple[str, ...]
    sample: bool


@dataclass(frozen=True)
class Sample:
    """A wish for sample data. `scale` None: as much as is there already, else 1."""

    scale: float | None = None


class Failed(BaseModel):
    detail: str
    remedy: str


class Progress(BaseModel):
    """`total` is None while nobody knows it. At the end `outcome` is set."""

    title: str = "Opening the database"
    done: int = 0
    total: int | None = None
    outcome: Prepared | Failed | None = None


class Tell(Protocol):
    """Told what goes on: a title for people, how much is done, of how much."""

    def __call__(self, title: str, done: int = 0, total: int | None = None) -> None: ...


def progress_file(data_dir: Path) -> Path:
    return data_dir / "preparing.json"


def prepare(settings: Settings, tell: Tell, sample: Sample | None = None) -> Prepared:
    """Bring `settings.database_url` to the newest schema, load the city and, when wanted and not there, the sample data.

    Raises UnavailableError when the database cannot be reached, CatalogError or InvalidInputError for faults of the folder.
    """
    from sqlalchemy.exc import OperationalError

    from pesut.database.migrate import upgrade

    if not settings.database_url:
        raise UnavailableError("No database is named.", remedy="Set PESUT_DATABASE_URL, or use `pesut up`.")
    tell("Bringing the schema up to date")
    try:
        upgrade(settings.database_url)
    except OperationalError as error:
        raise UnavailableError(
            f"The database cannot be reached: {str(error.orig).strip()}",
            remedy="Check PESUT_DATABASE_URL and the server.",
        ) from error
    return asyncio.run(_load(settings, tell, sample))


async def _load(settings: Settings, tell: Tell, sample: Sample | None) -> Prepared:
    from pesut.city.load import write_city
    from pesut.city.loader import read_folder
    from pesut.database.engine import connect
    from pesut.principals.store import role_tokens
    from pesut.reports.privacy.earlier import mask_earlier_reports
    from pesut.reports.privacy.vault import Vault
    from pesut.sample.presence import holds_sample

    assert settings.database_url is not None
    tell("Reading the city's folder")
    folder = read_folder(settings.city)
    engine = connect(settings.database_url)
    try:
        tell(f"Loading {folder.city.name}")
        await write_city(engine, folder)
        vault = Vault.of(settings)
        await mask_earlier_reports(engine, vault, lambda done: tell("Masking earlier reports", done))
        await role_tokens(engine, settings.data_dir)
        if sample and not (sample.scale is None and await holds_sample(engine)):
            await _load_sample(engine, settings.city, vault, tell, sample.scale or 1)
        return Prepared(city=folder.city.name, questions=folder.city.questions[:3], sample=await holds_sample(engine))
    finally:
        await engine.dispose()


async def _load_sample(engine: "AsyncEngine", city: Path, vault: "Vault", tell: Tell, scale: float) -> None:
    from pesut.sample.load import Progress as Loading
    from pesut.sample.load import load_sample

    def told(loading: Loading) -> None:
        tell(f"Loading the sample data: {loading.stage}", loading.rows)

    await load_sample(engine, city, scale=scale, vault=vault, progress=told)


def _telling(file: Path) -> tuple[Tell, Callable[[Prepared | Failed], None]]:
    """Functions that write progress and outcome to the file, progress not more often than somebody looks."""
    progress, written = Progress(), 0.0

    def tell(title: str, done: int = 0, total: int | None = None) -> None:
        nonlocal progress, written
        due = title != progress.title or time.monotonic() - written > WRITE_SECONDS
        progress = Progress(title=title, done=done, total=total)
        if due:
            written = time.monotonic()
            write_private(file, progress.model_dump_json())

    def end(outcome: Prepared | Failed) -> None:
        write_private(file, progress.model_copy(update={"outcome": outcome}).model_dump_json())

    return tell, end


def wished(arguments: list[str]) -> Sample | None:
    """The wish for sample data in the arguments of this process."""
    match arguments:
        case ["--sample", scale]:
            return Sample(float(scale))
        case ["--sample"]:
            return Sample()
        case _:
            return None


def main() -> None:
    """Exit 0 when prepared, 1 for an expected failure; both leave an outcome in the progress file."""
    settings = Settings()
    tell, end = _telling(progress_file(settings.data_dir))
    try:
        end(prepare(settings, tell, wished(sys.argv[1:])))
    except PesutError as error:
        end(Failed(detail=error.detail, remedy=error.remedy))
        sys.exit(1)


if __name__ == "__main__":
    main()
