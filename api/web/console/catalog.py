"""The catalog: every metric with its definition and what it is computed from, and what is wrong in the city's folder."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.services import WithServices
from api.web.console.access import Watcher
from api.web.pages import page
from pesut.catalog.store import current_catalog
from pesut.city.loader import inspect_folder

router = APIRouter(prefix="/katalog")


@router.get("")
async def show_catalog(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    version, catalog = await current_catalog(services.engine)
    inspected = await asyncio.to_thread(inspect_folder, services.settings.city)
    return page(
        request,
        "console/catalog.html",
        watcher=watcher,
        version=version,
        catalog=catalog,
        problems=(*inspected.problems, *inspected.warnings),
    )
