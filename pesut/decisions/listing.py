"""Decisions as people see them, each only what they may see."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Answer, Principal, Scope
from pesut.contracts.decision import Decision, DecisionState, DecisionStatus, DecisionSummary, Move
from pesut.database.tables import DecisionRecordRow, DecisionRow
from pesut.database.tables.base import Timestamp
from pesut.decisions.acts import acts_of, happened
from pesut.decisions.course import OPEN, ensure_may_see, is_theirs
from pesut.decisions.missing import missing_decision
from pesut.decisions.texts import text_of
from pesut.runs.answers import answer_of

MOST_LISTED = 100
_UNDER_WAY = {*OPEN, DecisionStatus.APPROVED}


async def state_of(engine: AsyncEngine, decision_id: UUID) -> DecisionState:
    """Where the decision stands. Raises NotFoundError."""
    return DecisionState.model_validate((await _row(engine, decision_id))["state"])


async def decision_on(engine: AsyncEngine, run_id: UUID) -> UUID | None:
    """The decision on the staff review of this run's answer, if it was opened."""
    async with engine.connect() as connection:
        query = select(col(DecisionRow.id)).where(col(DecisionRow.run_id) == run_id)
        return (await connection.execute(query)).scalar_one_or_none()


async def overdue(engine: AsyncEngine, before: datetime) -> list[UUID]:
    """Decisions that something should have happened to before `before`: begun, lapsed, or their outcome looked up."""
    due = func.coalesce(
        col(DecisionRow.state)["due"].astext.cast(Timestamp),
        col(DecisionRow.expectation)["review_on"].astext.cast(Timestamp),
        col(DecisionRow.opened_at),
    )
    query = select(col(DecisionRow.id)).where(col(DecisionRow.status).in_(_UNDER_WAY), due < before)
    waiting = or_(col(DecisionRow.status) != DecisionStatus.APPROVED, col(DecisionRow.expectation).is_not(None))
    async with engine.connect() as connection:
        return list((await connection.execute(query.where(waiting).limit(MOST_LISTED))).scalars())


async def done_before(engine: AsyncEngine, move: Move) -> bool:
    """Whether this move was kept already."""
    return await done_with(engine, move.decision_id, move.key)


async def done_with(engine: AsyncEngine, decision_id: UUID, key: str) -> bool:
    """Whether a move with this key was kept already."""
    async with engine.connect() as connection:
        return await happened(connection, decision_id, key)


async def answer_behind(engine: AsyncEngine, decision_id: UUID) -> Answer:
    """The answer whose staff review the decision is on. Raises NotFoundError."""
    answer = await answer_of(engine, (await _row(engine, decision_id))["run_id"])
    assert answer is not None, "a decision is opened on an answer"
    return answer


async def decision_of(engine: AsyncEngine, decision_id: UUID, principal: Principal) -> Decision:
    """The whole decision, for who may see it. Raises NotFoundError and ForbiddenError."""
    row = await _row(engine, decision_id)
    state = DecisionState.model_validate(row["state"])
    ensure_may_see(principal, restricted=state.restricted)
    answer = await answer_behind(engine, decision_id)
    record = select(col(DecisionRecordRow.digest)).where(col(DecisionRecordRow.decision_id) == decision_id)
    async with engine.connect() as connection:
        return Decision(
            id=decision_id,
            run_id=row["run_id"],
            title=row["title"],
            state=state,
            review=await text_of(connection, decision_id, state.version),
            evidence={each.label: each.id for each in answer.evidence},
            acts=await acts_of(connection, decision_id),
            expectation=row["expectation"],
            record=(await connection.execute(record)).scalar_one_or_none(),
            sample=row["sample"],
            opened_at=row["opened_at"],
        )


async def decisions_for(
    engine: AsyncEngine, principal: Principal, status: DecisionStatus | None = None, before: UUID | None = None
) -> list[DecisionSummary]:
    """Those that the principal may see, newest first, at most MOST_LISTED; `before` goes on after the last one seen."""
    query = select(DecisionRow).order_by(col(DecisionRow.id).desc()).limit(MOST_LISTED)
    if not principal.scope.covers(Scope(supervision=True)):
        query = query.where(col(DecisionRow.restricted).is_(False))
    if status is not None:
        query = query.where(col(DecisionRow.status) == status)
    if before is not None:
        query = query.where(col(DecisionRow.id) < before)
    async with engine.connect() as connection:
        return [_summary(row, principal) for row in (await connection.execute(query)).mappings()]


async def decisions_waiting(engine: AsyncEngine, principal: Principal) -> list[DecisionSummary]:
    """Those that it is the principal's turn to move on, the newest first, of the newest MOST_LISTED whose text may still change."""
    query = select(DecisionRow).where(col(DecisionRow.status).in_(OPEN)).order_by(col(DecisionRow.id).desc())
    async with engine.connect() as connection:
        rows = (await connection.execute(query.limit(MOST_LISTED))).mappings().all()
    return [each for row in rows if (each := _summary(row, principal)).theirs]


async def _row(engine: AsyncEngine, decision_id: UUID) -> RowMapping:
    async with engine.connect() as connection:
        query = select(DecisionRow).where(col(DecisionRow.id) == decision_id)
        row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise missing_decision(decision_id)
    return row


def _summary(row: RowMapping, principal: Principal) -> DecisionSummary:
    state = DecisionState.model_validate(row["state"])
    told = {"due": state.due, "theirs": is_theirs(state, principal)}
    known = {name: row[name] for name in DecisionSummary.model_fields if name not in told}
    return DecisionSummary.model_validate(known | told)
