"""What it takes that many people watch the live city, and how long a push needs to their pages."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from evals.bench.figures import Figure, Unit, below, milliseconds
from evals.bench.ground import Servers
from evals.bench.pages.gauge import Gauge, gauge_of
from evals.bench.pages.site import megabytes_of_api, seconds_of_api, signed_in, site_of
from pesut.contracts import Role
from pesut.errors import UnavailableError

WATCHERS, RATE, BATCH, SECONDS = 200, 1000, 250, 10
LAST_SECONDS = 30.0  # for the last push to appear
AIM = below(1000)
STREAM = "/kota/arus"
TILE = re.compile(r'id="tile-([^"]*)"')
VALUE = re.compile(r'class="value">([^<]*)<')


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """WATCHERS streams stay open; a gauge's values are pushed among RATE observations a second, and the last who came notes when
    each of them is there. Memory is that of the process that gives the pages.
    """
    site, before = site_of(ground), megabytes_of_api(ground)
    async with AsyncExitStack() as opened:
        mayor = await opened.enter_async_context(signed_in(site, Role.MAYOR))
        operator = await opened.enter_async_context(signed_in(site, Role.OPERATOR))
        gauge = await gauge_of(ground, operator)
        ground.tell(f"Opening the live page {WATCHERS} times")
        for _ in range(WATCHERS - 1):
            await opened.enter_async_context(_stream(site.address, mayor))
        watching = megabytes_of_api(ground)
        ground.tell(f"Pushing {RATE} observations a second for {SECONDS} s")
        busy = seconds_of_api(ground)
        waits, pushed = await _pushed(gauge, operator, mayor)
        busy = seconds_of_api(ground) - busy
        after = megabytes_of_api(ground)
    return (
        milliseconds("from push to page, p95", waits, 0.95, AIM).model_copy(
            update={"beside": (milliseconds("p50", waits, 0.5), milliseconds("slowest", waits, 1))}
        ),
        Figure(name="observations per second", value=pushed, unit=Unit.PER_SECOND),
        Figure(name="processor of the server", value=busy, unit=Unit.SECONDS),
        _megabytes("memory before", before),
        _megabytes(f"memory with {WATCHERS} watching", watching),
        _megabytes("memory after the pushes", after),
    )


@asynccontextmanager
async def _stream(address: str, browser: httpx.AsyncClient) -> AsyncGenerator[None]:
    """A live page that is open: what comes is taken and thrown away, at little cost for the machine that measures."""
    there = urlsplit(address)
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    writer.write(f"GET {STREAM} HTTP/1.1\r\nHost: {there.netloc}\r\nCookie: {cookies}\r\n\r\n".encode())
    begin = await reader.readline()
    if b" 200 " not in begin:
        raise UnavailableError(f"The live page answers {begin.decode().strip()}.", remedy="See `pesut doctor`.")
    drained = asyncio.create_task(_drain(reader))
    try:
        yield
    finally:
        drained.cancel()
        writer.close()


async def _drain(reader: asyncio.StreamReader) -> None:
    while await reader.read(1 << 16):
        pass


async def _pushed(gauge: Gauge, operator: httpx.AsyncClient, mayor: httpx.AsyncClient) -> tuple[list[float], float]:
    """Seconds from each push to the page, and how many observations were taken in per second. A value that a newer one overtook
    counts as there with the newer one.
    """
    steps = RATE * SECONDS // BATCH
    begun: dict[int, float] = {}
    waits: dict[int, float] = {}
    watching = asyncio.create_task(_watch(gauge, mayor, begun, waits, steps))
    began = perf_counter()
    for step in range(1, steps + 1):
        await asyncio.sleep(began + (step - 1) * BATCH / RATE - perf_counter())
        begun[step] = perf_counter()
        (await operator.post("/v1/observations", json=gauge.batch(step, BATCH))).raise_for_status()
    rate = steps * BATCH / (perf_counter() - began)
    try:
        async with asyncio.timeout(LAST_SECONDS):
            await watching
    except TimeoutError as error:
        raise UnavailableError("What was pushed does not reach the live page.", remedy="See `pesut doctor`.") from error
    await operator.post("/v1/observations", json=gauge.batch(0, 1))
    return list(waits.values()), rate


async def _watch(
    gauge: Gauge, mayor: httpx.AsyncClient, begun: dict[int, float], waits: dict[int, float], steps: int
) -> None:
    """Note when each step is there, until the last is."""
    said = {gauge.said(step): step for step in range(1, steps + 1)}
    tile: re.Match[str] | None = None
    async with mayor.stream("GET", STREAM) as response:
        async for line in response.aiter_lines():
            tile = TILE.search(line) or tile
            value = VALUE.search(line)
            if tile is None or value is None or tile[1] != gauge.tile.code:
                continue
            for each in range(1, said.get(value[1], 0) + 1):
                waits.setdefault(each, perf_counter() - begun[each])
            if len(waits) == steps:
                return


def _megabytes(name: str, value: float) -> Figure:
    return Figure(name=name, value=value, unit=Unit.MEGABYTES)
