"""`pesut bench` as a person calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HIGHLAND = Path(__file__).parents[1] / "cities" / "lembah_halimun"


def _bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    return subprocess.run(
        (sys.executable, "-m", "cli.main", "bench", *arguments, "--city", str(HIGHLAND)),
        capture_output=True, text=True, timeout=570, check=False, env=outside | {"NO_COLOR": "1"},
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_start_is_measured_cold_and_warm_in_a_folder_of_its_own(tmp_path: Path) -> None:
    done = _bench("start", "--json", "--data-dir", str(tmp_path / "data"), "--output", str(tmp_path / "figures.json"))
    assert done.returncode == 0, done.stderr
    assert "Starting Pesut of its own (cold)" in done.stderr
    assert json.loads(done.stdout) == json.loads((tmp_path / "figures.json").read_text())
    [start] = json.loads(done.stdout)["measurements"]
    assert [figure["name"] for figure in start["figures"]] == ["cold", "warm"]
    assert all(figure["value"] > figure["beside"][0]["value"] > 0 for figure in start["figures"])
    assert not (tmp_path / "data").exists()


def test_the_table_names_the_machine(tmp_path: Path) -> None:
    done = _bench("compile", "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert " cores, " in done.stdout
    assert "plain, p50" in done.stdout


def test_an_unknown_measurement_is_wrong_usage() -> None:
    done = _bench("speed")
    assert done.returncode == 2
    assert "There are compile, answers" in done.stderr
