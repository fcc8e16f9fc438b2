"""The operators' console, below /konsol. Every page can be read without JavaScript, and every action asks once."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

import api.web.console.acting
import api.web.console.catalog
import api.web.console.evaluations
import api.web.console.health
import api.web.console.queue
import api.web.console.runs
import api.web.console.schedules
import api.web.console.sources
import api.web.console.switches
from api.operations.watching import search_runs
from api.services import WithServices
from api.web.console.access import Watcher
from api.web.console.health import A_DAY
from api.web.console.words import SWITCHES
from api.web.pages import page
from pesut.contracts import RunStatus
from pesut.database.moment import moment_now
from pesut.runs.searching import RunSearch, tallied
from pesut.switches import switches_of

router = APIRouter(prefix="/konsol")
LISTED = 5
for part in (
    api.web.console.runs,
    api.web.console.acting,
    api.web.console.queue,
    api.web.console.sources,
    api.web.console.schedules,
    api.web.console.evaluations,
    api.web.console.catalog,
    api.web.console.health,
    api.web.console.switches,
):
    router.include_router(part.router)


@router.get("")
async def overview(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    """What is off, how the last day went, and what failed last."""
    return page(
        request,
        "console/overview.html",
        watcher=watcher,
        states=await switches_of(services.engine),
        names=SWITCHES,
        tally=await tallied(services.engine, await moment_now(services.engine) - A_DAY),
        failed=(await search_runs(services, RunSearch(status=RunStatus.FAILED)))[:LISTED],
    )
