"""The durable life of one import: the file is cut, its batches are loaded, what was rejected is written out."""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from pesut.intake.orders import ImportOrder, ImportProgress, ImportStage, ImportTally
    from pesut.intake.staging import Manifest
    from workflows.imports.messages import (
        CUT_FILE,
        FINISH_IMPORT,
        IMPORT_FILE,
        LOAD_BATCHES,
        PROGRESS,
        BatchRange,
        FinishedImport,
    )

FEWEST = 4  # batches an activity loads, about half a second each
MOST_ACTIVITIES = 400  # so that the history of a large file stays small
_HABITS: dict[str, Any] = {
    "schedule_to_close_timeout": timedelta(days=7),  # outlasts a database that is away over a weekend
    "heartbeat_timeout": timedelta(seconds=10),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(seconds=30)),
}


@workflow.defn(name=IMPORT_FILE)
class ImportFile:
    """Loads the file of an `ImportOrder`. Each step may be repeated; batches that were loaded are recognised."""

    @workflow.init
    def __init__(self, order: ImportOrder) -> None:  # noqa: ARG002 - Temporal gives it to both
        self._progress = ImportProgress()

    @workflow.run
    async def run(self, order: ImportOrder) -> ImportProgress:
        since = workflow.now()
        manifest = await workflow.execute_activity(
            CUT_FILE, order, result_type=Manifest, start_to_close_timeout=timedelta(hours=2), **_HABITS
        )
        self._tell(stage=ImportStage.LOADING, rows=manifest.rows, batches=manifest.batches)
        size = max(FEWEST, -(-manifest.batches // MOST_ACTIVITIES))
        for first in range(0, manifest.batches, size):
            batches = BatchRange(order=order, first=first, end=min(first + size, manifest.batches), since=since)
            await self._load(batches)
        await self._finish(order)
        return self._progress

    @workflow.query(name=PROGRESS)
    def progress(self) -> ImportProgress:
        return self._progress

    async def _load(self, batches: BatchRange) -> None:
        tally = await workflow.execute_activity(
            LOAD_BATCHES, batches, result_type=ImportTally, start_to_close_timeout=timedelta(minutes=30), **_HABITS
        )
        self._tell(tally=self._progress.tally + tally)

    async def _finish(self, order: ImportOrder) -> None:
        finished = FinishedImport(order=order, tally=self._progress.tally)
        rejects_file = await workflow.execute_activity(
            FINISH_IMPORT, finished, result_type=str, start_to_close_timeout=timedelta(minutes=10), **_HABITS
        )
        self._tell(stage=ImportStage.DONE, rejects_file=rejects_file, finished_at=workflow.now())

    def _tell(self, **news: Any) -> None:
        self._progress = self._progress.model_copy(update=news)
