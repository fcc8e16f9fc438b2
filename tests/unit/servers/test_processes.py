"""Children: they stop when asked, are killed when they will not, and end with their parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pesut.errors import UnavailableError
from pesut.servers.processes import KERNEL_ENDS_ORPHANS, Child, Program, log_tail, wait_ready

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def _program(tmp_path: Path, code: str, patience: float = 5.0) -> Program:
    return Program("Thing", (sys.executable, "-c", code), tmp_path / "logs" / "thing.log", patience=patience)


class Thing:
    """A server that is ready once its log says so."""

    name = "Thing"

    def __init__(self, program: Program, start_seconds: float = 10.0) -> None:
        self.program, self.start_seconds = program, start_seconds

    def start(self) -> Child:
        return Child(self.program)

    def ready(self, child: Child) -> bool:
        return "up" in log_tail(child.program.log)


def test_it_stops_when_asked(tmp_path: Path) -> None:
    child = Child(_program(tmp_path, "import time; time.sleep(60)"))
    assert child.exit_code is None
    child.stop()
    assert child.exit_code == -signal.SIGTERM


def test_it_is_killed_when_it_will_not_stop(tmp_path: Path) -> None:
    thing = Thing(_program(tmp_path, STUBBORN, patience=0.2))
    child = thing.start()
    wait_ready(thing, child)
    child.stop()
    assert child.exit_code == -signal.SIGKILL


def test_one_that_dies_while_starting_is_told_with_its_last_words(tmp_path: Path) -> None:
    thing = Thing(_program(tmp_path, "raise SystemExit('no disk')"))
    with pytest.raises(UnavailableError, match=r"(?s)stopped while starting \(exit code 1\).*no disk"):
        wait_ready(thing, thing.start())


def test_one_that_never_gets_ready_is_told(tmp_path: Path) -> None:
    thing = Thing(_program(tmp_path, "import time; time.sleep(60)"), start_seconds=0.3)
    child = thing.start()
    with pytest.raises(UnavailableError, match="not ready after"):
        wait_ready(thing, child)
    child.stop()


def test_a_long_log_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pesut.servers.processes.LOG_LIMIT", 10)
    program = _program(tmp_path, "print('a line that is long enough')")
    for _ in range(2):
        Child(program).stop()
        Thing(program).start().stop()
    assert program.log.stat().st_mode & 0o777 == 0o600
    assert len(list(program.log.parent.iterdir())) <= 2


@pytest.mark.skipif(not KERNEL_ENDS_ORPHANS, reason="the kernel here does not end orphans; the watchdog does")
def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    parent_code = f"""
from pathlib import Path
import time
from pesut.servers.processes import Child, Program
child = Child(Program("Thing", ({sys.executable!r}, "-c", {STUBBORN!r}), Path({str(tmp_path)!r}) / "thing.log"))
print(child.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen((sys.executable, "-c", parent_code), stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        orphan = psutil.Process(int(parent.stdout.readline()))
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while orphan.is_running() and orphan.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
