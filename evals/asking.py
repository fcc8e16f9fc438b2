"""Questions asked in this process, by the same graph that a worker runs."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from pesut.contracts import Answer, Principal, Question, RunStatus, new_id
from pesut.runs import NewRun, admit, answer_of, close_run, question_of, run_of


@asynccontextmanager
async def taken_in(engine: AsyncEngine, run: NewRun, limit: int) -> AsyncGenerator[Question]:
    """A question whose run is open for this block, and closed at its end, so that no worker takes it for one that was never
    started. Raises what `admit` raises.
    """
    run_id, _ = await admit(engine, run, limit)
    try:
        yield await question_of(engine, await run_of(engine, run_id))
    finally:
        await close_run(engine, run_id, RunStatus.CANCELLED)


@dataclass(frozen=True)
class Asker:
    """Asks as `principal`, whose questions wait for nobody. `limit`: answers in progress at which it holds back."""

    dependencies: AgentDependencies
    principal: Principal
    limit: int = 100

    async def ask(
        self, text: str, key: str = "", conversation: UUID | None = None, as_of: datetime | None = None
    ) -> Answer:
        """The stored answer; the same `key` again finds it. Raises TooMuchWorkError and what the graph's nodes raise."""
        engine = self.dependencies.engine
        run = NewRun(self.principal.id, key or str(new_id()), text, conversation, as_of)
        async with taken_in(engine, run, self.limit) as question:
            known = await answer_of(engine, question.run_id)
            return known or await run_in_process(question, self.dependencies)
