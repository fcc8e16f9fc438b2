"""What the figures were measured on."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

import psutil

from pesut.contracts import Contract

CPU_INFO = Path("/proc/cpuinfo")


class Machine(Contract):
    """`memory` in bytes; `load` is the number of processes that wanted a core in the minute before (0 where unknown): above
    the number of cores others were at work, and times are upper bounds.
    """

    cpu: str
    cores: int
    memory: int
    load: float
    versions: dict[str, str]


def this_machine(versions: Mapping[str, str]) -> Machine:
    """The machine as it is now, with the versions of what runs on it."""
    return Machine(
        cpu=_cpu(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory=psutil.virtual_memory().total,
        load=round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0,
        versions=dict(versions),
    )


def _cpu() -> str:
    if CPU_INFO.exists():
        for line in CPU_INFO.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
