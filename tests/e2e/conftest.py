"""`pesut up --demo` as a person starts it, once for the session: the real city, servers, worker and API; and a browser.

`PESUT_TEST_DEMO` points the tests at the data folder of a demo that runs already.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

PATIENCE_SECONDS = 200
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
SIZES: dict[str, ViewportSize] = {
    "small": {"width": 320, "height": 640},
    "phone": {"width": 390, "height": 844},
    "desk": {"width": 1280, "height": 900},
    "wall": {"width": 1920, "height": 1080},
}


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
    if running := os.environ.get("PESUT_TEST_DEMO"):
        yield _demo(Path(running))
        return
    data_dir = tmp_path_factory.mktemp("demo")
    log = data_dir.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            (sys.executable, "-m", "cli.main", "up", "--demo"), stdout=output, stderr=output, env=_environment(data_dir)
        )
    try:
        _await_ready(process, data_dir, log)
        yield _demo(data_dir)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


class OpenPage(Protocol):
    """Opens the first page, signed in as the mayor; `size` is one of SIZES."""

    def __call__(
        self, size: str = "phone", scheme: Literal["light", "dark"] = "light", *, scripts: bool = True
    ) -> Page: ...


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ends with its file: while Playwright runs, so does its event loop, and no other test could run one of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: `make system` installs it on Debian")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, demo: Demo) -> Iterator[OpenPage]:
    """A page that a script's error, or anything that the content policy refuses, makes the test fail."""
    faults: list[str] = []

    def open_(size: str = "phone", scheme: Literal["light", "dark"] = "light", *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=SIZES[size], color_scheme=scheme, java_script_enabled=scripts, locale="id-ID",
            permissions=["clipboard-read", "clipboard-write"],
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.goto(f"{demo.url}/masuk?token={demo.tokens['mayor']}")
        return page

    yield open_
    for context in browser.contexts:
        context.close()
    assert not faults


def _is_fault(message: ConsoleMessage) -> bool:
    """A form that is shown again with what is wrong with it says so by its status too, which a browser counts as an error."""
    return message.type == "error" and "status of 422" not in message.text


def _environment(data_dir: Path) -> dict[str, str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    return outside | {"PESUT_DATA_DIR": str(data_dir), "PESUT_API_PORT": "0", "NO_COLOR": "1", "COLUMNS": "120"}


def _await_ready(process: subprocess.Popen[bytes], data_dir: Path, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _state(data_dir).get("ready"):
            return
        time.sleep(0.2)
    raise AssertionError(f"the demo did not start:\n{log.read_text()[-3000:]}")


def _demo(data_dir: Path) -> Demo:
    return Demo(_state(data_dir)["api_url"], data_dir, json.loads((data_dir / "tokens.json").read_text()))


def _state(data_dir: Path) -> dict[str, Any]:
    path = data_dir / "running.json"
    return json.loads(path.read_text()) if path.exists() else {}
