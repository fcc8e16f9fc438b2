"""What `pesut bench` stands on: the servers that its measurements need, and a line that says what goes on."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from sqlalchemy.ext.asyncio import AsyncEngine

from cli.reading import reading
from cli.running import running
from cli.state import SUPERVISOR, Purpose, RunState, read_state
from evals.bench.ground import Database, Ground, Need, Part, Servers, Site
from pesut.city.loader import read_folder
from pesut.principals import role_tokens
from pesut.settings import Settings

Tell = Callable[[str], None]


@contextmanager
def telling() -> Generator[Tell]:
    """Shows on standard error what goes on: a moving line on a terminal, else a line for each new thing."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield lambda text: console.print(f"{text} …", markup=False, soft_wrap=True)
        return
    with console.status("…") as status:
        yield lambda text: status.update(f"{escape(text)} …")


@asynccontextmanager
async def standing(settings: Settings, need: Need, tell: Tell) -> AsyncGenerator[Ground]:
    """The ground that `need` names, attached to or started for this block. Raises as `cli.servers.servers` does."""
    match need:
        case Need.CITY:
            yield Ground(settings, read_folder(settings.city), tell)
        case Need.DATABASE:
            async with reading(settings) as pesut:
                folder = read_folder(pesut.settings.city)
                yield Database(pesut.settings, folder, tell, pesut.engine, pesut.principal)
        case Need.SERVERS:
            async with running(settings) as pesut:
                folder, state = read_folder(pesut.settings.city), _serving(settings.data_dir)
                yield Servers(
                    pesut.settings, folder, tell, pesut.engine, pesut.principal, pesut.client,
                    _parts(state), await _site(state, pesut.engine, settings.data_dir),
                )  # fmt: skip


def _serving(data_dir: Path) -> RunState | None:
    """What `pesut up` runs; None where it does not: a command's own servers lack some of it."""
    state = read_state(data_dir)
    return state if state and state.purpose is Purpose.UP else None


def _parts(state: RunState | None) -> tuple[Part, ...]:
    if state is None:
        return ()
    supervisor = Part(SUPERVISOR, state.supervisor.pid, alone=True)
    return (supervisor, *(Part(process.name, process.pid) for process in state.processes))


async def _site(state: RunState | None, engine: AsyncEngine, data_dir: Path) -> Site | None:
    return Site(state.api_url, await role_tokens(engine, data_dir)) if state and state.api_url else None
