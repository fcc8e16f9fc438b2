"""`pesut import` says what is wrong with a file or a mapping before it starts anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml


def _import(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    return subprocess.run(
        (sys.executable, "-m", "cli.main", "import", *map(str, arguments)),
        capture_output=True, text=True, timeout=60, check=False, env={**outside, "NO_COLOR": "1"},
    )  # fmt: skip


def test_a_dry_run_prints_a_mapping_to_edit_and_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "lapor.csv").write_text("id;isi;warna\n1;Banjir;biru\n")
    done = _import("reports", tmp_path / "lapor.csv", "--dry-run", "--data-dir", tmp_path / "data")
    mapping = yaml.safe_load(done.stdout)
    assert mapping["columns"] == {"key": "id", "body": "isi"}
    assert done.returncode == 1
    for said in ("--set submitted_at=", "left out: warna", "body*"):
        assert said in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reports", "missing.csv"), "cannot be read"),
        (("reports", "d.csv"), "No column for submitted_at"),
        (("reports", "d.csv", "--set", "colour=red"), "colour"),
        (("reports", "d.csv", "--set", "colour"), "no field=value"),
        (("reports", "d.csv", "--mapping", "d.csv"), "no YAML mapping"),
        (("documents", "table.json"), "is a table"),
        (("regions", "paper.pdf"), "is a document"),
        (("regions", "picture.csv"), "is a picture"),
    ],
)
def test_what_cannot_be_imported_is_said_and_exits_1(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    contents = {
        "d.csv": b"isi\nBanjir\n",
        "table.json": b'[{"a": 1}]',
        "paper.pdf": b"%PDF-1.7",
        "picture.csv": b"\x89PNG\r\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / each if "." in each else each for each in arguments]
    done = _import(*paths, "--data-dir", tmp_path / "data")
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists(), "nothing was started"


def test_an_unknown_kind_is_wrong_usage(tmp_path: Path) -> None:
    done = _import("people", tmp_path / "d.csv")
    assert done.returncode == 2
    assert "observations" in done.stderr
