"""Worker processes, as the supervisor starts them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

from pesut.servers.readiness import ready_process
from pesut.settings import Settings


@contextmanager
def worker_process(settings: Settings, *program: str, **more: str) -> Generator[subprocess.Popen[bytes]]:
    """`python -m workflows.worker` or another program for Python; `more` are further environment variables."""
    environment = {
        "PESUT_DATA_DIR": str(settings.data_dir),
        "PESUT_CITY": str(settings.city),
        "PESUT_DATABASE_URL": str(settings.database_url),
        "PESUT_TEMPORAL_ADDRESS": str(settings.temporal_address),
    }
    process = subprocess.Popen(
        (sys.executable, *(program or ("-m", "workflows.worker"))), env=os.environ | environment | more
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def is_ready(process: subprocess.Popen[bytes], settings: Settings) -> None:
    async with asyncio.timeout(180):
        while ready_process(settings.data_dir) != process.pid:
            assert process.poll() is None, "the worker ended"
            await asyncio.sleep(0.1)
