"""Everything Pesut needs on one machine, started in order."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from cli.display import Display
from cli.preloaded import close_gate, open_gate
from cli.preparation import prepare_database
from cli.prepare import Prepared, Sample
from cli.services import Api, Worker, api_port
from cli.state import SUPERVISOR, ProcessState, Purpose, RunState, clear_state, write_state
from cli.supervisor import Supervisor, Watched
from pesut.errors import UnavailableError
from pesut.servers.ports import is_open
from pesut.servers.postgres import Postgres
from pesut.servers.processes import Server
from pesut.servers.temporal import Temporal
from pesut.settings import Settings

PAUSE_SECONDS = 0.05


@dataclass(frozen=True)
class Wanted:
    """Which parts a purpose needs besides the database."""

    purpose: Purpose
    work: bool = True  # Temporal and the worker
    api: bool = False
    sample: Sample | None = None


class Stack:
    """The servers of one data folder, whose lock the caller holds. `settings` names them once they run.

    `check` is called often while waiting, and ends the waiting by what it raises.
    """

    def __init__(self, settings: Settings, wanted: Wanted, display: Display, check: Callable[[], None]) -> None:
        self.settings = settings
        self._wanted, self._display, self._check = wanted, display, check
        self.state = RunState(
            supervisor=ProcessState.of(SUPERVISOR, os.getpid()), purpose=wanted.purpose, city=settings.city
        )
        self.supervisor = Supervisor(display, self._pause, self._note)

    def start(self) -> Prepared:
        """Start what is wanted and wait until all of it is ready.

        Raises UnavailableError or UsageError when a part cannot be had, and what `check` raises; the caller then stops it.
        """
        close_gate(self.settings.data_dir)
        temporal = self._launch_temporal() if self._wanted.work else None
        self._start_database()
        launched = [*filter(None, (temporal,)), *self._launch_services()]
        prepared = prepare_database(self.settings, self._display, self._pause, self._wanted.sample)
        open_gate(self.settings.data_dir)
        for watched in launched:
            self._await(watched)
        self._note(ready=True)
        return prepared

    def stop(self) -> None:
        """Stop what was started, the last first."""
        self.supervisor.stop()
        clear_state(self.settings.data_dir)

    def _launch_temporal(self) -> Watched | None:
        if not self.settings.temporal_address:
            server = Temporal(self.settings.data_dir)
            launched = self.supervisor.launch(server)
            self._know(temporal_address=server.address, temporal_ui=server.ui_url)
            return launched
        address = self.settings.temporal_address
        host, _, port = address.rpartition(":")
        if not (port.isdecimal() and is_open(host, int(port), seconds=5)):
            raise UnavailableError(
                f"No Temporal answers at {address}.",
                remedy="Start it, or unset PESUT_TEMPORAL_ADDRESS to use a local one.",
            )
        self._know(temporal_address=address)
        return None

    def _start_database(self) -> None:
        url = self.settings.database_url
        if not url:
            server = Postgres(self.settings.data_dir)
            with self._display.step("Starting PostgreSQL", "PostgreSQL is ready"):
                self.supervisor.wait(self.supervisor.launch(server))
            url = server.url
        self._know(database_url=url)

    def _launch_services(self) -> list[Watched]:
        """Worker and API, which wait at the gate."""
        services: list[Server] = [Worker(self.settings)] if self._wanted.work else []
        if self._wanted.api:
            services.append(self._api())
        return [self.supervisor.launch(server) for server in services]

    def _api(self) -> Api:
        port, wished = api_port(self.settings), self.settings.api_port
        if wished not in {port, 0}:
            self._display.warn(f"Port {wished} is taken, so the address is another this time.")
        self._know(api_port=port)
        server = Api(self.settings)
        self._know(api_url=server.url)
        return server

    def _await(self, watched: Watched) -> None:
        name = watched.server.name
        with self._display.step(f"Starting {name}", f"{name} is ready"):
            self.supervisor.wait(watched)

    def _know(self, **found: str | int) -> None:
        """Put what was found out into the settings and the state, each where it has a place for it."""
        of_settings = {name: value for name, value in found.items() if name in Settings.model_fields}
        self.settings = self.settings.model_copy(update=of_settings)
        self._note(**{name: value for name, value in found.items() if name in RunState.model_fields})

    def _note(self, **found: str | int) -> None:
        running = (watched for watched in self.supervisor.watched if watched.child.exit_code is None)
        processes = tuple(ProcessState.of(each.server.name, each.child.pid, ready=each.ready) for each in running)
        self.state = self.state.model_copy(update={**found, "processes": processes})
        write_state(self.settings.data_dir, self.state)

    def _pause(self) -> None:
        self._display.tick()
        self._check()
        time.sleep(PAUSE_SECONDS)
