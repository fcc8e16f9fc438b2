"""One Pesut per data folder."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cli.lock import hold
from pesut.errors import ConflictError, UnavailableError

HOLDER = "import sys, time; from pathlib import Path; from cli.lock import hold\nwith hold(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


def _holder(data_dir: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen((sys.executable, "-c", HOLDER, str(data_dir)), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    with _holder(tmp_path) as first:
        with pytest.raises(ConflictError, match=rf"already runs on .*\(process {first.pid}\)"), hold(tmp_path):
            pass
        first.kill()


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    with _holder(tmp_path) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        with hold(tmp_path):
            assert (tmp_path / "lock").read_text() == str(os.getpid())


def test_one_may_wait_for_it(tmp_path: Path) -> None:
    with _holder(tmp_path) as first, hold(tmp_path, wait=first.kill, seconds=10):
        assert first.wait() == -signal.SIGKILL


def test_waiting_ends(tmp_path: Path) -> None:
    with _holder(tmp_path) as first:
        with pytest.raises(ConflictError), hold(tmp_path, wait=lambda: None, seconds=0.1):
            pass
        first.kill()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnavailableError, match="file cannot be used"), hold(tmp_path / "file"):
        pass
