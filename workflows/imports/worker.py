"""The worker that imports files."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.worker import Worker

from pesut.city.models import City
from pesut.reports.privacy.vault import Vault
from workflows.failures import ActivityHabits
from workflows.imports.activities import ImportActivities
from workflows.imports.messages import IMPORTS
from workflows.imports.workflow import ImportFile

AT_ONCE = 2  # activities: imports may take as long as they like, questions may not
GRACE = timedelta(seconds=5)  # for the batch under way after the signal to stop
STICKY = timedelta(seconds=2)  # how long a dead worker's cache is waited for


def import_worker(temporal: Client, engine: AsyncEngine, city: City, data_dir: Path, vault: Vault) -> Worker:
    """Runs beside the worker that answers questions; `data_dir` is where the command line keeps files to import."""
    steps = ImportActivities(engine, city, data_dir, vault)
    return Worker(
        temporal,
        task_queue=IMPORTS,
        workflows=[ImportFile],
        activities=[steps.cut_file, steps.load_batches, steps.finish_import],
        interceptors=[ActivityHabits()],
        max_concurrent_activities=AT_ONCE,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )
