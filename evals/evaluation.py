"""What the workflow of evaluations does at each of its steps."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.dependencies import AgentDependencies
from agents.reasoners.offline.nearest import EmbeddingNearest
from evals.asking import Asker
from evals.scoring import Asked, asked_now, scored
from evals.suite import Ground, Suite, SuiteCase
from evals.suites import kind_of, known
from pesut.catalog.store import current_catalog
from pesut.city.loader import read_folder
from pesut.contracts import Role
from pesut.errors import NotFoundError
from pesut.evaluations import store
from pesut.evaluations.contracts import (
    EvaluationOrder,
    EvaluationStatus,
    KeptCase,
    Outcome,
    PlannedCase,
)
from pesut.evaluations.kept import sum_up
from pesut.evaluations.versions import versions_now
from pesut.principals.store import service_principal
from pesut.search.embeddings import EmbedderUnavailableError
from pesut.search.spaces import Spaces
from pesut.settings import Settings
from workflows.worker import gateway_for, reasoner_for

EVALUATOR = "evaluation"  # the principal that asks, so that nobody finds its questions among theirs


class SuiteEvaluation:
    """Suites are opened when the first of their cases is asked, and stay open until their run is over."""

    def __init__(self, engine: AsyncEngine, settings: Settings) -> None:
        self._engine, self.settings = engine, settings
        self._runs: dict[UUID, _OpenRun] = {}

    async def begin(self, run_id: UUID, order: EvaluationOrder) -> int:
        order = order.model_copy(update={"suites": known(order.suites)})
        await store.open_run(self._engine, run_id, order, await versions_now(self._engine))
        run = await self._open(run_id)
        return await store.plan_cases(self._engine, run_id, [each async for each in run.planned()])

    async def ask(self, run_id: UUID, number: int) -> None:
        case = await store.case_of(self._engine, run_id, number)
        if case.finished_at is None:
            run = await self._open(run_id)
            asked, outcomes = await run.asked(case)
            await store.keep_case(self._engine, run_id, number, asked.material, outcomes, asked.seconds)

    async def break_(self, run_id: UUID, number: int, reason: str) -> None:
        await store.break_case(self._engine, run_id, number, reason)

    async def close(self, run_id: UUID, error: str = "") -> None:
        if run := self._runs.pop(run_id, None):
            await run.stack.aclose()
        status = EvaluationStatus.FAILED if error else EvaluationStatus.FINISHED
        await sum_up(self._engine, run_id)
        await store.close_evaluation(self._engine, run_id, status, error)

    async def leave(self) -> None:
        """Put down what is open, for another worker to take up."""
        while self._runs:
            await self._runs.popitem()[1].stack.aclose()

    async def _open(self, run_id: UUID) -> "_OpenRun":
        if run_id not in self._runs:
            order = (await store.evaluation_of(self._engine, run_id)).wanted
            ground = await ground_for(self._engine, self.settings, order.model)
            self._runs.setdefault(run_id, _OpenRun(run_id, order, ground))
        return self._runs[run_id]


class _OpenRun:
    def __init__(self, run_id: UUID, order: EvaluationOrder, ground: Ground) -> None:
        self._id, self._order, self._ground = run_id, order, ground
        self._suites: dict[str, tuple[Suite, dict[str, SuiteCase]]] = {}
        self._opening = asyncio.Lock()
        self.stack = AsyncExitStack()

    async def planned(self) -> AsyncGenerator[PlannedCase]:
        """Every case of the order as often as it is to be asked. Raises InvalidInputError for cases that cannot be read."""
        for name in self._order.suites:
            _, cases = await self._suite(name)
            for repetition in range(1, kind_of(name).repetitions + 1):
                for case_name, case in cases.items():
                    assert case.metadata
                    yield PlannedCase(suite=name, name=case_name, repetition=repetition, about=case.metadata)

    async def asked(self, kept: KeptCase) -> tuple[Asked, list[Outcome]]:
        suite, cases = await self._suite(kept.suite)
        if kept.name not in cases:
            raise NotFoundError(f"The suite {kept.suite} has no case {kept.name} any more.")
        asked = await asked_now(suite, cases[kept.name], f"evaluation/{self._id}/{kept.number}")
        outcomes = await scored(kind_of(kept.suite), self._ground.asker.dependencies.engine, [asked])
        return asked, outcomes[asked.name]

    async def _suite(self, name: str) -> tuple[Suite, dict[str, SuiteCase]]:
        async with self._opening:
            if name not in self._suites:
                opened = kind_of(name).opened(self._ground, self._order.part)
                suite = await self.stack.enter_async_context(opened)
                cases = await asyncio.to_thread(lambda: suite.cases)  # files are read, while signs of life go on
                self._suites[name] = suite, {case.name or "": case for case in cases}
            return self._suites[name]


async def ground_for(engine: AsyncEngine, settings: Settings, model: str | None = None) -> Ground:
    """The city in force, answered for as the worker answers; `model` takes the place of the settings' own."""
    settings = settings.model_copy(update={"model": model}) if model else settings
    folder, spaces = await asyncio.to_thread(read_folder, settings.city), Spaces(settings.data_dir)
    nearest = await _nearest(engine, spaces)
    reasoner = reasoner_for(gateway_for(settings), engine, nearest)
    dependencies = AgentDependencies(
        engine=engine,
        city=folder.city,
        reasoner=reasoner,
        spaces=spaces,
        statement_limit=settings.statement_timeout,
    )
    principal = await service_principal(engine, EVALUATOR, Role.MAYOR)
    return Ground(settings, folder, Asker(dependencies, principal, settings.max_open_runs), reasoner)


async def score_again(engine: AsyncEngine, run_id: UUID) -> None:
    """Score what the run keeps by the scorers as they are now, and keep that instead. Raises NotFoundError."""
    await store.evaluation_of(engine, run_id)
    for case in await store.cases_of(engine, run_id):
        if case.finished_at and not case.error:
            await store.keep_scores(engine, run_id, case.number, await _scored_again(engine, run_id, case.number))
    await sum_up(engine, run_id)


async def _scored_again(engine: AsyncEngine, run_id: UUID, number: int) -> list[Outcome]:
    case = await store.case_of(engine, run_id, number)
    kind = kind_of(case.suite)
    asked = Asked(case.name, case.about, kind.material.model_validate(case.material), case.seconds or 0.0)
    return (await scored(kind, engine, [asked]))[case.name]


@asynccontextmanager
async def evaluating(engine: AsyncEngine, settings: Settings) -> AsyncGenerator[SuiteEvaluation]:
    evaluation = SuiteEvaluation(engine, settings)
    try:
        yield evaluation
    finally:
        await evaluation.leave()


async def _nearest(engine: AsyncEngine, spaces: Spaces) -> EmbeddingNearest | None:
    """Metrics by their meaning, as the worker has them once it gathered their names; None where the model is away."""
    _, catalog = await current_catalog(engine)
    try:
        return await asyncio.to_thread(EmbeddingNearest, spaces.general, catalog)
    except EmbedderUnavailableError:
        return None
