"""The steps of an import, each of which may be repeated after a crash without harm."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.intake.batches import BatchLoader
from pesut.intake.orders import ImportOrder, ImportTally
from pesut.intake.planning import ImportPlan
from pesut.intake.premises import Premises
from pesut.intake.staging import Manifest, Staging, cut_into_batches
from pesut.principals.audit import Act, record_act
from pesut.reports.privacy.vault import Vault

TRIED_BATCHES = 10  # by a trial


class ImportWork:
    """Imports into one city; `data_dir` is shared with whoever orders imports."""

    def __init__(self, engine: AsyncEngine, city: City, data_dir: Path, vault: Vault) -> None:
        self._engine = engine
        self._premises = Premises(engine, city, data_dir, vault)
        self._data_dir = data_dir

    def keep(self, path: Path, order: ImportOrder) -> None:
        """Copy the file in, so that the import does not depend on where it came from. Raises UnusableFileError."""
        Staging(self._data_dir, order).keep(path)

    def cut(self, order: ImportOrder) -> Manifest:
        """Cut the file into batches (blocking). Raises UnusableFileError."""
        return Staging(self._data_dir, order).cut()

    async def load(self, order: ImportOrder, numbers: range, since: datetime) -> AsyncGenerator[ImportTally]:
        """Load these batches; yields what became of each. `since` is the import's start.

        Raises UnavailableError while no city was loaded.
        """
        staging = Staging(self._data_dir, order)
        loader = await self._loader(order)
        for number in numbers:
            batch = await asyncio.to_thread(staging.batch, number)
            receipts = await loader.load(batch)
            staging.write_rejects(number, receipts[-1].rejects, batch.rows)
            yield ImportTally.of(receipts, since)

    async def try_out(self, plan: ImportPlan, path: Path, batches: int) -> ImportTally:
        """What the first `batches` batches of a file would do; nothing is written."""
        loader = await self._loader(plan.order)
        tally = ImportTally()
        for number, batch in enumerate(cut_into_batches(plan.rows(path), plan.order)):
            if number == batches:
                break
            receipt = await loader.try_out(batch)
            tally += ImportTally.of([receipt], receipt.recorded_at)
        return tally

    async def finish(self, order: ImportOrder, tally: ImportTally) -> str:
        """Write down that it was done; the path of the file of rejected rows, "" when there are none."""
        rejects_file = await asyncio.to_thread(Staging(self._data_dir, order).finish)
        act = Act(
            action=f"{order.kind}.import",
            subject=order.name,
            principal_id=order.asked_by,
            detail={"file": order.file_digest, **tally.model_dump(mode="json", exclude={"problems"})},
        )
        async with self._engine.begin() as connection:
            await record_act(connection, act)
        return rejects_file

    async def _loader(self, order: ImportOrder) -> BatchLoader:
        setting = await self._premises.setting(order.origin, create_missing=order.create_missing, channel=order.channel)
        return BatchLoader(self._engine, setting, order.mapping)
