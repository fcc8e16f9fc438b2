"""`pesut up`, as a person has it: it answers, keeps running, stops whole, and finds its data again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from cli.services import api_ready
from cli.state import RunState, read_state, state_file
from pesut.servers.ports import free_port
from pesut.servers.processes import KERNEL_ENDS_ORPHANS

CITY = Path(__file__).parents[1] / "cities" / "lembah_halimun"
PESUT = (sys.executable, "-m", "cli.main")
START_SECONDS = 150

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PESUT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PESUT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PESUT_CITY", str(CITY))
    monkeypatch.setenv("PESUT_API_PORT", str(free_port()))


class Up:
    """A `pesut up` that is ready."""

    def __init__(self, process: subprocess.Popen[str], state: RunState, log: Path) -> None:
        self.process, self.state, self.log = process, state, log
        self.family = psutil.Process(process.pid).children(recursive=True)

    def pid(self, name: str) -> int:
        return next(each.pid for each in self.state.processes if each.name == name)

    def all_ended(self) -> bool:
        return not psutil.wait_procs(self.family, timeout=30)[1]

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@contextmanager
def _up(data_dir: Path, *arguments: str) -> Generator[Up]:
    log = data_dir.parent / "up.log"
    with (
        log.open("w") as output,
        subprocess.Popen((*PESUT, "up", *arguments), stdout=output, stderr=subprocess.STDOUT, text=True) as process,
    ):
        try:
            _until(lambda: process.poll() is not None or bool((state := read_state(data_dir)) and state.ready), log)
            state = read_state(data_dir)
            assert state is not None, log.read_text()
            yield Up(process, state, log)
        finally:
            process.kill()


def _until(condition: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)


def _pesut(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run((*PESUT, *arguments), capture_output=True, text=True, timeout=120, check=False)


def _api_ready(state: RunState) -> bool:
    assert state.api_url is not None
    host, _, port = state.api_url.removeprefix("http://").rpartition(":")
    return api_ready(host, int(port))


def test_it_runs_mends_itself_and_stops_whole(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with _up(data_dir) as up:
        _until(lambda: up.log.read_text().count("pesut ask") == 3, up.log)
        assert str(up.state.api_url) in up.log.read_text()
        assert {each.name for each in up.state.processes} == {"PostgreSQL", "Temporal", "Worker", "API"}
        assert all(each.ready for each in up.state.processes)

        doctor = _pesut("doctor", "--json")
        assert doctor.returncode == 0, doctor.stdout
        found = json.loads(doctor.stdout)
        assert found["ready"]
        assert found["memory"] == sum(process["memory"] for process in found["processes"])

        second = _pesut("up")
        assert second.returncode == 1
        assert f"already runs on {data_dir} (process {up.process.pid})" in second.stderr

        for name in ("Worker", "PostgreSQL", "Temporal"):
            os.kill(up.pid(name), signal.SIGKILL)
        _until(lambda: up.log.read_text().count("is back after") >= 3, up.log)
        _until(lambda: _api_ready(up.state), up.log)
        assert "Worker stopped unexpectedly (exit code -9); starting it again" in up.log.read_text()

        assert up.interrupt() == 0
        assert up.all_ended()
        assert not state_file(data_dir).exists()
    assert _pesut("doctor").returncode == 1


@pytest.mark.skipif(not KERNEL_ENDS_ORPHANS, reason="the watchdog has tests of its own")
def test_killed_it_leaves_nothing_behind_and_finds_its_data(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with _up(data_dir) as up:
        first = up.state
        assert first.database_url is not None
        with psycopg.connect(first.database_url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(up.process.pid, signal.SIGKILL)
        up.process.wait()
        assert up.all_ended()
    with _up(data_dir) as up:
        assert (up.state.database_url, up.state.temporal_address) == (first.database_url, first.temporal_address)
        with psycopg.connect(first.database_url.replace("+psycopg", "")) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        up.process.send_signal(signal.SIGTERM)
        assert up.process.wait(60) == 0
        assert up.all_ended()


def test_it_can_be_stopped_while_it_starts(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with subprocess.Popen((*PESUT, "up"), stdout=subprocess.DEVNULL) as process:
        _until(lambda: bool((state := read_state(data_dir)) and state.processes), tmp_path)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    assert not psutil.wait_procs(family, timeout=30)[1]
    assert not state_file(data_dir).exists()


def test_a_port_that_was_asked_for_and_is_taken_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _pesut("up", "--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 is taken." in done.stderr


@pytest.mark.timeout(900)  # eight processes, one after the other
def test_another_city_answers_from_its_own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PESUT_CITY")
    harvest, complaints = tmp_path / "panen.csv", tmp_path / "keluhan.csv"
    harvest.write_text(
        "indikator;desa;komoditas;tanggal;nilai\n"
        "hasil;Pasir Embun;kentang;1 Maret 2026;12,5\nhasil;Ngadisari;kentang;1 Maret 2026;30\nhasil;Ngadisari;kopi;1 Maret 2026;7\n"
    )
    complaints.write_text(
        "nomor;isi;tanggal;kategori;desa\n1;Wereng lagi;3 Maret 2026;hama;Ngadisari\n2;Tikus;9 Maret 2026;hama;Ngadisari\n"
    )
    with _up(tmp_path / "data", "--city", str(CITY)) as up:
        assert up.state.city == CITY
        for kind, file in (("observations", harvest), ("reports", complaints)):
            done = _pesut("import", kind, str(file), "--json")
            assert json.loads(done.stdout)["tally"]["rejected"] == 0, done.stdout + done.stderr
        assert "42,5 ton" in _answered("Berapa hasil panen kentang pada Maret 2026?")
        assert "2 keluhan" in _answered("Berapa keluhan hama di Ngadisari bulan Maret 2026?")
        assert up.interrupt() == 0


def _answered(question: str) -> str:
    done = _pesut("ask", question, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["sample_data"]) == ("answered", False), done.stdout
    return answer["text"]
