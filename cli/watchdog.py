"""Ends what a killed supervisor leaves behind, where the kernel does not (see `KERNEL_ENDS_ORPHANS`).

`python -m cli.watchdog DATA_DIR` reads its standard input, a pipe that only the supervisor holds open: the end of it is the
supervisor's end. An orderly supervisor has removed its state by then.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from cli.state import ProcessState, RunState, clear_state, state_file
from pesut.servers.processes import KERNEL_ENDS_ORPHANS


@contextmanager
def guarded(data_dir: Path) -> Generator[None]:
    """Have a watchdog while the block runs, where one is needed."""
    if KERNEL_ENDS_ORPHANS:
        yield
        return
    command = (sys.executable, "-m", "cli.watchdog", str(data_dir))
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):  # noqa: S603
        yield


def main() -> None:
    sys.stdin.buffer.read()
    data_dir = Path(sys.argv[1])
    if not state_file(data_dir).exists():
        return
    for process in RunState.model_validate_json(state_file(data_dir).read_text()).processes:
        _end(process)
    clear_state(data_dir)


def _end(process: ProcessState) -> None:
    """PostgreSQL shuts down by itself when interrupted; the others lose nothing when killed."""
    if process.alive():
        os.kill(process.pid, signal.SIGINT if process.name == "PostgreSQL" else signal.SIGKILL)


if __name__ == "__main__":
    main()
