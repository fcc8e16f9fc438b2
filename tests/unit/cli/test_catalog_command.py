"""`pesut catalog` names faults, and lists what can be asked."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from pesut.settings import SAMARINDA

SECOND_CITY = Path(__file__).parents[2] / "cities" / "lembah_halimun"


def _pesut(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "cli.main", "catalog", *arguments, "--data-dir", str(tmp_path / "data")]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", [SAMARINDA, SECOND_CITY], ids=["samarinda", "second"])
def test_the_cities_that_come_along_are_in_order(folder: Path, tmp_path: Path) -> None:
    done = _pesut(tmp_path, "check", str(folder))
    assert (done.returncode, "in order" in done.stdout) == (0, True), done.stderr


def test_a_fault_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = copytree(SECOND_CITY, tmp_path / "city")
    file = next((folder / "catalog").glob("*.yml"))
    file.write_text(file.read_text() + "\nkategori: []\n")
    line = file.read_text().count("\n")
    done = _pesut(tmp_path, "check", str(folder))
    assert done.returncode == 1
    assert f"catalog/{file.name}:{line}: unknown list 'kategori'" in done.stderr
    assert "1 fault in" in done.stderr


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    done = _pesut(tmp_path, "check", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "pesut init" in done.stderr


def test_metrics_are_listed_by_word(tmp_path: Path) -> None:
    done = _pesut(tmp_path, "list", "banjir", "--json", "--city", str(SAMARINDA))
    metrics = json.loads(done.stdout)
    assert done.returncode == 0
    assert metrics
    assert all("banjir" in json.dumps(metric).casefold() for metric in metrics)
    assert {"code", "dimensions", "datasets", "unit"} <= metrics[0].keys()
    table = _pesut(tmp_path, "list", "banjir", "--city", str(SAMARINDA)).stdout
    assert all(metric["code"] in table for metric in metrics)


def test_a_word_that_no_metric_has_exits_1(tmp_path: Path) -> None:
    done = _pesut(tmp_path, "list", "unicorn", "--city", str(SAMARINDA))
    assert (done.returncode, "No metric has 'unicorn'" in done.stderr) == (1, True)
