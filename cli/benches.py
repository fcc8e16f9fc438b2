"""What `pesut bench` stands on: the servers that its measurements need, and a line that says what goes on."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from cli.reading import reading
from cli.running import running
from cli.state import SUPERVISOR, Purpose, read_state
from evals.bench.ground import Database, Ground, Need, Part, Servers
from pesut.city.loader import read_folder
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
                folder, parts = read_folder(pesut.settings.city), _parts(settings.data_dir)
                yield Servers(pesut.settings, folder, tell, pesut.engine, pesut.principal, pesut.client, parts)


def _parts(data_dir: Path) -> tuple[Part, ...]:
    """The processes of `pesut up`; none where it does not run: a command's own servers lack some of it."""
    state = read_state(data_dir)
    if state is None or state.purpose is not Purpose.UP:
        return ()
    supervisor = Part(SUPERVISOR, state.supervisor.pid, alone=True)
    return (supervisor, *(Part(process.name, process.pid) for process in state.processes))
