"""Files taken in by the steps of an import, one after the other, without a workflow."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.intake.mapping import ImportKind
from pesut.intake.orders import ImportTally
from pesut.intake.planning import Wish, plan_import
from pesut.intake.work import ImportWork
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings


@dataclass(frozen=True)
class Importer:
    """Imports into one database; the vault's key and the staged files lie below `data_dir`."""

    engine: AsyncEngine
    city: City
    data_dir: Path

    async def take_in(self, kind: ImportKind, path: Path) -> ImportTally:
        """From reading the file to the last commit. Raises UnusableFileError."""
        vault = Vault.of(Settings(data_dir=self.data_dir, vault_key=None))
        work, since = ImportWork(self.engine, self.city, self.data_dir, vault), datetime.now(UTC)
        order = plan_import(Wish(kind, path)).order
        work.keep(path, order)
        tally = ImportTally()
        async for loaded in work.load(order, range(work.cut(order).batches), since):
            tally += loaded
        await work.finish(order, tally)
        return tally
