"""Runs: finding them, one run's timeline, and two side by side."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, BeforeValidator, Field

from api.operations.watching import search_runs, trace_of
from api.services import Services, WithServices
from api.web.console.access import Watcher
from api.web.console.comparing import differences
from api.web.console.words import AGENTS, NODES, RUN_STATUSES
from api.web.pages import page, pages_of
from pesut.contracts import Agent, RunStatus
from pesut.runs.searching import PAGE, RunSearch
from pesut.runs.status import OPEN

router = APIRouter(prefix="/pengerjaan")
OR_NOTHING = BeforeValidator(lambda given: given or None)


class Wanted(BaseModel):
    """The search as its address says; saved by keeping the address. Days are the city's, both inclusive."""

    siapa: str = Field(default="", max_length=100)
    status: Annotated[RunStatus | None, OR_NOTHING] = None
    agen: Annotated[Agent | None, OR_NOTHING] = None
    dari: Annotated[date | None, OR_NOTHING] = None
    sampai: Annotated[date | None, OR_NOTHING] = None
    galat: str = Field(default="", max_length=200)
    lama: Annotated[Annotated[float, Field(ge=0)] | None, OR_NOTHING] = None
    sebelum: Annotated[UUID | None, OR_NOTHING] = None

    def address(self, **more: str) -> str:
        given = self.model_dump(mode="json") | more
        return urlencode({name: value for name, value in given.items() if value})


@router.get("")
async def list_runs(
    request: Request, wanted: Annotated[Wanted, Query()], watcher: Watcher, services: WithServices
) -> HTMLResponse:
    found = await search_runs(services, _search(wanted, services))
    return page(
        request,
        "console/runs.html",
        watcher=watcher,
        wanted=wanted,
        found=found,
        older=wanted.address(sebelum=str(found[-1].id)) if len(found) == PAGE else None,
        statuses_of_runs=RUN_STATUSES,
        agents=AGENTS,
    )


@router.get("/{run_id}")
async def show_run(request: Request, run_id: UUID, watcher: Watcher, services: WithServices) -> HTMLResponse:
    trace = await trace_of(services, watcher, run_id)
    return page(
        request,
        "console/run.html",
        watcher=watcher,
        trace=trace,
        run=trace.run,
        open=trace.run.status in OPEN,
        nodes=NODES,
        statuses_of_runs=RUN_STATUSES,
    )


@router.get("/{run_id}/banding/{other_id}")
async def compare(
    request: Request, run_id: UUID, other_id: UUID, watcher: Watcher, services: WithServices
) -> HTMLResponse:
    """Two runs side by side, what differs marked."""
    left, right = [await trace_of(services, watcher, each) for each in (run_id, other_id)]
    return page(
        request,
        "console/compare.html",
        watcher=watcher,
        left=left,
        right=right,
        rows=differences(left, right, pages_of(request).wording),
    )


def _search(wanted: Wanted, services: Services) -> RunSearch:
    return RunSearch(
        who=wanted.siapa,
        status=wanted.status,
        agent=wanted.agen,
        since=_midnight(wanted.dari, services),
        until=_midnight(wanted.sampai + timedelta(days=1), services) if wanted.sampai else None,
        error=wanted.galat,
        slower=wanted.lama,
        before=wanted.sebelum,
    )


def _midnight(day: date | None, services: Services) -> datetime | None:
    return datetime.combine(day, time(), services.city.zone) if day else None
