"""Asks questions the two ways there are: through Temporal, and by running the same graph here."""

from dataclasses import dataclass
from time import perf_counter

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from evals.asking import taken_in
from evals.bench.ground import Servers
from pesut.contracts import Answer, new_id
from pesut.runs import NewRun
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
            reasoner=reasoner_for(gateway_for(ground.settings), ground.engine),
            spaces=Spaces(ground.settings.data_dir),
            statement_limit=ground.settings.statement_timeout,
        )

    async def through_temporal(self, question: str) -> Timed:
        """From taking the question in to the stored answer. Raises what `PesutClient.ask` raises."""
        began = perf_counter()
        run_id, _ = await self._ground.client.ask(NewRun(self._ground.principal.id, str(new_id()), question))
        answer = await self._ground.client.wait_for_answer(run_id)
        seconds = perf_counter() - began
        await self._ground.client.cancel(run_id)
        return Timed(answer, seconds)

    async def in_process(self, question: str) -> Timed:
        """The graph alone, on a question that was taken in before."""
        limit = self._ground.settings.max_open_runs
        run = NewRun(self._ground.principal.id, str(new_id()), question)
        async with taken_in(self._ground.engine, run, limit) as asked:
            began = perf_counter()
            answer = await run_in_process(asked, self._dependencies)
            return Timed(answer, perf_counter() - began)
