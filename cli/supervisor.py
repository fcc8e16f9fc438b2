"""Starts servers, restarts those that die, and stops them in order."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cli.display import Display
from pesut.errors import PesutError
from pesut.servers.processes import Child, Server, failure, wait_ready

BACKOFF = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds before each restart; after the last one Pesut gives up
CALM_SECONDS = 60.0  # a server that ran this long has its failures forgotten


@dataclass
class Watched:
    server: Server
    child: Child
    ready: bool = False
    failures: int = 0
    due: float | None = None  # when to start it again, on the monotonic clock


class Supervisor:
    """`pause` is called wherever it waits, and ends the waiting by what it raises; `changed` after each change of processes."""

    def __init__(
        self,
        display: Display,
        pause: Callable[[], None],
        changed: Callable[[], None],
        *,
        backoff: tuple[float, ...] = BACKOFF,
    ) -> None:
        self.watched: list[Watched] = []
        self._display, self._pause, self._changed, self._backoff = display, pause, changed, backoff

    def launch(self, server: Server) -> Watched:
        """Start a server without waiting for it. It will be stopped before those launched earlier."""
        watched = Watched(server, server.start())
        self.watched.append(watched)
        self._changed()
        return watched

    def wait(self, watched: Watched) -> None:
        """Wait until the server is ready. Raises UnavailableError when it dies or takes too long."""
        wait_ready(watched.server, watched.child, self._pause)
        watched.ready = True
        self._changed()

    def watch(self) -> None:
        """Tend the servers until `pause` raises. Raises UnavailableError when one of them cannot be kept running."""
        while True:
            for watched in self.watched:
                self._tend(watched)
            self._pause()

    def stop(self) -> None:
        """Stop all, the last launched first."""
        while self.watched:
            watched = self.watched.pop()
            if watched.child.exit_code is None:
                name = watched.server.name
                with self._display.step(f"Stopping {name}", f"{name} stopped"):
                    watched.child.stop()

    def _tend(self, watched: Watched) -> None:
        if watched.due is not None:
            if time.monotonic() >= watched.due:
                self._restart(watched)
        elif watched.child.exit_code is not None:
            self._schedule(watched, f"stopped unexpectedly (exit code {watched.child.exit_code})")
        elif not watched.ready:
            self._await(watched)
        elif watched.failures and time.monotonic() - watched.child.started > CALM_SECONDS:
            watched.failures = 0

    def _await(self, watched: Watched) -> None:
        running = time.monotonic() - watched.child.started
        if watched.server.ready(watched.child):
            watched.ready = True
            self._changed()
            self._display.say(f"{watched.server.name} is back after {running:.1f} s.")
        elif running > watched.server.start_seconds:
            watched.child.kill()
            self._schedule(watched, f"was not ready after {running:.0f} s")

    def _schedule(self, watched: Watched, what: str) -> None:
        name = watched.server.name
        if watched.failures >= len(self._backoff):
            raise failure(watched.child, f"{name} {what}; given up after {watched.failures} restarts.")
        delay = self._backoff[watched.failures]
        watched.failures += 1
        watched.ready, watched.due = False, time.monotonic() + delay
        self._changed()
        self._display.warn(
            f"{name} {what}; starting it again in {delay:.0f} s. Its log is {watched.child.program.log}."
        )

    def _restart(self, watched: Watched) -> None:
        watched.due = None
        try:
            watched.child = watched.server.start()
        except PesutError as error:
            self._schedule(watched, f"did not start: {error.detail}")
        self._changed()
