"""Servers for one command: its own while it runs, none afterwards, whatever becomes of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from cli.state import ProcessState, read_state, state_file
from pesut.servers.processes import KERNEL_ENDS_ORPHANS

pytestmark = pytest.mark.slow

CITY = Path(__file__).parents[2] / "cities" / "lembah_halimun"
COMMAND = """
import sys
from cli.options import read_settings
from cli.servers import servers
with servers(read_settings(), work=False) as settings:
    print(settings.database_url, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PESUT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PESUT_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PESUT_CITY", str(CITY))


@contextmanager
def _command(data_dir: Path) -> Generator[tuple[subprocess.Popen[str], str, list[ProcessState]]]:
    """A command that waits for a line, the address of its database, and its processes."""
    process = subprocess.Popen(
        (sys.executable, "-c", COMMAND), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        state = read_state(data_dir)
        assert url
        assert state is not None
        yield process, url, list(state.processes)
        process.kill()


def _regions(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM region").fetchone()
    assert row is not None
    return row[0]


def _all_ended(processes: list[ProcessState]) -> bool:
    deadline = time.monotonic() + 20
    while any(process.alive() for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_they_come_with_the_city_and_go_with_the_command(tmp_path: Path) -> None:
    with _command(tmp_path) as (process, url, processes):
        assert [each.name for each in processes] == ["PostgreSQL"]
        assert _regions(url) > 0
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait(30) == 0
    assert _all_ended(processes)
    assert not state_file(tmp_path).exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.skipif(not KERNEL_ENDS_ORPHANS, reason="the watchdog has tests of its own")
def test_nothing_outlives_a_command_that_is_ended(how: signal.Signals, tmp_path: Path) -> None:
    with _command(tmp_path) as (process, url, processes):
        family = psutil.Process(processes[0].pid).children(recursive=True)
        regions = _regions(url)
        os.kill(process.pid, how)
        process.wait(30)
        assert _all_ended(processes)
        assert all(not child.is_running() for child in psutil.wait_procs(family, timeout=20)[1])
    with _command(tmp_path) as (_, again, _):
        assert again == url
        assert _regions(again) == regions


def test_the_second_command_waits_for_the_first(tmp_path: Path) -> None:
    with _command(tmp_path) as (first, _, _):
        second = subprocess.Popen(
            (sys.executable, "-c", COMMAND),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert second.stderr is not None
        assert "Waiting for the Pesut that uses this data folder" in second.stderr.readline()
        assert second.poll() is None
        assert first.stdin is not None
        first.stdin.write("\n")
        first.stdin.close()
        assert first.wait(30) == 0
        said, told = second.communicate("\n", timeout=120)
        assert second.returncode == 0, told
        assert said.startswith("postgresql+psycopg://")
