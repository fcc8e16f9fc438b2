"""Schedules: when each runs next, pausing one, letting it go on, running it now. Each act asks once."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.services import WithServices
from api.web.console.access import Operator, Watcher
from api.web.console.words import SCHEDULE_ACTS, SCHEDULE_NAMES
from api.web.pages import page
from workflows.schedules import ScheduleAct, act_on_schedule, schedules_of

router = APIRouter(prefix="/jadwal")


@router.get("")
async def show_schedules(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    found = await schedules_of(services.client.temporal)
    return page(request, "console/schedules.html", watcher=watcher, found=found, names=SCHEDULE_NAMES)


@router.get("/{schedule:path}/{act}")
async def ask_once(request: Request, schedule: str, act: ScheduleAct, operator: Operator) -> HTMLResponse:
    asked, button = SCHEDULE_ACTS[act]
    return page(
        request,
        "console/schedule_act.html",
        watcher=operator,
        schedule=schedule,
        names=SCHEDULE_NAMES,
        act=act.value,
        asked=asked,
        button=button,
    )


@router.post("/{schedule:path}/{act}")
async def do(
    schedule: str, act: ScheduleAct, operator: Operator, services: WithServices, key: Annotated[UUID, Form()]
) -> RedirectResponse:
    await act_on_schedule(services.client.temporal, services.engine, operator, schedule, act, key)
    return RedirectResponse("/konsol/jadwal", status_code=303)
