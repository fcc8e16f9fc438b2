"""Evaluation runs in the database: planned once, each case written once."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts.base import Contract
from pesut.database.tables import EvaluationCaseRow, EvaluationRunRow
from pesut.errors import NotFoundError
from pesut.evaluations.contracts import (
    EvaluationOrder,
    EvaluationStatus,
    KeptCase,
    KeptRun,
    Outcome,
    PlannedCase,
    Versions,
)

MOST_LISTED = 100
_RUN: list[Any] = [
    col(getattr(EvaluationRunRow, name)) for name in KeptRun.model_fields if name not in {"cases", "done"}
]
_HEAD = [col(getattr(EvaluationCaseRow, name)) for name in KeptCase.model_fields if name != "material"]


async def open_run(engine: AsyncEngine, run_id: UUID, order: EvaluationOrder, versions: Versions) -> None:
    """Write the run down as begun; one that is there already is left as it is, but for having failed to begin."""
    statement = insert(EvaluationRunRow).values(
        id=run_id,
        wanted=order.model_dump(mode="json"),
        status=EvaluationStatus.RUNNING,
        error="",
        started_at=func.clock_timestamp(),
        **versions.model_dump(),
    )
    again = statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"status": EvaluationStatus.RUNNING, "error": "", "finished_at": None},
        where=col(EvaluationRunRow.status) == EvaluationStatus.FAILED,
    )
    async with engine.begin() as connection:
        await connection.execute(again)


async def plan_cases(engine: AsyncEngine, run_id: UUID, cases: Iterable[PlannedCase]) -> int:
    """Write down what the run will ask, all of it or nothing, and say how many cases that is. Planned once, it stays so."""
    planned: list[dict[str, Any]] = [
        {
            "run_id": run_id,
            "number": number,
            "suite": case.suite,
            "name": case.name,
            "repetition": case.repetition,
            "about": case.about.model_dump(mode="json"),
            "outcomes": [],
            "error": "",
        }
        for number, case in enumerate(cases)
    ]
    count = select(func.count()).select_from(EvaluationCaseRow).where(col(EvaluationCaseRow.run_id) == run_id)
    async with engine.begin() as connection:
        if planned and not (await connection.execute(count)).scalar_one():
            await connection.execute(insert(EvaluationCaseRow).on_conflict_do_nothing(), planned)
        return (await connection.execute(count)).scalar_one()


async def keep_case(
    engine: AsyncEngine, run_id: UUID, number: int, material: Contract, outcomes: Sequence[Outcome], seconds: float
) -> bool:
    """Write what came of a case. False where that was written before; then nothing changes."""
    return await _write(
        engine,
        run_id,
        number,
        material=material.model_dump(mode="json"),
        outcomes=[each.model_dump(mode="json") for each in outcomes],
        seconds=seconds,
    )


async def break_case(engine: AsyncEngine, run_id: UUID, number: int, error: str) -> bool:
    """Write that a case could not be asked, and count it as wrong. False where something was written before."""
    case = await case_of(engine, run_id, number)
    about = case.about.model_dump()
    wrong = Outcome(name=case.name, right=False, faults=(f"not scored: {error}",), **about)
    return await _write(engine, run_id, number, error=error, outcomes=[wrong.model_dump(mode="json")])


async def keep_scores(engine: AsyncEngine, run_id: UUID, number: int, outcomes: Sequence[Outcome]) -> None:
    """Replace what scoring found of a case."""
    statement = update(EvaluationCaseRow).where(*_this(run_id, number))
    async with engine.begin() as connection:
        await connection.execute(statement.values(outcomes=[each.model_dump(mode="json") for each in outcomes]))


async def close_evaluation(
    engine: AsyncEngine, run_id: UUID, status: EvaluationStatus = EvaluationStatus.FINISHED, error: str = ""
) -> None:
    statement = (
        update(EvaluationRunRow)
        .where(col(EvaluationRunRow.id) == run_id, col(EvaluationRunRow.status) == EvaluationStatus.RUNNING)
        .values(status=status, error=error, finished_at=func.clock_timestamp())
    )
    async with engine.begin() as connection:
        await connection.execute(statement)


async def keep_results(engine: AsyncEngine, run_id: UUID, results: Contract) -> None:
    """Write what the run came to, in place of what stood there."""
    statement = update(EvaluationRunRow).where(col(EvaluationRunRow.id) == run_id)
    async with engine.begin() as connection:
        await connection.execute(statement.values(results=results.model_dump(mode="json")))


async def case_of(engine: AsyncEngine, run_id: UUID, number: int) -> KeptCase:
    """A case with its material. Raises NotFoundError."""
    query = select(EvaluationCaseRow).where(*_this(run_id, number))
    async with engine.connect() as connection:
        row = (await connection.execute(query)).mappings().first()
    if row is None:
        raise NotFoundError(f"The evaluation run {run_id} has no case {number}.")
    return _case(row)


async def cases_of(engine: AsyncEngine, run_id: UUID, suite: str | None = None) -> list[KeptCase]:
    """All cases, or those of one suite, in the order in which they were planned, without their material."""
    query = select(*_HEAD).where(col(EvaluationCaseRow.run_id) == run_id).order_by(col(EvaluationCaseRow.number))
    if suite is not None:
        query = query.where(col(EvaluationCaseRow.suite) == suite)
    async with engine.connect() as connection:
        return [_case(row) for row in (await connection.execute(query)).mappings()]


async def evaluation_of(engine: AsyncEngine, run_id: UUID) -> KeptRun:
    """Raises NotFoundError."""
    found = await _runs(engine, col(EvaluationRunRow.id) == run_id)
    if not found:
        raise NotFoundError(f"There is no evaluation run {run_id}.", remedy="`pesut eval list` names them.")
    return found[0]


async def evaluations(engine: AsyncEngine) -> list[KeptRun]:
    """The newest runs first, at most MOST_LISTED."""
    return await _runs(engine)


async def _runs(engine: AsyncEngine, *where: ColumnElement[bool]) -> list[KeptRun]:
    mine = col(EvaluationCaseRow.run_id) == col(EvaluationRunRow.id)
    counted = select(func.count()).select_from(EvaluationCaseRow).where(mine)
    done = counted.where(col(EvaluationCaseRow.finished_at).is_not(None))
    query = (
        select(*_RUN, counted.scalar_subquery().label("cases"), done.scalar_subquery().label("done"))
        .where(*where)
        .order_by(col(EvaluationRunRow.started_at).desc())
        .limit(MOST_LISTED)
    )
    async with engine.connect() as connection:
        return [KeptRun.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]


async def _write(engine: AsyncEngine, run_id: UUID, number: int, **values: Any) -> bool:
    statement = (
        update(EvaluationCaseRow)
        .where(*_this(run_id, number), col(EvaluationCaseRow.finished_at).is_(None))
        .values(finished_at=func.clock_timestamp(), **values)
    )
    async with engine.begin() as connection:
        return (await connection.execute(statement)).rowcount > 0


def _this(run_id: UUID, number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(EvaluationCaseRow.run_id) == run_id, col(EvaluationCaseRow.number) == number


def _case(row: RowMapping) -> KeptCase:
    return KeptCase.model_validate({name: value for name, value in row.items() if name in KeptCase.model_fields})
