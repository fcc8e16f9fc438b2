"""The parts a question passes: Temporal, worker, API."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from cli.services import api_ready, log_of
from cli.state import RunState
from pesut.diagnosis.checks import START, Check, fine, note, wrong
from pesut.servers import temporal
from pesut.servers.readiness import ready_process
from pesut.settings import Settings


def temporal_checks(settings: Settings) -> Iterator[Check]:
    address = settings.temporal_address
    if not address:
        yield wrong("Temporal", "does not run", START)
    elif temporal.healthy(address):
        yield fine("Temporal", f"serves at {address}")
    else:
        yield wrong("Temporal", f"does not answer at {address}", "Start it, or mend PESUT_TEMPORAL_ADDRESS.")


def service_checks(settings: Settings, state: RunState | None) -> Iterator[Check]:
    """The worker by its own word where `pesut up` started it, else by the API's, which asks Temporal for it."""
    host, port = settings.api_host, settings.api_port
    if state:
        yield _worker(settings, state)
        if state.api_url is None:
            yield note("API", "runs only with `pesut up`", START)
            return
        where = urlsplit(state.api_url)
        host, port = where.hostname or host, where.port or port
    if api_ready(host, port):
        yield fine("API", f"ready at http://{host}:{port}")
    else:
        remedy = f"Look into {log_of(settings.data_dir, 'API')}." if state else START
        yield wrong("API", f"is not ready at http://{host}:{port}", remedy)


def _worker(settings: Settings, state: RunState) -> Check:
    workers = {process.pid for process in state.processes if process.name == "Worker" and process.alive()}
    if ready_process(settings.data_dir) in workers:
        return fine("Worker", "polls for work")
    return wrong("Worker", "does not poll for work", f"Look into {log_of(settings.data_dir, 'Worker')}.")
