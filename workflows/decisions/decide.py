"""The durable life of one decision: read, changed and decided on by people, carried out, and looked at again."""

import asyncio
import contextlib
from datetime import timedelta
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from pesut.contracts.decision import DecisionState, DecisionStatus, Move
    from pesut.decisions.course import OPEN, moved
    from pesut.errors import PesutError
    from workflows.decisions.messages import (
        BEGIN_DECISION,
        CARRY_OUT,
        DECIDE,
        FOLLOW_UP,
        LAPSE_DECISION,
        LOOK_UP_OUTCOME,
        MOVE,
        MOVE_DECISION,
        Aftermath,
        Begun,
        Given,
        Lapsed,
        Moved,
        Undecided,
        disposition_workflow,
    )
    from workflows.refusing import refusal

HABITS: dict[str, Any] = {
    "start_to_close_timeout": timedelta(seconds=30),
    "schedule_to_close_timeout": timedelta(days=7),  # outlasts a database that is away over a weekend
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=1)),
}
Result = TypeVar("Result")


@workflow.defn(name=DECIDE)
class Decide:
    """Holds where a decision stands; what people and time do to it is kept by activities."""

    @workflow.init
    def __init__(self, undecided: Undecided) -> None:
        self._state = undecided.state
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, undecided: Undecided) -> DecisionState:
        if self._state is None:
            begun = Begun(decision_id=undecided.decision_id, at=workflow.now())
            self._state = await _do(BEGIN_DECISION, begun, DecisionState)
        state = self._state
        while state.status in OPEN:
            state = await self._next(state)
            await self._start_afresh(state)
        await workflow.wait_condition(workflow.all_handlers_finished)
        if state.status in {DecisionStatus.APPROVED, DecisionStatus.REJECTED}:
            self._state = await self._carry_out(state)
        return self._state

    @workflow.query
    def state(self) -> DecisionState | None:
        return self._state

    @workflow.update(name=MOVE)
    async def move(self, move: Move) -> DecisionState:
        """Do what a person asks; returns once it is kept."""
        await workflow.wait_condition(lambda: self._state is not None)
        async with self._turn:
            self._state = await _do(MOVE_DECISION, Moved(move=move, at=workflow.now()), DecisionState)
            return self._state

    @move.validator
    def _may_move(self, move: Move) -> None:
        """Before anything is kept; whoever comes in between is refused by the activity, which asks the same."""
        try:
            if self._state is not None:
                moved(self._state, move)
        except PesutError as error:
            raise refusal(error) from error

    async def _next(self, state: DecisionState) -> DecisionState:
        """The state after the next thing that happens: a move, or the end of its time."""
        assert state.due is not None, "what is open has an end"
        left = max(state.due - workflow.now(), timedelta())
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(lambda: self._state is not state, timeout=left)
        async with self._turn:
            if self._state is state:
                lapsed = Lapsed(decision_id=state.decision_id, due=state.due, at=workflow.now())
                self._state = await _do(LAPSE_DECISION, lapsed, DecisionState)
            assert self._state is not None
            return self._state

    async def _start_afresh(self, state: DecisionState) -> None:
        if workflow.info().is_continue_as_new_suggested():
            await workflow.wait_condition(workflow.all_handlers_finished)
            assert self._state is not None
            workflow.continue_as_new(Undecided(decision_id=state.decision_id, state=self._state))

    async def _carry_out(self, state: DecisionState) -> DecisionState:
        """File the decision, let each disposition be followed, and look at the outcome on its day."""
        told = Begun(decision_id=state.decision_id, at=workflow.now())
        aftermath = await _do(CARRY_OUT, told, Aftermath)
        for disposition in aftermath.dispositions:
            with contextlib.suppress(WorkflowAlreadyStartedError):  # by an agency that answered at once
                await workflow.start_child_workflow(
                    FOLLOW_UP,
                    Given(state=disposition),
                    id=disposition_workflow(disposition.disposition_id),
                    parent_close_policy=ParentClosePolicy.ABANDON,
                )
        if aftermath.review_at is None:
            return state
        await workflow.sleep(max(aftermath.review_at - workflow.now(), timedelta()))
        told = Begun(decision_id=state.decision_id, at=workflow.now())
        return await _do(LOOK_UP_OUTCOME, told, DecisionState)


async def _do(activity: str, message: Any, result: type[Result]) -> Result:
    return await workflow.execute_activity(activity, message, result_type=result, **HABITS)
