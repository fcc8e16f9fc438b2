"""Child processes that stop when asked, and that cannot outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from pesut.errors import UnavailableError
from pesut.servers.account import Account

LOG_LIMIT = 10_000_000  # bytes at which a log is set aside when its program starts
LOG_TAIL = 4_000
PR_SET_PDEATHSIG = 1
KERNEL_ENDS_ORPHANS = sys.platform == "linux"

_libc = ctypes.CDLL(None, use_errno=True) if KERNEL_ENDS_ORPHANS else None


@dataclass(frozen=True)
class Program:
    """What to run and how it ends.

    `stop_signal` asks it to stop; after `patience` seconds it is killed. `orphan_signal` is what the kernel sends (on Linux)
    when the starting thread dies, so start programs from the main thread. `environment` is the whole environment.
    """

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    patience: float = 10.0


class Child:
    """A running program in a session of its own, so that a terminal's Ctrl-C reaches only the process that started it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.started = time.monotonic()
        account = program.account
        with _open_log(program.log) as log:
            self._process = subprocess.Popen(  # noqa: S603
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(program.environment),
                start_new_session=True,
                preexec_fn=bound_to_parent(program.orphan_signal),  # noqa: PLW1509  (must follow the change of user)
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for a signal."""
        return self._process.poll()

    def stop(self) -> None:
        """Ask it to stop and wait; kill it when it does not within its patience."""
        if self.exit_code is not None:
            return
        self._process.send_signal(self.program.stop_signal)
        try:
            self._process.wait(self.program.patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it, and what else runs in its session, at once."""
        if self.exit_code is None:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()


class Server(Protocol):
    """Something that runs as one child and is ready some time later."""

    name: str
    start_seconds: float

    def start(self) -> Child: ...
    def ready(self, child: Child) -> bool: ...


def short_pause() -> None:
    time.sleep(0.03)


def wait_ready(server: Server, child: Child, pause: Callable[[], None] = short_pause) -> None:
    """Return once the server is ready.

    Raises UnavailableError, with the end of its log, when the child exits first or takes longer than `start_seconds`.
    `pause` is called between looks; what it raises ends the waiting.
    """
    deadline = time.monotonic() + server.start_seconds
    while not server.ready(child):
        if child.exit_code is not None:
            raise failure(child, f"{server.name} stopped while starting (exit code {child.exit_code}).")
        if time.monotonic() > deadline:
            raise failure(child, f"{server.name} was not ready after {server.start_seconds:.0f} s.")
        pause()


@contextmanager
def serving(server: Server) -> Generator[None]:
    """The server, ready, while the block runs."""
    child = server.start()
    try:
        wait_ready(server, child)
        yield
    finally:
        child.stop()


def failure(child: Child, detail: str) -> UnavailableError:
    """An error that shows the end of the child's log."""
    log = child.program.log
    return UnavailableError(f"{detail}\n{log_tail(log)}".rstrip(), remedy=f"Its log is {log}.")


def log_tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log; empty when there is none."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - LOG_TAIL))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])


def _open_log(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(path.suffix + ".1"))
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def bound_to_parent(orphan_signal: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: asks the kernel for this signal at the starting thread's death. A change of user clears the request,
    so a launcher in between would not do; nor would it find its interpreter where the new user may not look.
    """
    if _libc is None:
        return None
    parent, prctl = os.getpid(), _libc.prctl

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, int(orphan_signal))
        if os.getppid() != parent:  # it died before the binding held
            os.kill(os.getpid(), orphan_signal)

    return bind
