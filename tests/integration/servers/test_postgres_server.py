"""PostgreSQL from its wheel: what it promises when killed, and what it refuses."""

import os
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from pesut.errors import UnavailableError
from pesut.servers.postgres import Postgres, postgres_running
from pesut.servers.processes import Child, wait_ready


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def _number(url: str, statement: str) -> int:
    with _connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _started(data_dir: Path) -> tuple[Postgres, Child]:
    server = Postgres(data_dir)
    child = server.start()
    wait_ready(server, child)
    return server, child


def test_it_has_what_pesut_needs_and_keeps_its_data(tmp_path: Path) -> None:
    with postgres_running(tmp_path) as url, _connect(url) as connection:
        for extension in ("vector", "pg_trgm", "unaccent"):
            connection.execute(f"CREATE EXTENSION {extension}".encode())
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
        assert connection.execute("SELECT 'ilir' < 'Ulu'").fetchone() == (False,)  # by code point, everywhere
    with postgres_running(tmp_path) as again:
        assert again == url
        assert _number(again, "SELECT answer FROM kept") == 42


def test_committed_rows_survive_a_kill_and_it_starts_again(tmp_path: Path) -> None:
    server, child = _started(tmp_path)
    with _connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        for number in range(200):
            connection.execute("INSERT INTO kept VALUES (%s)", (number,))
        os.kill(child.pid, signal.SIGKILL)
    assert (server.cluster / "postmaster.pid").exists()
    with postgres_running(tmp_path) as url:
        assert _number(url, "SELECT count(*) FROM kept") == 200


def test_a_process_id_that_is_someone_elses_now_does_not_stop_it(tmp_path: Path) -> None:
    server, child = _started(tmp_path)
    child.kill()
    pid_file = server.cluster / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(child.pid), str(os.getppid()), 1))
    with postgres_running(tmp_path) as url:
        assert _number(url, "SELECT 1") == 1


def test_it_waits_for_a_server_that_is_still_ending(tmp_path: Path) -> None:
    _, child = _started(tmp_path)
    os.kill(child.pid, signal.SIGINT)
    with postgres_running(tmp_path) as url:
        assert _number(url, "SELECT 1") == 1


def test_a_server_that_does_not_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pesut.servers.postgres.LEFTOVER_SECONDS", 0.2)
    _, child = _started(tmp_path)
    with pytest.raises(UnavailableError, match=r"Another PostgreSQL \(process \d+\) uses"):
        Postgres(tmp_path).start()
    child.stop()


def test_half_a_cluster_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new" / "base").mkdir(parents=True)
    with postgres_running(tmp_path) as url:
        assert _number(url, "SELECT 1") == 1
    assert not list(tmp_path.glob("postgres.new*"))


def test_a_cluster_of_another_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(UnavailableError, match="is of PostgreSQL 17; this Pesut runs 18"):
        Postgres(tmp_path).start()


def test_a_lost_password_is_told(tmp_path: Path) -> None:
    with postgres_running(tmp_path):
        pass
    (tmp_path / "postgres.password").unlink()
    with pytest.raises(UnavailableError, match="password is missing"):
        Postgres(tmp_path).start()


def test_nobody_else_gets_in(tmp_path: Path) -> None:
    with postgres_running(tmp_path) as url:
        assert (tmp_path / "postgres.password").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "postgres").stat().st_mode & 0o777 == 0o700
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(url.replace("+psycopg", ""), password="guess")


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's server runs as that user")
def test_roots_server_runs_as_an_account_of_its_own(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    _, child = _started(home / ".local" / "share" / "pesut")
    try:
        assert psutil.Process(child.pid).username() == "pesut-postgres"
        assert home.stat().st_mode & 0o007 == 0
    finally:
        child.stop()
