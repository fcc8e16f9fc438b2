"""How many rows of a file go in each second, by the steps that an import takes, one after the other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from evals.bench.figures import Figure, Unit
from evals.bench.files import write_observations, write_reports
from evals.bench.ground import Database
from evals.importing import Importer
from evals.scratch import scratch_city
from pesut.city.loader import CityFolder
from pesut.intake.mapping import ImportKind

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
            importer = Importer(engine, ground.folder.city, Path(folder) / "data")
            return tuple([await _imported(ground, importer, kind, Path(folder)) for kind in FILES])


async def _imported(ground: Database, importer: Importer, kind: ImportKind, folder: Path) -> Figure:
    rows, write = FILES[kind]
    path = folder / f"{kind}.csv"
    write(path, ground.folder, rows, datetime.now(ground.folder.city.zone) - timedelta(hours=1))
    ground.tell(f"Importing {rows} {kind}")
    began = perf_counter()
    tally = await importer.take_in(kind, path)
    seconds = perf_counter() - began
    beside = (Figure(name="new", value=tally.created), Figure(name="rejected", value=tally.rejected))
    return Figure(name=f"{kind}", value=rows / seconds, unit=Unit.PER_SECOND, beside=beside)
