"""The durable life of one question: answered once, delivered, and then, where it proposes something, decided on."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError, FailureError, is_cancelled_exception

with workflow.unsafe.imports_passed_through():
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.types import Command
    from temporalio.langgraph import graph

    from agents.answer.opening import start
    from pesut.contracts import REVIEWERS, AnswerStatus, Question, Review, Verdict
    from workflows.messages import ANSWER_QUESTION, REVIEW, Answered, AnswerRequest, RunFailed, RunState

GRAPH = "answer"
CLOSE_FAILED, CLOSE_CANCELLED = "close_failed_run", "close_cancelled_run"
_CLOSING: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=10),
    "schedule_to_close_timeout": timedelta(days=7),  # outlasts a database that is away over a weekend
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=1)),
}


@workflow.defn(name=ANSWER_QUESTION)
class AnswerQuestion:
    """Runs the answer graph. The answer is stored, and told, by the graph's last step; a review comes after that."""

    @workflow.init
    def __init__(self, request: AnswerRequest) -> None:
        self._question = request.question
        self._answered: Answered | None = None
        self._awaits_review = False
        self._closed = False
        self._review: Review | None = None
        self._recorded = False

    @workflow.run
    async def run(self, request: AnswerRequest) -> Answered:
        try:
            return await self._answer(request)
        except (asyncio.CancelledError, FailureError) as error:
            if is_cancelled_exception(error):
                await workflow.execute_activity(CLOSE_CANCELLED, request.question, **_CLOSING)
            else:
                await workflow.execute_activity(CLOSE_FAILED, _failed(request.question, error), **_CLOSING)
            raise

    @workflow.query
    def state(self) -> RunState:
        return RunState(answered=self._answered, awaits_review=self._awaits_review, reviewed=self._recorded)

    @workflow.update(name=REVIEW)
    async def review(self, review: Review) -> None:
        """Decide on the staff review; returns once the decision is kept.

        The answer reaches people a moment before the workflow knows of it, so a decision may come before the wait for it.
        """
        self._review = review
        await workflow.wait_condition(lambda: self._recorded or self._closed)
        if not self._recorded:
            raise _no_decision_awaited()

    @review.validator
    def _may_review(self, review: Review) -> None:
        if self._closed or self._review is not None:
            raise _no_decision_awaited()
        if not _is_allowed(review, self._question):
            raise ApplicationError("This decision is not this role's to take.", type="ForbiddenError")
        if review.verdict is Verdict.REJECTED and not review.note.strip():
            raise ApplicationError("A rejection needs its reason.", type="InvalidInputError")

    async def _answer(self, request: AnswerRequest) -> Answered:
        run_id = request.question.run_id
        graph_: Any = graph(GRAPH)
        app = graph_.compile(checkpointer=InMemorySaver())
        config = {"configurable": {"thread_id": str(run_id)}}
        state: dict[str, Any] = await app.ainvoke(start(request.question), config)
        outcome = state["outcome"]
        answered = Answered(run_id=run_id, answer_id=outcome["answer_id"], status=AnswerStatus(outcome["status"]))
        self._answered = answered
        if "__interrupt__" in state:
            review = await self._decision(request.review_within)
            await app.ainvoke(Command(resume={"review": review}), config)
            self._recorded = True
        self._closed = True
        await workflow.wait_condition(workflow.all_handlers_finished)
        return answered

    async def _decision(self, within: timedelta) -> dict[str, Any] | None:
        """The person's decision, or None when none came in time."""
        self._awaits_review = True
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(lambda: self._review is not None, timeout=within)
        self._awaits_review = False
        self._closed = self._review is None
        return self._review.model_dump(mode="json") if self._review else None


def _no_decision_awaited() -> ApplicationError:
    return ApplicationError("This answer does not wait for a decision.", type="ConflictError")


def _is_allowed(review: Review, question: Question) -> bool:
    match review.verdict:
        case Verdict.APPROVED | Verdict.REJECTED:
            return review.principal.role in REVIEWERS
        case Verdict.WITHDRAWN:
            return review.principal.id == question.principal.id
        case Verdict.EXPIRED:
            return False


def _failed(question: Question, error: BaseException) -> RunFailed:
    """With the innermost error: what the failing step itself said."""
    while error.__cause__ is not None:
        error = error.__cause__
    kind = error.type if isinstance(error, ApplicationError) else None
    return RunFailed(question=question, kind=kind or type(error).__name__, reason=str(error))
