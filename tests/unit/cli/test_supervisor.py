"""The supervisor, over small servers that start, die and come back."""

import io
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from cli.display import Display
from cli.supervisor import Supervisor
from pesut.errors import UnavailableError
from pesut.servers.processes import Child, Program, log_tail

LONG = "import time; print('up', flush=True); time.sleep(60)"


class Small:
    """Prints "up" when ready. `code` is what it runs; each start has a log of its own."""

    start_seconds = 10.0

    def __init__(self, folder: Path, name: str, code: str = LONG) -> None:
        self.name, self.code, self.starts = name, code, 0
        self._folder = folder

    def start(self) -> Child:
        self.starts += 1
        log = self._folder / f"{self.name}-{self.starts}.log"
        return Child(Program(self.name, (sys.executable, "-c", self.code), log))

    def ready(self, child: Child) -> bool:
        return "up" in log_tail(child.program.log)


class EnoughError(Exception):
    pass


class Stage:
    """A supervisor whose watch ends once `until` holds."""

    def __init__(self, backoff: tuple[float, ...]) -> None:
        self.said = io.StringIO()
        self.changes = 0
        self.until: Callable[[], bool] = lambda: False
        self._deadline = time.monotonic() + 20
        display = Display(Console(file=self.said, width=200))
        self.supervisor = Supervisor(display, self._pause, self._changed, backoff=backoff)

    def watch(self, until: Callable[[], bool]) -> None:
        self.until = until
        with pytest.raises(EnoughError):
            self.supervisor.watch()

    def _pause(self) -> None:
        if self.until():
            raise EnoughError
        assert time.monotonic() < self._deadline, self.said.getvalue()
        time.sleep(0.02)

    def _changed(self) -> None:
        self.changes += 1


@contextmanager
def _stage(*backoff: float) -> Generator[Stage]:
    stage = Stage(backoff)
    try:
        yield stage
    finally:
        stage.supervisor.stop()


def test_a_killed_server_comes_back_and_it_is_said(tmp_path: Path) -> None:
    with _stage(0.05, 0.05) as stage:
        server = Small(tmp_path, "Worker")
        watched = stage.supervisor.launch(server)
        stage.supervisor.wait(watched)
        first = watched.child.pid
        os.kill(first, signal.SIGKILL)
        stage.watch(until=lambda: server.starts == 2 and watched.ready)
        assert watched.child.pid != first
        said = stage.said.getvalue()
        assert "Worker stopped unexpectedly (exit code -9); starting it again" in said
        assert "Worker is back" in said
        assert stage.changes >= 5  # launched, ready, gone, started, ready


def test_one_that_keeps_dying_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    with _stage(0.01, 0.01) as stage:
        server = Small(tmp_path, "Worker", "raise SystemExit('no model')")
        stage.supervisor.launch(server)
        with pytest.raises(UnavailableError, match=r"(?s)stopped unexpectedly .*; given up after 2 restarts.*no model"):
            stage.supervisor.watch()
        assert server.starts == 3


def test_one_that_cannot_be_started_again_is_tried_again(tmp_path: Path) -> None:
    class Reluctant(Small):
        def start(self) -> Child:
            if self.starts == 1:
                self.starts += 1
                raise UnavailableError("The port is taken.")
            return super().start()

    with _stage(0.01, 0.01, 0.01) as stage:
        server = Reluctant(tmp_path, "Worker")
        watched = stage.supervisor.launch(server)
        stage.supervisor.wait(watched)
        watched.child.kill()
        stage.watch(until=lambda: server.starts == 3 and watched.ready)
        assert "did not start: The port is taken." in stage.said.getvalue()


def test_one_that_hangs_when_started_again_is_ended(tmp_path: Path) -> None:
    with _stage(0.01, 0.01) as stage:
        server = Small(tmp_path, "Worker")
        watched = stage.supervisor.launch(server)
        stage.supervisor.wait(watched)
        server.code, server.start_seconds = "import time; time.sleep(60)", 0.2
        watched.child.kill()
        stage.watch(until=lambda: server.starts == 3)
        assert "was not ready after" in stage.said.getvalue()


def test_they_stop_in_reverse_order(tmp_path: Path) -> None:
    with _stage() as stage:
        for name in ("Database", "Worker", "API"):
            stage.supervisor.wait(stage.supervisor.launch(Small(tmp_path, name)))
        stage.supervisor.stop()
        said = stage.said.getvalue()
        assert said.index("API stopped") < said.index("Worker stopped") < said.index("Database stopped")
