"""For operators: all runs, what each did, and cancelling, ending or repeating one."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from api.access import only
from api.operations.watching import RunTrace, search_runs, trace_of
from api.problems import problems
from api.services import WithServices
from pesut.contracts import Principal, Role
from pesut.errors import AnsweringOffError, ConflictError, ForbiddenError, NotFoundError, TooMuchWorkError
from pesut.runs import Run
from pesut.runs.searching import FoundRun, RunSearch
from workflows.operating import RunOrder, cancel_run, rerun, terminate_run

router = APIRouter(prefix="/v1/operations/runs", tags=["operating"])
Watcher = Annotated[Principal, Depends(only(Role.OPERATOR, Role.INSPECTOR))]
Operator = Annotated[Principal, Depends(only(Role.OPERATOR))]
REFUSALS = problems(NotFoundError, ForbiddenError, ConflictError)


class Order(BaseModel):
    """`key` makes a repeated request do nothing more."""

    key: UUID


class RerunOrder(Order):
    """`reasoner` "offline" asks no model; without it the one that is set answers."""

    reasoner: Literal["offline"] | None = None


@router.get("", responses=problems(ForbiddenError))
async def list_runs(search: Annotated[RunSearch, Query()], _: Watcher, services: WithServices) -> list[FoundRun]:
    """Everybody's runs, the newest first (at most 50), personal data masked."""
    return await search_runs(services, search)


@router.get("/{run_id}", responses=problems(NotFoundError, ForbiddenError))
async def show_run(run_id: UUID, watcher: Watcher, services: WithServices) -> RunTrace:
    """Every try of the run's nodes: what went in and came out, queries, model calls with tokens and cost."""
    return await trace_of(services, watcher, run_id)


@router.post("/{run_id}/cancel", responses=REFUSALS)
async def cancel(run_id: UUID, order: Order, operator: Operator, services: WithServices) -> Run:
    """Ask the run to stop where it is."""
    return await cancel_run(services.client, services.engine, RunOrder(run_id, operator, order.key))


@router.post("/{run_id}/terminate", responses=REFUSALS)
async def terminate(run_id: UUID, order: Order, operator: Operator, services: WithServices) -> Run:
    """End the run at once, without asking its workflow."""
    return await terminate_run(services.client, services.engine, RunOrder(run_id, operator, order.key))


@router.post(
    "/{run_id}/rerun",
    status_code=202,
    responses=problems(NotFoundError, ForbiddenError, ConflictError, TooMuchWorkError, AnsweringOffError),
)
async def repeat(run_id: UUID, order: RerunOrder, operator: Operator, services: WithServices) -> Run:
    """Ask the run's question again, with the operator's own sight."""
    return await rerun(services.client, services.engine, RunOrder(run_id, operator, order.key), order.reasoner)
