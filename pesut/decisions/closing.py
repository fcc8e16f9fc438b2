"""The end of a decision: what came of it is kept for ever, and who decided on the same metric."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Dimension
from pesut.contracts.decision import DecisionActKind, DecisionState, DecisionStatus, Expectation
from pesut.contracts.outcome import Outcome
from pesut.database.tables import DecisionRow, OutcomeRow
from pesut.decisions.acts import NewAct, append_act
from pesut.decisions.course import APPROVED
from pesut.decisions.moves import locked
from pesut.decisions.record import canonical, digest_of_text
from pesut.errors import ConflictError

_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}


async def close(engine: AsyncEngine, outcome: Outcome, at: datetime) -> DecisionState:
    """Keep the outcome and close the decision; one that is closed stays as it is."""
    async with locked(engine, outcome.decision_id) as (connection, state):
        if state.status is not DecisionStatus.APPROVED:
            return state
        body = canonical(outcome)
        row = {"decision_id": outcome.decision_id, "digest": digest_of_text(body), "body": body}
        await connection.execute(insert(OutcomeRow).values(**row, recorded_at=func.clock_timestamp()))
        after = state.model_copy(update={"status": DecisionStatus.CLOSED})
        await append_act(connection, after, NewAct(DecisionActKind.CLOSED, "closed", note=outcome.verdict, at=at))
        return after


async def outcome_of(engine: AsyncEngine, decision_id: UUID) -> Outcome | None:
    """What came of the decision, once it is known. Raises ConflictError where what is kept is not what was written."""
    query = select(col(OutcomeRow.digest), col(OutcomeRow.body)).where(col(OutcomeRow.decision_id) == decision_id)
    async with engine.connect() as connection:
        row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    digest, body = row
    if digest_of_text(body) != digest:
        raise ConflictError(f"The outcome of decision {decision_id} is not what was kept.", remedy="Restore a backup.")
    return Outcome.model_validate_json(body)


async def regions_decided_on(engine: AsyncEngine, metric: str, other_than: UUID) -> frozenset[str]:
    """The regions that other approved decisions expect something of by this metric."""
    query = select(col(DecisionRow.expectation)).where(
        col(DecisionRow.status).in_(APPROVED),
        col(DecisionRow.id) != other_than,
        col(DecisionRow.expectation)["metric"].astext == metric,
    )
    async with engine.connect() as connection:
        expected = [Expectation.model_validate(body) for body in (await connection.execute(query)).scalars()]
    places = [each.values for one in expected for each in one.filters if each.dimension in _PLACES and not each.exclude]
    return frozenset(code for codes in places for code in codes)
