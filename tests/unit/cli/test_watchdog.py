"""The watchdog ends what a killed supervisor left, and nothing after an orderly end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from cli.state import ProcessState, Purpose, RunState, clear_state, state_file, write_state


def _left_behind(data_dir: Path, name: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen((sys.executable, "-c", "import time; time.sleep(60)"))
    left = ProcessState.of(name, process.pid)
    supervisor = ProcessState.of("Supervisor", os.getpid())
    write_state(data_dir, RunState(supervisor=supervisor, purpose=Purpose.UP, city=data_dir, processes=(left,)))
    return process


def _watchdog(data_dir: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-m", "cli.watchdog", str(data_dir)), stdin=subprocess.PIPE)


def _end_of_pipe(watchdog: subprocess.Popen[bytes]) -> None:
    assert watchdog.stdin is not None
    watchdog.stdin.close()
    assert watchdog.wait(20) == 0


def test_it_ends_what_is_left(tmp_path: Path) -> None:
    process = _left_behind(tmp_path, "Worker")
    _end_of_pipe(_watchdog(tmp_path))
    assert process.wait(20) == -signal.SIGKILL
    assert not state_file(tmp_path).exists()


def test_it_lets_postgresql_shut_down(tmp_path: Path) -> None:
    process = _left_behind(tmp_path, "PostgreSQL")
    _end_of_pipe(_watchdog(tmp_path))
    assert process.wait(20) in {-signal.SIGINT, 1}


def test_it_leaves_a_process_that_only_has_the_id(tmp_path: Path) -> None:
    process = _left_behind(tmp_path, "Worker")
    left = ProcessState.of("Worker", process.pid).model_copy(update={"created": 1.0})
    write_state(tmp_path, RunState(supervisor=left, purpose=Purpose.UP, city=tmp_path, processes=(left,)))
    _end_of_pipe(_watchdog(tmp_path))
    assert process.poll() is None
    process.kill()
    process.wait()


def test_after_an_orderly_end_there_is_nothing_to_do(tmp_path: Path) -> None:
    process = _left_behind(tmp_path, "Worker")
    clear_state(tmp_path)
    _end_of_pipe(_watchdog(tmp_path))
    assert process.poll() is None
    process.kill()
    process.wait()
