"""The frame of the command line."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.main import COMMANDS

PESUT = (sys.executable, "-m", "cli.main")


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    return subprocess.run(
        (*PESUT, *arguments),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**outside, "NO_COLOR": "1", **environment},
    )


def test_help_names_every_command_without_importing_one() -> None:
    code = (
        "import sys; sys.argv = ['pesut', '--help']\nfrom cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
    )
    code += (
        "print(sorted(name for name in sys.modules if name.startswith(('cli.commands.', 'pydantic', 'sqlalchemy'))))"
    )
    shown = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, timeout=60, check=False).stdout
    assert all(name in shown for name in COMMANDS)
    assert shown.rstrip().endswith("[]")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = _run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_wrong_usage_exits_2() -> None:
    assert _run("no-such-command").returncode == 2
    assert _run("up", "--no-such-option").returncode == 2


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    done = _run("up", "--data-dir", str(tmp_path), PESUT_API_PORT="99999")
    assert done.returncode == 2
    assert "PESUT_API_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_expected_failure_is_short_and_exits_1(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12")
    done = _run("up", "--data-dir", str(tmp_path))
    assert done.returncode == 1
    assert "is of PostgreSQL 12" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_version_is_shown() -> None:
    started = time.monotonic()
    assert _run("--version").stdout.startswith("pesut 0.")
    assert time.monotonic() - started < 10
