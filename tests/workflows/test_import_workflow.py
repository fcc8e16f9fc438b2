"""An import outlives the worker that began it, and is done once."""

import asyncio
import signal
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from pesut.city.load import load_city
from pesut.city.loader import read_city
from pesut.errors import ConflictError
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.mapping import ImportKind
from pesut.intake.orders import ImportOrder, ImportProgress, ImportStage
from pesut.intake.planning import Wish, plan_import
from pesut.intake.staging import Staging
from pesut.intake.work import ImportWork
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings
from tests.workflows.workers import worker_process
from workflows.client import connect_temporal
from workflows.imports.client import RunningImport, start_import
from workflows.imports.worker import import_worker
from workflows.imports.workflow import ImportFile

HISTORIES = Path(__file__).parent / "histories"
WORKER = """
import asyncio
from pesut.city.loader import read_city
from pesut.database.engine import connect
from pesut.reports.privacy.vault import Vault
from pesut.settings import Settings
from workflows.client import connect_temporal
from workflows.imports.worker import import_worker

async def main():
    settings = Settings()
    temporal = await connect_temporal(settings)
    await import_worker(temporal, connect(settings.database_url), read_city(settings.city), settings.data_dir, Vault.of(settings)).run()

asyncio.run(main())
"""


@pytest.fixture
async def temporal(settings: Settings, engine: AsyncEngine) -> Client:
    """A client; the database holds the highland city."""
    await load_city(engine, settings.city)
    return await connect_temporal(settings)


@pytest.fixture
async def worker(temporal: Client, engine: AsyncEngine, settings: Settings) -> AsyncGenerator[None]:
    async with import_worker(temporal, engine, read_city(settings.city), settings.data_dir, Vault.of(settings)):
        yield


def _order(engine: AsyncEngine, settings: Settings, folder: Path, rows: int) -> ImportOrder:
    """Reports to import, kept as the command line keeps them; row 3 is not to be used."""
    path = folder / "keluhan.csv"
    lines = [
        f"{number},Sawah petak {number} kering,{'kapan' if number == 3 else '01/06/2026'}\n" for number in range(rows)
    ]
    path.write_text("id,isi,tanggal\n" + "".join(lines))
    order = plan_import(Wish(ImportKind.REPORTS, path)).order
    ImportWork(engine, read_city(settings.city), settings.data_dir, Vault.of(settings)).keep(path, order)
    return order


async def _reports(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text("SELECT count(*) FROM report"))).scalar_one()


def _read(path: str) -> str:
    return Path(path).read_text("utf-8-sig")


async def _until_batches(running: RunningImport, count: int) -> ImportProgress:
    while True:
        progress = await running.progress()
        if progress and progress.tally.batches >= count:
            return progress
        await asyncio.sleep(0.1)


@pytest.mark.usefixtures("worker")
async def test_an_import_tells_its_progress_and_its_end(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    order = _order(engine, settings, tmp_path, 700)
    running = await start_import(temporal, order)
    joined = await start_import(temporal, order)
    done = await running.result()
    assert await joined.result() == done == await running.progress()
    assert (done.stage, done.rows, done.batches) == (ImportStage.DONE, 700, 2)
    assert (done.tally.created, done.tally.rejected, done.tally.problems[0].row) == (699, 1, 5)
    assert "kapan" in _read(done.rejects_file)


@pytest.mark.usefixtures("worker")
async def test_the_same_file_later_changes_nothing(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    await (await start_import(temporal, _order(engine, settings, tmp_path, 50))).result()
    again = await (await start_import(temporal, _order(engine, settings, tmp_path, 50))).result()
    assert (again.tally.created, again.tally.unchanged, again.tally.rejected) == (0, 49, 1)
    assert await _reports(engine) == 49


async def test_a_killed_worker_is_replaced_and_nothing_is_done_twice(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    with worker_process(settings, "-c", WORKER) as process:
        running = await start_import(temporal, _order(engine, settings, tmp_path, 12_000))
        await _until_batches(running, 4)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before = await _reports(engine)
    assert 0 < before < 11_999
    with worker_process(settings, "-c", WORKER):
        done = await asyncio.wait_for(running.result(), 90)
    assert (done.tally.created, done.tally.unchanged, done.tally.rejected) == (11_999, 0, 1)
    assert await _reports(engine) == 11_999


@pytest.mark.usefixtures("worker")
async def test_a_cancelled_import_goes_on_when_it_is_ordered_again(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    running = await start_import(temporal, _order(engine, settings, tmp_path, 6000))
    await _until_batches(running, 4)
    await running.cancel()
    with pytest.raises(ConflictError, match="cancelled"):
        await running.result()
    before = await _reports(engine)
    assert 0 < before < 5999
    done = await (await start_import(temporal, _order(engine, settings, tmp_path, 6000))).result()
    assert done.tally.created + done.tally.unchanged == 5999
    assert await _reports(engine) == 5999


@pytest.mark.usefixtures("worker")
async def test_a_file_that_cannot_be_read_fails_with_its_reason(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    order = _order(engine, settings, tmp_path, 5)
    Staging(settings.data_dir, order).file.write_bytes(b"%PDF-1.7 not what was ordered")
    with pytest.raises(UnusableFileError, match="holds a PDF"):
        await (await start_import(temporal, order)).result()


@pytest.mark.usefixtures("worker")
async def test_histories_of_earlier_versions_replay(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    """Also the one just made; a change that breaks running imports fails here.

    To keep one more: `temporal workflow show --workflow-id import/… --output json`, with identities removed.
    """
    order = _order(engine, settings, tmp_path, 700)
    await (await start_import(temporal, order)).result()
    made = await temporal.get_workflow_handle(f"import/{order.id}").fetch_history()
    kept = [
        WorkflowHistory.from_json(f"import/{path.stem}", path.read_text()) for path in HISTORIES.glob("import_*.json")
    ]
    assert kept
    replayer = Replayer(workflows=[ImportFile], data_converter=pydantic_data_converter)
    for history in (made, *kept):
        await replayer.replay_workflow(history)


@pytest.mark.usefixtures("worker")
async def test_what_is_personal_never_travels_through_temporal(
    temporal: Client, engine: AsyncEngine, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "keluhan.csv"
    path.write_text(
        "id,isi,tanggal\n1,Hubungi 081200004321,01/06/2026\n2,Sawah kering,kapan-kapan telepon 081200004321\n"
    )
    order = plan_import(Wish(ImportKind.REPORTS, path)).order
    ImportWork(engine, read_city(settings.city), settings.data_dir, Vault.of(settings)).keep(path, order)
    running = await start_import(temporal, order)
    assert (await running.result()).tally.problems[0].value == "kapan-kapan telepon [telepon]"
    history = await temporal.get_workflow_handle(f"import/{order.id}").fetch_history()
    told = b"".join(event.SerializeToString() for event in history.events)
    assert b"[telepon]" in told
    assert b"081200004321" not in told
