"""Evaluations: how each suite went over time, what flipped and why, and where the answers are wrong."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.services import WithServices
from api.web.console.access import Watcher
from api.web.console.words import EVALUATION_STATUSES, SUITES
from api.web.pages import page
from pesut.errors import NotFoundError
from pesut.evaluations.kept import kept_run, results_of
from pesut.evaluations.showing import suite_of, trends
from pesut.evaluations.store import evaluation_of

router = APIRouter(prefix="/evaluasi")
RUNS, POINTS, FAILURES = 20, 12, 50  # shown at once


@router.get("")
async def show_trends(request: Request, watcher: Watcher, services: WithServices) -> HTMLResponse:
    runs, suites = await trends(services.engine)
    return page(
        request,
        "console/evaluations.html",
        watcher=watcher,
        runs=runs[:RUNS],
        suites={name: points[-POINTS:] for name, points in suites.items()},
        names=SUITES,
        statuses_of_evaluations=EVALUATION_STATUSES,
    )


@router.get("/{run_id}")
async def show_run(request: Request, run_id: UUID, watcher: Watcher, services: WithServices) -> HTMLResponse:
    run = await evaluation_of(services.engine, run_id)
    return page(
        request,
        "console/evaluation.html",
        watcher=watcher,
        run=run,
        results=(await results_of(services.engine, [run_id])).get(run_id),
        names=SUITES,
        statuses_of_evaluations=EVALUATION_STATUSES,
    )


@router.get("/{run_id}/ekspor")
async def export(run_id: UUID, watcher: Watcher, services: WithServices) -> Response:
    """The run with its outcomes, as `pesut eval export` writes it."""
    del watcher  # may read it
    kept = await kept_run(services.engine, str(run_id))
    headers = {"Content-Disposition": f'attachment; filename="evaluation-{run_id}.json"'}
    return Response(kept.model_dump_json(indent=1), media_type="application/json", headers=headers)


@router.get("/{run_id}/{suite}")
async def show_suite(
    request: Request, run_id: UUID, suite: str, watcher: Watcher, services: WithServices
) -> HTMLResponse:
    run = await evaluation_of(services.engine, run_id)
    view = await suite_of(services.engine, run, suite)
    if view is None:
        raise NotFoundError(f"Evaluasi {run_id} tidak menanyakan {suite}.", remedy="Lihat bagian yang ditanyakan.")
    return page(
        request,
        "console/evaluation_suite.html",
        watcher=watcher,
        run=run,
        suite=suite,
        view=view,
        failures=view.result.failures[:FAILURES],
        names=SUITES,
    )
