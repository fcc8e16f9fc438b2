"""How a process without a port says that it is ready: a file with its process id in the data folder."""

import os
from pathlib import Path

from pesut.servers.private_files import write_private


def mark_ready(data_dir: Path, part: str = "worker") -> None:
    """Say that this process now does its work. Called by the worker once it polls."""
    write_private(_file(data_dir, part), str(os.getpid()))


def withdraw(data_dir: Path, part: str = "worker") -> None:
    """Take it back, before an orderly end."""
    _file(data_dir, part).unlink(missing_ok=True)


def ready_process(data_dir: Path, part: str = "worker") -> int | None:
    """Id of the process that said so last; None when none did. A killed process could not take it back, so compare the id
    with one that is known to run.
    """
    try:
        return int(_file(data_dir, part).read_text())
    except FileNotFoundError:
        return None


def _file(data_dir: Path, part: str) -> Path:
    return data_dir / f"{part}.ready"
