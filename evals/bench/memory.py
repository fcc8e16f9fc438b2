"""What each process of `pesut up` holds in memory, as it stands after whatever was measured before."""

import asyncio

from evals.bench.figures import Aim, Figure, Unit, below
from evals.bench.ground import Servers
from pesut.errors import NotFoundError
from pesut.servers.memory import Memory, memory_of

REST_SECONDS = 5.0
AIM = below(1500)


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """Megabytes of each process with its children, shared pages counted once, after a few seconds of rest."""
    if not ground.parts:
        raise NotFoundError("`pesut up` does not run here.", remedy="Start it, then measure with the same --data-dir.")
    ground.tell("Waiting until it is at rest")
    await asyncio.sleep(REST_SECONDS)
    found = {part.name: memory_of(part.pid, with_children=not part.alone) for part in ground.parts}
    total = sum(memory.proportional for memory in found.values())
    return (*(_figure(name, memory) for name, memory in found.items()), _megabytes("all together", total, AIM))


def _figure(name: str, memory: Memory) -> Figure:
    return _megabytes(name, memory.proportional).model_copy(
        update={"beside": (_megabytes("resident", memory.resident),)}
    )


def _megabytes(name: str, bytes_: int, aim: Aim | None = None) -> Figure:
    return Figure(name=name, value=bytes_ / 1e6, unit=Unit.MEGABYTES, aim=aim)
