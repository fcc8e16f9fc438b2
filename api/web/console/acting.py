"""What an operator does to a run. Each act asks once, on a page of its own, and a second press of its button does nothing more."""

import contextlib
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.operations.watching import trace_of
from api.services import Services, WithServices
from api.web.console.access import Operator
from api.web.console.words import RUN_ACTS
from api.web.pages import page
from pesut.errors import ConflictError
from pesut.runs import Run
from workflows.operating import RunOrder, cancel_run, rerun, terminate_run

router = APIRouter(prefix="/pengerjaan")


class RunAct(StrEnum):
    CANCEL = "batalkan"
    TERMINATE = "hentikan"
    RERUN = "ulangi"


@router.get("/{run_id}/{act}")
async def ask_once(
    request: Request, run_id: UUID, act: RunAct, operator: Operator, services: WithServices
) -> HTMLResponse:
    trace = await trace_of(services, operator, run_id)
    name, effect, button = RUN_ACTS[act.value]
    return page(
        request,
        "console/act.html",
        watcher=operator,
        run=trace.run,
        act=act.value,
        asked=name,
        effect=effect,
        button=button,
        model=services.settings.model if act is RunAct.RERUN else None,
    )


@router.post("/{run_id}/{act}")
async def do(
    run_id: UUID,
    act: RunAct,
    operator: Operator,
    services: WithServices,
    key: Annotated[UUID, Form()],
    offline: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Where it cannot be done any more, the run's page tells why: it is over."""
    shown = run_id
    with contextlib.suppress(ConflictError):
        shown = (await _done(services, RunOrder(run_id, operator, key), act, offline=offline)).id
    return RedirectResponse(f"/konsol/pengerjaan/{shown}", status_code=303)


async def _done(services: Services, order: RunOrder, act: RunAct, *, offline: bool) -> Run:
    match act:
        case RunAct.CANCEL:
            return await cancel_run(services.client, services.engine, order)
        case RunAct.TERMINATE:
            return await terminate_run(services.client, services.engine, order)
        case RunAct.RERUN:
            return await rerun(services.client, services.engine, order, "offline" if offline else None)
