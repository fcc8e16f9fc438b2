"""The operators' console, below /konsol. Every page can be read without JavaScript, and every action asks once."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

import api.web.console.acting
import api.web.console.catalog
import api.web.console.health
import api.web.console.queue
import api.web.console.runs
import api.web.console.schedules
import api.web.console.sources
import api.web.console.switches
from api.services import WithServices
from api.web.console.access import Watcher
from api.web.console.words import SWITCHES
from api.web.pages import page
from pesut.switches import switches_of

router = APIRouter(prefix="/konsol")
for part in (
    api.web.console.runs,
    api.web.console.acting,
    api.web.console.queue,
    api.web.console.sources,
    api.web.console.schedules,
    api.web.console.catalog,
    api.web.console.health,
    api.web.console.switches,
):
    router.include_router(part.router)


@router.get("")
async def overview(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    return page(
        request,
        "console/overview.html",
        watcher=watcher,
        states=await switches_of(services.engine),
        names=SWITCHES,
    )
