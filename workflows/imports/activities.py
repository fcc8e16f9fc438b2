"""The steps of an import as activities."""

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from pesut.city.models import City
from pesut.intake.orders import ImportOrder, ImportTally
from pesut.intake.staging import Manifest
from pesut.intake.work import ImportWork
from pesut.reports.privacy.vault import Vault
from workflows.imports.messages import CUT_FILE, FINISH_IMPORT, LOAD_BATCHES, BatchRange, FinishedImport


class ImportActivities:
    """Work on files in `data_dir`, which is the same folder for every worker and for whoever orders imports."""

    def __init__(self, engine: AsyncEngine, city: City, data_dir: Path, vault: Vault) -> None:
        self._work = ImportWork(engine, city, data_dir, vault)

    @activity.defn(name=CUT_FILE)
    async def cut_file(self, order: ImportOrder) -> Manifest:
        return await asyncio.to_thread(self._work.cut, order)

    @activity.defn(name=LOAD_BATCHES)
    async def load_batches(self, batches: BatchRange) -> ImportTally:
        tally = ImportTally()
        async for loaded in self._work.load(batches.order, range(batches.first, batches.end), batches.since):
            tally += loaded
        return tally

    @activity.defn(name=FINISH_IMPORT)
    async def finish_import(self, finished: FinishedImport) -> str:
        return await self._work.finish(finished.order, finished.tally)
