"""Sources: how fresh each dataset is against what its producer promises, what came in last, and what was left out."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.services import Services, WithServices
from api.web.console.access import Watcher
from api.web.console.words import SCHEDULES
from api.web.pages import page
from pesut.catalog.models import Dataset
from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.contracts import Freshness, Principal
from pesut.database.access import reading_as
from pesut.database.moment import moment_now
from pesut.evidence.freshness import freshness
from pesut.intake.deliveries import deliveries, rejected_batches

router = APIRouter(prefix="/sumber")


@dataclass(frozen=True)
class Source:
    dataset: Dataset
    agency: str
    fresh: Freshness


@router.get("")
async def show_sources(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    now = await moment_now(services.engine)
    return page(
        request,
        "console/sources.html",
        watcher=watcher,
        sources=await _sources(services, watcher),
        deliveries=await deliveries(services.engine, now),
        schedules=SCHEDULES,
    )


@router.get("/ditolak")
async def show_rejects(request: Request, sumber: str, watcher: Watcher, services: WithServices) -> HTMLResponse:
    batches = await rejected_batches(services.engine, sumber)
    return page(request, "console/rejects.html", watcher=watcher, source=sumber, batches=batches)


async def _sources(services: Services, watcher: Principal) -> list[Source]:
    """Those that are out of date first."""
    now = await moment_now(services.engine)
    _, catalog = await current_catalog(services.engine)
    gazetteer = await gazetteer_at(services.engine, now)
    async with reading_as(services.engine, watcher.scope) as connection:
        ages = await freshness(connection, catalog, catalog.datasets, now)
    found = [
        Source(dataset, agency.name if (agency := gazetteer.agency(dataset.producer)) else dataset.producer, age)
        for dataset, age in zip(catalog.datasets, ages, strict=True)
    ]
    return sorted(found, key=lambda each: (not each.fresh.stale, each.fresh.newest is not None))
