"""What is known of a running Pesut."""

import os
import subprocess
import sys
from pathlib import Path

from cli.state import ProcessState, Purpose, RunState, clear_state, read_state, state_file, write_state


def _state(process: ProcessState) -> RunState:
    return RunState(supervisor=process, purpose=Purpose.UP, city=Path("/city"), processes=(process,))


def test_a_living_supervisor_is_found(tmp_path: Path) -> None:
    assert read_state(tmp_path) is None
    state = _state(ProcessState.of("Supervisor", os.getpid()))
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    assert state_file(tmp_path).stat().st_mode & 0o777 == 0o600
    clear_state(tmp_path)
    assert read_state(tmp_path) is None


def test_a_process_id_used_again_is_not_it(tmp_path: Path) -> None:
    me = ProcessState.of("Supervisor", os.getpid())
    write_state(tmp_path, _state(me.model_copy(update={"created": me.created - 100})))
    assert read_state(tmp_path) is None


def test_a_dead_supervisor_is_not_found(tmp_path: Path) -> None:
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE) as process:
        state = _state(ProcessState.of("Supervisor", process.pid))
        write_state(tmp_path, state)
        assert read_state(tmp_path) == state
    assert read_state(tmp_path) is None


def test_an_unreadable_state_is_none(tmp_path: Path) -> None:
    state_file(tmp_path).write_text("{")
    assert read_state(tmp_path) is None
