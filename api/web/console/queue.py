"""The queue: reports that no machine was sure of, and a person's decision on each, which the next training learns from."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.services import WithServices
from api.web.console.access import Operator, Watcher
from api.web.pages import page, pages_of
from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.database.moment import moment_now
from pesut.reports.classification.queue import Correction, correct, list_queue

router = APIRouter(prefix="/antrean")
LISTED = 20


@router.get("")
async def show_queue(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    _, catalog = await current_catalog(services.engine)
    gazetteer = await gazetteer_at(services.engine, await moment_now(services.engine))
    return page(
        request,
        "console/queue.html",
        watcher=watcher,
        found=await list_queue(services.engine, watcher, LISTED),
        agencies={each.code: each.name for each in gazetteer.agencies},
        categories={each.code: each.name.in_(pages_of(request).wording.language) for each in catalog.categories},
        listed=LISTED,
    )


@router.post("")
async def decide(
    operator: Operator,
    services: WithServices,
    number: Annotated[str, Form(max_length=200)],
    agency: Annotated[str, Form(max_length=200)] = "",
    category: Annotated[str, Form(max_length=200)] = "",
) -> RedirectResponse:
    """What is left empty stays as it is."""
    correction = Correction(agency or None, category or None)
    await correct(services.engine, services.city, operator, number, correction)
    return RedirectResponse("/konsol/antrean", status_code=303)
