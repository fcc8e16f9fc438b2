"""The durable life of one disposition: its agency answers, and the calendar reminds and escalates."""

import asyncio
import contextlib
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from pesut.contracts.disposition import DispositionMove, DispositionState
    from pesut.decisions.handling import OVER, handled
    from pesut.errors import PesutError
    from workflows.decisions.decide import HABITS
    from workflows.decisions.messages import FOLLOW_UP, HANDLE, HANDLE_DISPOSITION, WARN, Given, Handled, Warned
    from workflows.refusing import refusal

MOST_ROUNDS = 40  # things that happen before a history is begun afresh; a late agency is warned for years


@workflow.defn(name=FOLLOW_UP)
class FollowUp:
    """Holds where a disposition stands; what people and time do to it is kept by activities."""

    @workflow.init
    def __init__(self, given: Given) -> None:
        self._state = given.state
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, given: Given) -> DispositionState:  # noqa: ARG002 - Temporal gives it to both
        rounds = 0
        while self._state.status not in OVER:
            await self._next(self._state)
            rounds += 1
            if rounds >= MOST_ROUNDS and self._state.status not in OVER:
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(Given(state=self._state))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._state

    @workflow.query
    def state(self) -> DispositionState:
        return self._state

    @workflow.update(name=HANDLE)
    async def handle(self, move: DispositionMove) -> DispositionState:
        """Do what a person asks; returns once it is kept."""
        async with self._turn:
            told = Handled(move=move, at=workflow.now())
            self._state = await workflow.execute_activity(
                HANDLE_DISPOSITION, told, result_type=DispositionState, **HABITS
            )
            return self._state

    @handle.validator
    def _may_handle(self, move: DispositionMove) -> None:
        try:
            handled(self._state, move)
        except PesutError as error:
            raise refusal(error) from error

    async def _next(self, state: DispositionState) -> None:
        """Until the agency answers, or a warning is due and given."""
        left = max(state.warn_at - workflow.now(), timedelta())
        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(lambda: self._state is not state, timeout=left)
        async with self._turn:
            if self._state is state:
                told = Warned(disposition_id=state.disposition_id, number=state.warnings, at=workflow.now())
                self._state = await workflow.execute_activity(WARN, told, result_type=DispositionState, **HABITS)
