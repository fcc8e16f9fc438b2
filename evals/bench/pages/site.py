"""The pages that are measured: those of the `pesut up` that runs, signed in by role."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import psutil

from evals.bench.ground import Servers, Site
from pesut.contracts import Answer, Role, new_id
from pesut.errors import NotFoundError, UnavailableError
from pesut.servers.memory import memory_of

API = "API"
LONGEST_SECONDS, LOOK_SECONDS = 60, 0.1


def site_of(ground: Servers) -> Site:
    """Raises NotFoundError where no `pesut up` serves pages."""
    if ground.site is None:
        raise NotFoundError("`pesut up` does not run here.", remedy="Start it, then measure with the same --data-dir.")
    return ground.site


@asynccontextmanager
async def signed_in(site: Site, role: Role) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser of somebody with this role, as far as cookies go. Raises UnavailableError."""
    headers = {"Authorization": f"Bearer {site.tokens[role]}"}
    async with httpx.AsyncClient(base_url=site.address, timeout=60, trust_env=False, headers=headers) as client:
        found = await client.get("/masuk", params={"token": site.tokens[role]})
        if found.status_code != HTTPStatus.SEE_OTHER:
            raise UnavailableError(f"Signing in gives {found.status_code}.", remedy="See `pesut doctor`.")
        yield client


async def answered(browser: httpx.AsyncClient, question: str) -> Answer:
    """The answer to a question that was asked on the first page. Raises UnavailableError."""
    form = {"question": question, "key": str(new_id()), "follow": "1"}
    asked = await browser.post("/tanya", data=form)
    if asked.status_code != HTTPStatus.SEE_OTHER:
        raise UnavailableError(f"Asking gives {asked.status_code}.", remedy="See `pesut doctor`.")
    run_id = urlsplit(asked.headers["location"]).path.rpartition("/")[2]
    async with asyncio.timeout(LONGEST_SECONDS):
        while (found := await browser.get(f"/v1/runs/{run_id}/answer")).status_code == HTTPStatus.NOT_FOUND:  # noqa: ASYNC110 (the server's doing)
            await asyncio.sleep(LOOK_SECONDS)
    return Answer.model_validate_json(found.raise_for_status().content)


def megabytes_of_api(ground: Servers) -> float:
    """What the process that gives the pages holds in memory; 0 where it is not known."""
    return sum(memory_of(part.pid, with_children=True).proportional for part in ground.parts if part.name == API) / 1e6


def seconds_of_api(ground: Servers) -> float:
    """How long a processor has worked for the process that gives the pages, since its start."""
    times = [psutil.Process(part.pid).cpu_times() for part in ground.parts if part.name == API]
    return sum(each.user + each.system for each in times)
