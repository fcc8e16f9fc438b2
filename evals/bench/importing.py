"""How many rows of a file go in each second, by the steps that an import takes, one after the other."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy.ext.asyncio import AsyncEngine

from evals.bench.figures import Figure, Unit
from evals.bench.files import write_observations, write_reports
from evals.bench.ground import Database
from evals.bench.scratch import scratch_city
from pesut.city.loader import CityFolder
from pesut.intake.mapping import ImportKind
from pesut.intake.orders import ImportTally
from pesut.intake.planning import Wish, plan_import
from pesut.intake.work import ImportWork
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings

Writer = Callable[[Path, CityFolder, int, datetime], None]
FILES: dict[ImportKind, tuple[int, Writer]] = {
    ImportKind.OBSERVATIONS: (50_000, write_observations),
    ImportKind.REPORTS: (5_000, write_reports),
}


async def measure(ground: Database) -> tuple[Figure, ...]:
    """From reading the file to the last commit, in a database of its own that is dropped afterwards."""
    ground.tell("Making a database to import into")
    async with scratch_city(ground.engine, ground.folder) as engine:
        with TemporaryDirectory() as folder:
            return tuple([await _imported(ground, engine, kind, Path(folder)) for kind in FILES])


async def _imported(ground: Database, engine: AsyncEngine, kind: ImportKind, folder: Path) -> Figure:
    rows, write = FILES[kind]
    path, city = folder / f"{kind}.csv", ground.folder.city
    write(path, ground.folder, rows, datetime.now(city.zone) - timedelta(hours=1))
    ground.tell(f"Importing {rows} {kind}")
    vault = Vault.of(Settings(data_dir=folder / "data", vault_key=None))
    work, began, since = ImportWork(engine, city, folder / "data", vault), perf_counter(), datetime.now(UTC)
    order = plan_import(Wish(kind, path)).order
    work.keep(path, order)
    tally = ImportTally()
    async for loaded in work.load(order, range(work.cut(order).batches), since):
        tally += loaded
    await work.finish(order, tally)
    seconds = perf_counter() - began
    beside = (Figure(name="new", value=tally.created), Figure(name="rejected", value=tally.rejected))
    return Figure(name=f"{kind}", value=rows / seconds, unit=Unit.PER_SECOND, beside=beside)
