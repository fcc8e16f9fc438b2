"""Servers for one command: those that run already, else its own."""

import time
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console

from cli.display import Display
from cli.lock import hold
from cli.stack import Stack, Wanted
from cli.state import Purpose, RunState, read_state
from cli.watchdog import guarded
from pesut.errors import ConflictError, UnavailableError
from pesut.settings import Settings

PATIENCE_SECONDS = 300.0
LOOK_SECONDS = 0.1


@contextmanager
def servers(settings: Settings, *, work: bool = True) -> Generator[Settings]:
    """Settings whose database_url and temporal_address answer while the block runs.

    Attaches to `pesut up` on this data folder, or to the servers that the environment names, else starts what is needed and
    stops it afterwards; without `work` that is the database alone. Says on standard error what it waits for.

    Raises UnavailableError when a server cannot be had, ConflictError when another command keeps the data folder busy.
    """
    display = Display(Console(stderr=True))
    if settings.database_url and (settings.temporal_address or not work):
        yield settings
    elif state := _serving(settings, display):
        yield _attached(settings, state)
    else:
        with _own(settings, display, work=work) as own:
            yield own


def _serving(settings: Settings, display: Display) -> RunState | None:
    """The state of `pesut up` once it is ready; None when there is none and the data folder is free."""
    state, deadline = read_state(settings.data_dir), time.monotonic() + PATIENCE_SECONDS
    if not state or (state.ready and state.purpose is Purpose.UP):
        return state
    with display.step("Waiting for the Pesut that uses this data folder", "Waited for it"):
        while state and not (state.ready and state.purpose is Purpose.UP):
            if time.monotonic() > deadline:
                raise ConflictError(
                    f"Process {state.supervisor.pid} has kept {settings.data_dir} busy for {PATIENCE_SECONDS:.0f} s.",
                    remedy="Wait until it is done, or stop it.",
                )
            display.tick()
            time.sleep(LOOK_SECONDS)
            state = read_state(settings.data_dir)
    return state


def _attached(settings: Settings, state: RunState) -> Settings:
    if state.city != settings.city and "city" in settings.model_fields_set:
        raise ConflictError(
            f"Pesut runs with the city in {state.city}, not {settings.city}.",
            remedy="Leave out --city, or use another --data-dir for the other city.",
        )
    if not (state.database_url and state.temporal_address):
        raise UnavailableError("The Pesut that runs has lost its servers.", remedy="Look at `pesut doctor`.")
    return settings.model_copy(
        update={"database_url": state.database_url, "temporal_address": state.temporal_address, "city": state.city}
    )


@contextmanager
def _own(settings: Settings, display: Display, *, work: bool) -> Generator[Settings]:
    def wait() -> None:
        display.tick()
        time.sleep(LOOK_SECONDS)

    with hold(settings.data_dir, wait=wait, seconds=PATIENCE_SECONDS), guarded(settings.data_dir):
        stack = Stack(settings, Wanted(Purpose.COMMAND, work=work), display, check=lambda: None)
        try:
            stack.start()
            yield stack.settings
        finally:
            stack.stop()
