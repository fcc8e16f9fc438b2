"""The machine: versions, the data folder, the processes."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from cli.state import SUPERVISOR, ProcessState, RunState
from pesut import __version__
from pesut.diagnosis.checks import START, Check, ProcessInfo, fine, note, wrong
from pesut.errors import UnavailableError
from pesut.servers import postgres, temporal
from pesut.servers.memory import memory_of
from pesut.settings import Settings

LEAST_DISK = 1_000_000_000  # bytes


def versions() -> dict[str, str]:
    """Of Pesut, Python, the system and the servers' programs."""
    found = {"Pesut": __version__, "Python": platform.python_version(), "system": platform.platform(terse=True)}
    for name, version in (("PostgreSQL", postgres.version), ("Temporal", temporal.version)):
        try:
            found[name] = version()
        except UnavailableError:
            found[name] = "not installed"
    return found


def folder_checks(settings: Settings) -> Iterator[Check]:
    """Whether the data folder is there, private, writable, and has room."""
    folder = settings.data_dir
    if not folder.is_dir():
        yield note("Data folder", f"{folder} is not there yet.", "`pesut up` makes it.")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield wrong(
            "Data folder", f"{folder} may not be written.", "Give it to the user who runs Pesut, or use --data-dir."
        )
    elif folder.stat().st_mode & 0o006:
        yield note("Data folder", f"{folder} is open to other users.", f"chmod o-rw {folder}")
    else:
        yield fine("Data folder", str(folder))
    room = shutil.disk_usage(_existing(folder)).free
    said = f"{room / 1e9:.1f} GB free"
    yield fine("Disk", said) if room >= LEAST_DISK else wrong("Disk", said, f"Make room where {folder} lies.")


def process_checks(state: RunState | None) -> Iterator[Check]:
    """Whether the supervisor and each of its processes live."""
    if state is None:
        yield note("Supervisor", "No `pesut up` runs on this data folder.", START)
        return
    yield fine(
        "Supervisor",
        f"`pesut {state.purpose}`, process {state.supervisor.pid}, since {state.started_at:%Y-%m-%d %H:%M} UTC",
    )
    if not state.ready:
        yield wrong("Start", "is under way", "Look again in a few seconds.")
    for process in state.processes:
        if not process.alive():
            yield wrong(
                process.name,
                "has died; the supervisor starts it again",
                "Look again in a few seconds, or into its log.",
            )


def process_infos(state: RunState | None) -> tuple[ProcessInfo, ...]:
    if state is None:
        return ()
    supervisor = state.supervisor.model_copy(update={"ready": state.ready})
    return tuple(_info(process) for process in (supervisor, *state.processes) if process.alive())


def _info(process: ProcessState) -> ProcessInfo:
    """The supervisor's children are listed themselves."""
    memory = memory_of(process.pid, with_children=process.name != SUPERVISOR).proportional
    return ProcessInfo(name=process.name, pid=process.pid, ready=process.ready, memory=memory)


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
