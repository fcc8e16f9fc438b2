"""The catalog: every metric with its definition and what it is computed from, and what is wrong in the city's folder."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.services import WithServices
from api.web.console.access import Watcher
from api.web.pages import page
from pesut.catalog.models import Metric
from pesut.catalog.store import current_catalog
from pesut.diagnosis import inspected

router = APIRouter(prefix="/katalog")


@router.get("")
async def show_catalog(
    request: Request,
    watcher: Watcher,
    services: WithServices,
    cari: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """All metrics, or those whose code, name, definition or synonyms hold the words of `cari`."""
    version, catalog = await current_catalog(services.engine)
    folder = await asyncio.to_thread(inspected, services.settings.city)
    return page(
        request,
        "console/catalog.html",
        watcher=watcher,
        version=version,
        catalog=catalog,
        problems=(*folder.problems, *folder.warnings),
        metrics=[each for each in catalog.metrics if _holds(each, cari)],
        wanted=cari,
    )


def _holds(metric: Metric, words: str) -> bool:
    said = " ".join((metric.code, metric.name.id, metric.name.en, metric.definition, *metric.synonyms)).lower()
    return all(word in said for word in words.lower().split())
