"""Pesut's own processes: the worker, which does the work, and the API, through which people ask."""

import http.client
import os
import sys
from pathlib import Path

from cli.options import UsageError
from pesut.servers.ports import free_port, is_free
from pesut.servers.processes import Child, Program
from pesut.servers.readiness import ready_process, withdraw
from pesut.settings import Settings

PORTS_TRIED = 20
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  (an address to listen on -> one to ask)


class Worker:
    """`python -m workflows.worker`; says by a file that it polls."""

    name = "Worker"
    start_seconds = 120.0

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def start(self) -> Child:
        withdraw(self._settings.data_dir)
        return Child(python_program(self.name, "cli.preloaded", self._settings, "workflows.worker"))

    def ready(self, child: Child) -> bool:
        return ready_process(self._settings.data_dir) == child.pid


class Api:
    """`python -m api.main`; ready when its own check finds database, Temporal and a worker."""

    name = "API"
    start_seconds = 120.0

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.host = ANYWHERE.get(settings.api_host, settings.api_host)

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self._settings.api_port}"

    def start(self) -> Child:
        return Child(python_program(self.name, "cli.preloaded", self._settings, "api.main"))

    def ready(self, child: Child) -> bool:
        return child.exit_code is None and api_ready(self.host, self._settings.api_port)


def api_ready(host: str, port: int, *, seconds: float = 3.0) -> bool:
    """Whether the API there says that it can answer."""
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", "/v1/health/ready")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def api_port(settings: Settings) -> int:
    """The port set, or the next free one when nobody chose it. Raises UsageError when the chosen one is taken."""
    port = settings.api_port
    if port and is_free(port, settings.api_host):
        return port
    if port and "api_port" in settings.model_fields_set:
        raise UsageError(
            f"Port {port} on {settings.api_host} is taken.",
            remedy="Choose another with --port or PESUT_API_PORT; 0 takes any.",
        )
    near = range(port + 1, min(port + PORTS_TRIED, 65536)) if port else ()
    return next((other for other in near if is_free(other, settings.api_host)), 0) or free_port(settings.api_host)


def environment_for(settings: Settings) -> dict[str, str]:
    """The settings as a child's environment; what else is set (the model, for one) passes through."""
    given = {
        "PESUT_DATA_DIR": str(settings.data_dir),
        "PESUT_CITY": str(settings.city),
        "PESUT_DATABASE_URL": settings.database_url,
        "PESUT_TEMPORAL_ADDRESS": settings.temporal_address,
        "PESUT_TEMPORAL_UI": settings.temporal_ui,
        "PESUT_API_HOST": settings.api_host,
        "PESUT_API_PORT": str(settings.api_port),
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **{name: value for name, value in given.items() if value is not None}}


def log_of(data_dir: Path, name: str) -> Path:
    return data_dir / "logs" / f"{name.lower()}.log"


def python_program(name: str, module: str, settings: Settings, *arguments: str) -> Program:
    """A module of this installation, run with these settings and a log of its own."""
    return Program(
        name=name,
        command=(sys.executable, "-m", module, *arguments),
        log=log_of(settings.data_dir, name),
        environment=environment_for(settings),
        patience=15.0,
    )
