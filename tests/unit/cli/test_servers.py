"""A command joins the Pesut that runs on its data folder, and takes its city from it."""

import os
from pathlib import Path

import pytest

from cli.options import read_settings
from cli.servers import servers
from cli.state import ProcessState, Purpose, RunState, write_state
from pesut.errors import ConflictError


@pytest.fixture(autouse=True)
def _up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PESUT_")]:
        monkeypatch.delenv(name)
    write_state(
        tmp_path,
        RunState(
            supervisor=ProcessState.of("Supervisor", os.getpid()),
            purpose=Purpose.UP,
            city=tmp_path / "city",
            processes=(),
            database_url="postgresql+psycopg://here/pesut",
            temporal_address="127.0.0.1:7233",
            ready=True,
        ),
    )


def test_without_a_city_of_its_own_it_takes_that_one(tmp_path: Path) -> None:
    with servers(read_settings(tmp_path)) as joined:
        assert joined.city == tmp_path / "city"
        assert joined.temporal_address == "127.0.0.1:7233"


def test_another_city_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="runs with the city"), servers(read_settings(tmp_path, tmp_path / "other")):
        pass


def test_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings(Path("data"), Path("~/city"))
    assert (settings.data_dir, settings.city) == (tmp_path / "data", Path.home() / "city")
