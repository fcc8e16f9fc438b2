"""Decisions as people see them, each only what they may see."""

from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Principal, Scope
from pesut.contracts.decision import Decision, DecisionState, DecisionStatus, DecisionSummary
from pesut.database.tables import DecisionRecordRow, DecisionRow
from pesut.decisions.acts import acts_of
from pesut.decisions.course import ensure_may_see
from pesut.decisions.texts import text_of
from pesut.errors import NotFoundError
from pesut.runs.answers import answer_of

MOST_LISTED = 100


async def state_of(engine: AsyncEngine, decision_id: UUID) -> DecisionState:
    """Where the decision stands. Raises NotFoundError."""
    return DecisionState.model_validate((await _row(engine, decision_id))["state"])


async def decision_of(engine: AsyncEngine, decision_id: UUID, principal: Principal) -> Decision:
    """The whole decision, for who may see it. Raises NotFoundError and ForbiddenError."""
    row = await _row(engine, decision_id)
    state = DecisionState.model_validate(row["state"])
    ensure_may_see(principal, restricted=state.restricted)
    answer = await answer_of(engine, row["run_id"])
    assert answer is not None, "a decision is opened on an answer"
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
        return [_summary(row) for row in (await connection.execute(query)).mappings()]


async def _row(engine: AsyncEngine, decision_id: UUID) -> RowMapping:
    async with engine.connect() as connection:
        query = select(DecisionRow).where(col(DecisionRow.id) == decision_id)
        row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"There is no decision {decision_id}.", remedy="List the decisions first.")
    return row


def _summary(row: RowMapping) -> DecisionSummary:
    known = {name: row[name] for name in DecisionSummary.model_fields if name != "due"}
    return DecisionSummary.model_validate(known | {"due": row["state"]["due"]})
