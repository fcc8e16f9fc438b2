"""`pesut up --demo` as a person starts it, once for the session: the real city, servers, worker and API."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

PATIENCE_SECONDS = 200


@dataclass(frozen=True)
class Demo:
    """A running demo; `tokens` by role."""

    url: str
    data_dir: Path
    tokens: dict[str, str]

    def api(self, role: str = "mayor") -> httpx.Client:
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.tokens[role]}"}, timeout=60, trust_env=False
        )

    def pesut(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The command line, attached to this demo."""
        return subprocess.run(
            (sys.executable, "-m", "cli.main", *arguments),
            capture_output=True, text=True, timeout=120, check=False, env=_environment(self.data_dir),
        )  # fmt: skip


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    data_dir = tmp_path_factory.mktemp("demo")
    log = data_dir.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            (sys.executable, "-m", "cli.main", "up", "--demo"), stdout=output, stderr=output, env=_environment(data_dir)
        )
    try:
        yield Demo(_address(process, data_dir, log), data_dir, json.loads((data_dir / "tokens.json").read_text()))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _environment(data_dir: Path) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    return outside | {"PESUT_DATA_DIR": str(data_dir), "PESUT_API_PORT": "0", "NO_COLOR": "1", "COLUMNS": "120"}


def _address(process: subprocess.Popen[bytes], data_dir: Path, log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        state = _state(data_dir)
        if state.get("ready"):
            return state["api_url"]
        time.sleep(0.2)
    raise AssertionError(f"the demo did not start:\n{log.read_text()[-3000:]}")


def _state(data_dir: Path) -> dict[str, Any]:
    path = data_dir / "running.json"
    return json.loads(path.read_text()) if path.exists() else {}
