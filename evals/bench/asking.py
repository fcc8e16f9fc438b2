"""Asks questions the two ways there are: through Temporal, and by running the same graph here."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from uuid import UUID

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from evals.bench.ground import Servers
from pesut.contracts import Answer, RunStatus, new_id
from pesut.runs import NewRun, admit, close_run, question_of, run_of
from pesut.search.spaces import Spaces
from workflows.worker import gateway_for, reasoner_for


@dataclass(frozen=True)
class Timed:
    """An answer, and the seconds from the question to it."""

    answer: Answer
    seconds: float


class Asker:
    """Asks as the ground's principal. What it asked stays in the database, as every question does, but waits for nobody."""

    def __init__(self, ground: Servers) -> None:
        self._ground = ground
        self._dependencies = AgentDependencies(
            engine=ground.engine,
            city=ground.folder.city,
            reasoner=reasoner_for(gateway_for(ground.settings)),
            spaces=Spaces(ground.settings.data_dir),
            statement_limit=ground.settings.statement_timeout,
        )

    async def through_temporal(self, question: str) -> Timed:
        """From taking the question in to the stored answer. Raises what `PesutClient.ask` raises."""
        began = perf_counter()
        run_id, _ = await self._ground.client.ask(self._new(question))
        answer = await self._ground.client.wait_for_answer(run_id)
        seconds = perf_counter() - began
        await self._ground.client.cancel(run_id)
        return Timed(answer, seconds)

    async def in_process(self, question: str) -> Timed:
        """The graph alone, on a question that was taken in before."""
        engine = self._ground.engine
        async with self._taken_in(question) as run_id:
            asked = await question_of(engine, await run_of(engine, run_id))
            began = perf_counter()
            answer = await run_in_process(asked, self._dependencies)
            return Timed(answer, perf_counter() - began)

    @asynccontextmanager
    async def _taken_in(self, question: str) -> AsyncGenerator[UUID]:
        """Closed at the end, so that no worker takes it for a question that was never started."""
        engine = self._ground.engine
        run_id, _ = await admit(engine, self._new(question), self._ground.settings.max_open_runs)
        try:
            yield run_id
        finally:
            await close_run(engine, run_id, RunStatus.CANCELLED)

    def _new(self, question: str) -> NewRun:
        return NewRun(self._ground.principal.id, str(new_id()), question)
