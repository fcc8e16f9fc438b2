"""What people and time do to a decision: each act once, with its effects, under a lock on the decision's row."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.city.workdays import workday_from
from pesut.contracts import Answer, Principal, StaffReview
from pesut.contracts.decision import Approve, DecisionActKind, DecisionState, DecisionStatus, Edit, Move, Reject
from pesut.database.tables import DecisionRow, DecisionVersionRow, PrincipalRow
from pesut.decisions.acts import NewAct, append_act, happened
from pesut.decisions.course import begun, lapsed, late_readers, moved
from pesut.decisions.deciding import Effects, Ruling, decide
from pesut.decisions.edits import difference
from pesut.decisions.missing import missing_decision
from pesut.decisions.texts import draft_of
from pesut.principals.store import principal_in


class DecisionMoves:
    """The moves of a city's decisions. `at` (aware) is always the moment at which the thing happened."""

    def __init__(self, engine: AsyncEngine, city: City) -> None:
        self._engine = engine
        self._city = city

    async def begin(self, decision_id: UUID, at: datetime, *, restricted: bool) -> DecisionState:
        """Hand the draft to its readers under the city's rules; one that was begun stays as it is. Raises NotFoundError."""
        async with locked(self._engine, decision_id) as (connection, state):
            if state.status is not DecisionStatus.DRAFT:
                return state
            opener = await _principal(connection, state.opened_by)
            ruled = state.model_copy(update={"rules": self._city.decisions, "restricted": restricted})
            after = self._timed(begun(ruled, opener), at)
            await append_act(connection, after, NewAct(DecisionActKind.BEGUN, "begun", at=at))
            return after

    async def move(self, move: Move, effects: Effects, answer: Answer, at: datetime) -> DecisionState:
        """Do what the person asks, once per key: act, audit, state, text, record and dispositions, or nothing of it.

        Raises NotFoundError, and as `pesut.decisions.course.moved` does.
        """
        async with locked(self._engine, move.decision_id) as (connection, state):
            if await happened(connection, move.decision_id, move.key):
                return state
            after = self._timed(moved(state, move), at)
            if effects.text is not None:
                await _keep_text(connection, after, move, effects.text, at)
            act = NewAct(DecisionActKind(move.motion.kind), move.key, move.principal.id, note_of(move), at)
            await append_act(connection, after, act)
            if isinstance(move.motion, Approve | Reject):
                await decide(connection, Ruling(after, move, effects, answer, self._city, at))
            return after

    async def lapse(self, decision_id: UUID, due: datetime, at: datetime) -> DecisionState:
        """Let the time that ended at `due` take its effect; where the decision moved on meanwhile, nothing happens."""
        async with locked(self._engine, decision_id) as (connection, state):
            if state.due != due:
                return state
            after = self._timed(lapsed(state), at)
            escalated = after.status is DecisionStatus.APPROVAL
            kind = DecisionActKind.ESCALATED if escalated else DecisionActKind.EXPIRED
            note = ", ".join(late_readers(state)) if escalated else ""
            await append_act(connection, after, NewAct(kind, f"lapse/{due.isoformat()}", note=note, at=at))
            return after

    def _timed(self, state: DecisionState, at: datetime) -> DecisionState:
        """With the end of its status, in working days from `at`, where it has none yet."""
        days = {
            DecisionStatus.REVIEW: state.rules.review_workdays,
            DecisionStatus.RETURNED: state.rules.review_workdays,
            DecisionStatus.APPROVAL: state.rules.approval_workdays,
        }.get(state.status)
        if days is None or state.due is not None:
            return state
        return state.model_copy(update={"due": workday_from(at, days, self._city)})


@asynccontextmanager
async def locked(engine: AsyncEngine, decision_id: UUID) -> AsyncGenerator[tuple[AsyncConnection, DecisionState]]:
    """One transaction with the decision's row to itself. Raises NotFoundError."""
    query = select(col(DecisionRow.state)).where(col(DecisionRow.id) == decision_id).with_for_update()
    async with engine.begin() as connection:
        body = (await connection.execute(query)).scalar_one_or_none()
        if body is None:
            raise missing_decision(decision_id)
        yield connection, DecisionState.model_validate(body)


def note_of(move: Move) -> str:
    """What the person said about it: the reason, where one is due."""
    return getattr(move.motion, "reason", "") or getattr(move.motion, "note", "")


async def _keep_text(
    connection: AsyncConnection, state: DecisionState, move: Move, text: StaffReview, at: datetime
) -> None:
    assert isinstance(move.motion, Edit)
    draft = await draft_of(connection, state.decision_id)
    await connection.execute(
        insert(DecisionVersionRow).values(
            decision_id=state.decision_id,
            version=state.version,
            difference=difference(draft, text),
            principal_id=move.principal.id,
            note=move.motion.note,
            at=at,
        )
    )


async def _principal(connection: AsyncConnection, principal_id: UUID) -> Principal:
    query = select(PrincipalRow).where(col(PrincipalRow.id) == principal_id)
    return principal_in((await connection.execute(query)).mappings().one())
