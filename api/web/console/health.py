"""Health: what `pesut doctor` sees from here, and how the last day's runs went."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.services import Services, WithServices
from api.web.console.access import Watcher
from api.web.console.words import HEALTHS
from api.web.pages import page
from pesut.database.moment import moment_now
from pesut.diagnosis import Check, city_checks, look_at_database, model_checks
from pesut.diagnosis.checks import fine, wrong
from pesut.runs.searching import tallied

router = APIRouter(prefix="/keadaan")
A_DAY = timedelta(days=1)


@router.get("")
async def show_health(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    since = await moment_now(services.engine) - A_DAY
    return page(
        request,
        "console/health.html",
        watcher=watcher,
        checks=await _checks(services),
        healths=HEALTHS,
        tally=await tallied(services.engine, since),
    )


async def _checks(services: Services) -> list[Check]:
    settings = services.settings
    remedy = "Look into its log, or run `pesut doctor`."
    database, temporal, worker, city = await asyncio.gather(
        look_at_database(services.engine),
        services.client.temporal_there(),
        services.client.worker_there(),
        asyncio.to_thread(lambda: [*city_checks(settings)]),
    )
    return [
        *database,
        fine("Temporal", "answers") if temporal else wrong("Temporal", "does not answer", remedy),
        fine("Worker", "polls for work") if worker else wrong("Worker", "does not poll for work", remedy),
        *city,
        *model_checks(settings),
    ]
