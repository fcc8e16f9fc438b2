"""Kept runs by the names that people give them."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.database.tables import EvaluationRunRow
from pesut.errors import InvalidInputError, NotFoundError
from pesut.evaluations.comparison import Kept
from pesut.evaluations.contracts import EvaluationStatus, KeptRun
from pesut.evaluations.report import Results, result_of
from pesut.evaluations.store import cases_of, evaluation_of, evaluations, keep_results

LATEST = "latest"


async def run_named(engine: AsyncEngine, name: str) -> KeptRun:
    """The run with this id, or the newest finished one ("latest"). Raises NotFoundError, InvalidInputError."""
    if name == LATEST:
        return await _finished(engine)
    try:
        return await evaluation_of(engine, UUID(name))
    except ValueError as error:
        raise InvalidInputError(
            f"{name!r} is no run.", remedy='Give its id, or "latest"; see `pesut eval list`.'
        ) from error


async def kept_run(engine: AsyncEngine, name: str) -> Kept:
    """The run of this name with its cases, or the one that a file holds. Raises as `run_named`."""
    if name.endswith(".json"):
        return _in_file(Path(name))
    run = await run_named(engine, name)
    return Kept(run=run, cases=tuple(await cases_of(engine, run.id)))


async def sum_up(engine: AsyncEngine, run_id: UUID) -> None:
    """Keep with the run what its cases came to, so that many runs can be shown at once. Raises NotFoundError."""
    run = await evaluation_of(engine, run_id)
    await keep_results(engine, run_id, result_of(run, await cases_of(engine, run_id)).short)


async def results_of(engine: AsyncEngine, runs: Iterable[UUID]) -> dict[UUID, Results]:
    """What these runs came to, of those that are over, without each failure."""
    query = select(col(EvaluationRunRow.id), col(EvaluationRunRow.results)).where(
        col(EvaluationRunRow.id).in_(list(runs)), col(EvaluationRunRow.results).is_not(None)
    )
    async with engine.connect() as connection:
        found = (await connection.execute(query)).all()
    return {run: Results.model_validate(results) for run, results in found}


async def earlier(engine: AsyncEngine, run: KeptRun) -> Kept | None:
    """`earlier_run` with its cases."""
    other = await earlier_run(engine, run)
    return Kept(run=other, cases=tuple(await cases_of(engine, other.id))) if other else None


async def earlier_run(engine: AsyncEngine, run: KeptRun) -> KeptRun | None:
    """The newest run finished before this one began that asked all of its suites in the same part; None where there is none."""
    for other in await evaluations(engine):
        if other.started_at < run.started_at and other.status is EvaluationStatus.FINISHED and _covers(other, run):
            return other
    return None


def _covers(other: KeptRun, run: KeptRun) -> bool:
    return set(other.wanted.suites) >= set(run.wanted.suites) and other.wanted.part == run.wanted.part


async def _finished(engine: AsyncEngine) -> KeptRun:
    for run in await evaluations(engine):
        if run.status is EvaluationStatus.FINISHED:
            return run
    raise NotFoundError("No evaluation run was finished yet.", remedy="Start one with `pesut eval run`.")


def _in_file(path: Path) -> Kept:
    try:
        return Kept.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InvalidInputError(
            f"{path} holds no run: {error}", remedy="Write one with `pesut eval export`."
        ) from error
