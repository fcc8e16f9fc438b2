"""Questions asked the two ways there are: through Temporal, and in this process by the same graph."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from pesut.contracts import Answer, Principal, Question, RunStatus, new_id
from pesut.runs import NewRun, admit, close_run, question_of, run_of
from workflows.client import PesutClient


async def asked(client: PesutClient, principal: Principal, text: str, conversation: UUID | None = None) -> Answer:
    """The answer that a worker gives. Raises what `PesutClient.ask` raises."""
    run_id, _ = await client.ask(NewRun(principal.id, str(new_id()), text, conversation))
    return await client.wait_for_answer(run_id)


@asynccontextmanager
async def taken_in(engine: AsyncEngine, principal: Principal, text: str, limit: int) -> AsyncGenerator[Question]:
    """A question whose run is open for this block, and closed at its end, so that no worker takes it for one that was never
    started. Raises what `admit` raises.
    """
    run_id, _ = await admit(engine, NewRun(principal.id, str(new_id()), text), limit)
    try:
        yield await question_of(engine, await run_of(engine, run_id))
    finally:
        await close_run(engine, run_id, RunStatus.CANCELLED)


async def answered(dependencies: AgentDependencies, principal: Principal, text: str) -> Answer:
    """The stored answer. Raises what the graph's nodes raise."""
    async with taken_in(dependencies.engine, principal, text, limit=100) as question:
        return await run_in_process(question, dependencies)
