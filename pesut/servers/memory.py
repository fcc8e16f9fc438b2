"""Memory of processes, as the kernel counts it."""

from typing import NamedTuple

import psutil


class Memory(NamedTuple):
    """Bytes. `resident` counts pages that several processes share in each of them, `proportional` (PSS) once; where the kernel
    does not tell the second, it is the first.
    """

    resident: int
    proportional: int


NOTHING = Memory(0, 0)


def memory_of(pid: int, *, with_children: bool) -> Memory:
    """Of one process, and of those that it started; nothing of what has ended."""
    try:
        own = psutil.Process(pid)
        children = own.children(recursive=True) if with_children else []
    except psutil.NoSuchProcess:
        return NOTHING
    parts = [_of_one(process) for process in (own, *children)]
    return Memory(sum(part.resident for part in parts), sum(part.proportional for part in parts))


def _of_one(process: psutil.Process) -> Memory:
    try:
        found = process.memory_full_info()
        return Memory(found.rss, getattr(found, "pss", found.rss))
    except psutil.AccessDenied:
        return Memory(process.memory_info().rss, process.memory_info().rss)
    except psutil.NoSuchProcess:
        return NOTHING
