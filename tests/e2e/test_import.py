"""`pesut import` on a machine where nothing runs: it brings what it needs, loads the file, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CITY = Path(__file__).parents[1] / "cities" / "lembah_halimun"

pytestmark = pytest.mark.slow


def _import(data_dir: Path, *arguments: str | Path) -> dict[str, Any]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    given = {"PESUT_DATA_DIR": str(data_dir), "PESUT_CITY": str(CITY), "NO_COLOR": "1"}
    done = subprocess.run(
        (sys.executable, "-m", "cli.main", "import", *map(str, arguments), "--json"),
        capture_output=True, text=True, timeout=280, check=False, env=outside | given,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_file_is_loaded_once_by_one_command(tmp_path: Path) -> None:
    path = tmp_path / "keluhan.csv"
    path.write_text("nomor;isi;tanggal;kategori\n1;Wereng lagi;3 Maret 2026;hama\n2;Bibit habis;kapan;pupuk\n")
    first = _import(tmp_path / "data", "reports", path)
    assert (first["stage"], first["tally"]["created"], first["tally"]["rejected"]) == ("done", 1, 1)
    assert "kapan" in Path(first["rejects_file"]).read_text("utf-8-sig")
    again = _import(tmp_path / "data", "reports", path)
    assert (again["tally"]["created"], again["tally"]["unchanged"]) == (0, 1)
