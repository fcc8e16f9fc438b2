"""Activities beside the graph's nodes: ending a run that has no answer."""

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity

from agents.answer.compose import failed_answer
from pesut.contracts import Question, RunEventKind, RunStatus
from pesut.runs import NewEvent, close_run, plan_of, store_answer
from workflows.answer_question import CLOSE_CANCELLED, CLOSE_FAILED
from workflows.messages import RunFailed


class RunClosing:
    """Marks runs that were cancelled or failed; each may be repeated without harm."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @activity.defn(name=CLOSE_FAILED)
    async def close_failed(self, failed: RunFailed) -> None:
        """Store an answer that says what is broken, unless the run was answered before; then it only ends."""
        plan = await plan_of(self._engine, failed.question.run_id)
        answer = failed_answer(failed.question, failed.kind, plan)
        error = f"{failed.kind}: {failed.reason}"
        await store_answer(self._engine, answer, error=error)
        await close_run(self._engine, failed.question.run_id, RunStatus.FAILED, error=error)

    @activity.defn(name=CLOSE_CANCELLED)
    async def close_cancelled(self, question: Question) -> None:
        event = NewEvent(RunEventKind.CANCELLED, "cancelled", "Pertanyaan dibatalkan.")
        await close_run(self._engine, question.run_id, RunStatus.CANCELLED, event)
