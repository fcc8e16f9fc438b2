"""How long a person waits from `pesut up` to the first answer, in a data folder of its own."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import httpx

from evals.bench.figures import Figure, Unit
from evals.bench.ground import Ground
from pesut.errors import UnavailableError
from pesut.servers.processes import log_tail

LONGEST = 600.0  # seconds
LOOK = 0.05


async def measure(ground: Ground) -> tuple[Figure, ...]:
    """Cold: the first start, which makes the database and loads the city, with its sample data where it has some. Warm: the
    next start. Until the answer to the city's first question is there.
    """
    with TemporaryDirectory(prefix="pesut-bench-") as folder:
        return (await _started(ground, Path(folder), "cold"), await _started(ground, Path(folder), "warm"))


async def _started(ground: Ground, folder: Path, how: str) -> Figure:
    ground.tell(f"Starting Pesut of its own ({how})")
    began = perf_counter()
    async with _up(ground, folder) as process:
        address = await _ready(process, folder)
        ready = perf_counter() - began
        ground.tell(f"Asking the first question ({how})")
        await _answered(address, folder, ground.folder.city.questions[0])
        seconds = perf_counter() - began
    return Figure(name=how, value=seconds, unit=Unit.SECONDS, beside=(_seconds("ready", ready),))


def _seconds(name: str, value: float) -> Figure:
    return Figure(name=name, value=value, unit=Unit.SECONDS)


@asynccontextmanager
async def _up(ground: Ground, folder: Path) -> AsyncGenerator[Process]:
    """`pesut up` with nothing of this one's settings but the city; stopped as Ctrl-C would."""
    city = ground.settings.city
    sample = ("--demo",) if (city / "sample").is_dir() else ()
    command = ("-m", "cli.main", "up", *sample, "--city", str(city), "--data-dir", str(folder), "--port", "0")
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PESUT_")}
    with (folder / "up.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=log, stderr=log, env=outside)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.wait()


async def _ready(process: Process, folder: Path) -> str:
    """Where it answers, once it does."""
    async with _limited(folder):
        while process.returncode is None:
            state = _state(folder)
            if state.get("ready"):
                return state["api_url"]
            await asyncio.sleep(LOOK)
    raise _failed(folder)


def _state(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / "running.json").read_text())
    except FileNotFoundError:
        return {}


async def _answered(address: str, folder: Path, question: str) -> None:
    token = json.loads((folder / "tokens.json").read_text())["mayor"]
    headers = {"Authorization": f"Bearer {token}"}
    async with _limited(folder), httpx.AsyncClient(base_url=address, headers=headers, trust_env=False) as api:
        conversation = (await api.post("/v1/conversations")).raise_for_status().json()["id"]
        asked = await api.post(f"/v1/conversations/{conversation}/messages", json={"text": question})
        answer = asked.raise_for_status().json()["answer"]
        while (await api.get(answer)).status_code == HTTPStatus.NOT_FOUND:  # noqa: ASYNC110 (another process's doing)
            await asyncio.sleep(LOOK)


@asynccontextmanager
async def _limited(folder: Path) -> AsyncGenerator[None]:
    try:
        async with asyncio.timeout(LONGEST):
            yield
    except (TimeoutError, httpx.HTTPError) as error:
        raise _failed(folder) from error


def _failed(folder: Path) -> UnavailableError:
    return UnavailableError(
        f"Pesut did not start in a folder of its own.\n{log_tail(folder / 'up.log')}", remedy="See `pesut doctor`."
    )
