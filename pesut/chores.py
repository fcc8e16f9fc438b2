"""Chores: work in a process of its own, which takes a core for seconds or minutes that nobody who waits for an answer should miss.

`run_chore` starts `python -m <module>` with its job as one line on standard input and hands on the lines of its output. The
chore, which begins with `take_job`, ends when its input does, so that nothing is left when its parent dies.
"""

import asyncio
import os
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pesut.contracts.base import Contract
from pesut.errors import PesutError

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
NICENESS = 10

J = TypeVar("J", bound=Contract)


class ChoreError(PesutError):
    """The process of a chore failed; what it had written stays, and the next one goes on from there."""

    slug = "chore"
    title = "Work in the background failed"
    retryable = True


async def run_chore(module: str, job: Contract, hear: Callable[[bytes], None]) -> None:
    """Run it to its end; `hear` gets each line it writes. Cancelled, it is killed. Raises ChoreError with the end of its errors."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=os.environ | ONE_THREAD
    )
    assert process.stdin and process.stderr
    try:
        process.stdin.write(job.model_dump_json().encode() + b"\n")
        _, errors, status = await asyncio.gather(_follow(process, hear), process.stderr.read(), process.wait())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status:
        raise ChoreError(
            f"{module} ended with status {status}: {errors.decode(errors='replace')[-500:].strip()}",
            remedy="Mend what it names; the next time it goes on where this one ended.",
        )


async def _follow(process: Process, hear: Callable[[bytes], None]) -> None:
    assert process.stdout
    async for line in process.stdout:
        hear(line)


def take_job(kind: type[J]) -> J:
    """In the chore's process: its job; what else runs on this machine goes first from here on."""
    job = kind.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    _step_back()
    return job


def tell(progress: Contract) -> None:
    """In the chore's process: a line for its parent."""
    sys.stdout.write(progress.model_dump_json() + "\n")
    sys.stdout.flush()


def _step_back() -> None:
    """Linux may share cores out by session first (autogroup), so that being nice counts for nothing beside other sessions: the
    chore gets a session of its own, which is nice as a whole.
    """
    os.nice(NICENESS)
    os.setsid()
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICENESS))


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1):  # past Python's buffer, which would be locked when the process ends
        pass
    os._exit(1)
