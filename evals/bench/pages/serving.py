"""How long the server takes for each page, from the request to its last byte."""

from collections.abc import AsyncGenerator
from http import HTTPStatus
from time import perf_counter

import httpx

from evals.bench.figures import Figure, below, milliseconds
from evals.bench.ground import Servers
from evals.bench.pages.site import answered, signed_in, site_of
from pesut.contracts import Answer, Role

TIMES = 20  # each page, one after the other, after once that does not count
AIM = below(150)
CONSOLE = ("", "/pengerjaan", "/antrean", "/sumber", "/jadwal", "/katalog", "/keadaan", "/sakelar")


async def measure(ground: Servers) -> tuple[Figure, ...]:
    """A figure per page, those of an answer of each of the city's questions included."""
    site = site_of(ground)
    figures: list[Figure] = []
    async with signed_in(site, Role.MAYOR) as mayor, signed_in(site, Role.OPERATOR) as operator:
        async for name, address in _pages(ground, mayor):
            figures.append(await _timed(mayor, name, address, ground))
        console = (f"/konsol{part}" for part in CONSOLE)
        figures += [await _timed(operator, each, each, ground) for each in console]
    return tuple(each for each in figures if each.beside)


async def _pages(ground: Servers, mayor: httpx.AsyncClient) -> AsyncGenerator[tuple[str, str]]:
    """What to call a page, and its address."""
    for path in ("/", "/peta", "/tema", "/keputusan", "/ringkasan"):
        yield path, path
    for tile in ground.folder.city.tiles[:1]:
        yield "/kota/…", f"/kota/{tile.code}"
    for number, question in enumerate(ground.folder.city.questions, start=1):
        answer = await answered(mayor, question)
        yield f"/jawaban/… (question {number})", f"/jawaban/{answer.run_id}"
        if number == 1:
            for each in _longest(answer):
                yield "/bukti/…", f"/bukti/{each}"


def _longest(answer: Answer) -> tuple[str, ...]:
    """The evidence with most rows, where there is one."""
    found = sorted(answer.evidence, key=lambda each: each.row_count)
    return tuple(str(each.id) for each in found[-1:])


async def _timed(browser: httpx.AsyncClient, name: str, address: str, ground: Servers) -> Figure:
    """Without `beside` where there is no such page."""
    ground.tell(f"Opening {name}")
    if (await browser.get(address)).status_code != HTTPStatus.OK:
        return Figure(name=name, value=0)
    seconds: list[float] = []
    size = 0
    for _ in range(TIMES):
        began = perf_counter()
        size = len((await browser.get(address)).content)
        seconds.append(perf_counter() - began)
    beside = (milliseconds("p50", seconds, 0.5), Figure(name="kB", value=round(size / 1000)))
    return milliseconds(f"{name}, p95", seconds, 0.95, AIM).model_copy(update={"beside": beside})
