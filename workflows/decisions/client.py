"""The door to decisions: opened, moved on, and their dispositions answered. Used through `workflows.client.PesutClient`."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from pesut.contracts.decision import DecisionState, Move
from pesut.contracts.disposition import DispositionMove, DispositionState
from pesut.decisions.course import OPEN, moved
from pesut.decisions.dispositions import disposition_done_before, disposition_state
from pesut.decisions.handling import OVER, handled
from pesut.decisions.listing import done_before, state_of
from pesut.errors import ConflictError
from workflows.calling import LONGEST_CALL, temporal_away
from workflows.decisions.messages import (
    DECIDE,
    DECISIONS,
    FOLLOW_UP,
    HANDLE,
    MOVE,
    Given,
    Undecided,
    decision_workflow,
    disposition_workflow,
)
from workflows.refusing import refused

DUTY = "carries decisions on"
LONGEST_UPDATE = timedelta(seconds=60)  # a worker may be restarting
State = TypeVar("State", bound=BaseModel)


class DecisionClient:
    """Whatever was ended from outside goes on from what the database knows: a workflow that is missing is started anew."""

    def __init__(self, temporal: Client, engine: AsyncEngine) -> None:
        self._temporal = temporal
        self._engine = engine

    async def start(self, decision_id: UUID) -> None:
        """Start the decision's workflow, or find it. Raises UnavailableError."""
        await self._start(DECIDE, Undecided(decision_id=decision_id), decision_workflow(decision_id))

    async def follow(self, state: DispositionState) -> None:
        """Start the disposition's workflow, or find it. Raises UnavailableError."""
        await self._start(FOLLOW_UP, Given(state=state), disposition_workflow(state.disposition_id))

    async def move(self, move: Move) -> DecisionState:
        """Do what a person asks of a decision; returns once it is kept, the same key again what is kept.

        Raises NotFoundError, ForbiddenError, ConflictError, InvalidInputError for an edit or approval that does not hold, and
        UnavailableError (the same key may then be tried again).
        """
        state = await state_of(self._engine, move.decision_id)
        if await done_before(self._engine, move):
            return state
        if state.status not in OPEN:
            moved(state, move)
        await self.start(move.decision_id)
        return await self._update(decision_workflow(move.decision_id), MOVE, move, DecisionState)

    async def handle(self, move: DispositionMove) -> DispositionState:
        """Do what a person asks of a disposition. Raises as `move`."""
        state = await disposition_state(self._engine, move.disposition_id)
        if await disposition_done_before(self._engine, move):
            return state
        if state.status in OVER:
            handled(state, move)
        await self.follow(state)
        return await self._update(disposition_workflow(move.disposition_id), HANDLE, move, DispositionState)

    async def history_size(self, decision_id: UUID) -> tuple[int, int]:
        """Bytes and events of the history of the decision's workflow."""
        described = await self._temporal.get_workflow_handle(decision_workflow(decision_id)).describe()
        about = described.raw_description.workflow_execution_info
        return about.history_size_bytes, about.history_length

    async def _start(self, workflow: str, message: BaseModel, identifier: str) -> None:
        try:
            await self._temporal.start_workflow(
                workflow,
                message,
                id=identifier,
                task_queue=DECISIONS,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                rpc_timeout=LONGEST_CALL,
            )
        except (RPCError, RuntimeError) as error:
            raise temporal_away(DUTY) from error

    async def _update(self, identifier: str, update: str, move: Move | DispositionMove, result: type[State]) -> State:
        handle: Any = self._temporal.get_workflow_handle(identifier)
        try:
            return await handle.execute_update(
                update, move, id=move.key, result_type=result, rpc_timeout=LONGEST_UPDATE
            )
        except WorkflowUpdateFailedError as error:
            raise refused(error.cause) or _not_kept() from error
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            raise temporal_away(DUTY) from error
        except RPCError as error:
            raise (_not_kept() if error.status is RPCStatusCode.NOT_FOUND else temporal_away(DUTY)) from error


def _not_kept() -> ConflictError:
    return ConflictError("This could not be kept.", remedy="Look at it again, then try once more.")
