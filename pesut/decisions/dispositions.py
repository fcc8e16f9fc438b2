"""Dispositions as people see them, each only what they may see."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.city.models import City
from pesut.city.workdays import end_of
from pesut.contracts import Principal, Role, Scope
from pesut.contracts.disposition import Disposition, DispositionAct, DispositionMove, DispositionState
from pesut.database.tables import DispositionActRow, DispositionRow, PrincipalRow
from pesut.database.tables.base import Timestamp
from pesut.decisions.course import ensure_may_see
from pesut.decisions.handling import OVER
from pesut.decisions.missing import missing_disposition

MOST_LISTED = 100


async def disposition_state(engine: AsyncEngine, disposition_id: UUID) -> DispositionState:
    """Where the disposition stands. Raises NotFoundError."""
    return DispositionState.model_validate((await _row(engine, disposition_id))["state"])


async def disposition_states(engine: AsyncEngine, decision_id: UUID) -> list[DispositionState]:
    """Where each disposition of a decision stands, by number."""
    query = select(col(DispositionRow.state)).where(col(DispositionRow.decision_id) == decision_id)
    async with engine.connect() as connection:
        bodies = (await connection.execute(query.order_by(col(DispositionRow.number)))).scalars().all()
    return [DispositionState.model_validate(body) for body in bodies]


async def overdue_dispositions(engine: AsyncEngine, before: datetime) -> list[DispositionState]:
    """Open ones whose warning was due before `before`."""
    warned = col(DispositionRow.state)["warn_at"].astext.cast(Timestamp)
    query = select(col(DispositionRow.state)).where(col(DispositionRow.status).not_in(OVER), warned < before)
    async with engine.connect() as connection:
        bodies = (await connection.execute(query.limit(MOST_LISTED))).scalars().all()
    return [DispositionState.model_validate(body) for body in bodies]


async def disposition_done_before(engine: AsyncEngine, move: DispositionMove) -> bool:
    """Whether this move was kept already."""
    async with engine.connect() as connection:
        return await disposition_happened(connection, move)


async def disposition_happened(connection: AsyncConnection, move: DispositionMove) -> bool:
    query = select(col(DispositionActRow.id)).where(
        col(DispositionActRow.disposition_id) == move.disposition_id, col(DispositionActRow.key) == move.key
    )
    return (await connection.execute(query)).first() is not None


async def disposition_of(engine: AsyncEngine, disposition_id: UUID, principal: Principal, city: City) -> Disposition:
    """The disposition with all that happened to it. Raises NotFoundError and ForbiddenError."""
    row = await _row(engine, disposition_id)
    ensure_may_see(principal, restricted=DispositionState.model_validate(row["state"]).restricted)
    return (await _whole(engine, [row], city))[0]


async def dispositions_of(engine: AsyncEngine, decision_id: UUID, city: City) -> list[Disposition]:
    """Those of one decision, by number."""
    query = select(DispositionRow).where(col(DispositionRow.decision_id) == decision_id)
    return await _found(engine, query.order_by(col(DispositionRow.number)), city)


async def dispositions_for(
    engine: AsyncEngine, principal: Principal, city: City, *, is_open: bool = True, before: UUID | None = None
) -> list[Disposition]:
    """Those that the principal answers for, or all for whom the whole city is to be seen; newest first, at most MOST_LISTED."""
    query = select(DispositionRow).order_by(col(DispositionRow.id).desc()).limit(MOST_LISTED)
    if principal.role is Role.ANALYST:
        query = query.where(col(DispositionRow.agency_code).in_(principal.agencies or ()))
    if not principal.scope.covers(Scope(supervision=True)):
        query = query.where(col(DispositionRow.state)["restricted"].astext == "false")
    if is_open:
        query = query.where(col(DispositionRow.status).not_in(OVER))
    if before is not None:
        query = query.where(col(DispositionRow.id) < before)
    return await _found(engine, query, city)


async def _row(engine: AsyncEngine, disposition_id: UUID) -> RowMapping:
    async with engine.connect() as connection:
        query = select(DispositionRow).where(col(DispositionRow.id) == disposition_id)
        row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise missing_disposition(disposition_id)
    return row


async def _found(engine: AsyncEngine, query: Select[*tuple[Any, ...]], city: City) -> list[Disposition]:
    async with engine.connect() as connection:
        rows = list((await connection.execute(query)).mappings())
    return await _whole(engine, rows, city)


async def _whole(engine: AsyncEngine, rows: list[RowMapping], city: City) -> list[Disposition]:
    acts = await _acts(engine, [row["id"] for row in rows])
    return [_disposition(row, acts[row["id"]], city) for row in rows]


async def _acts(engine: AsyncEngine, ids: list[UUID]) -> dict[UUID, list[DispositionAct]]:
    query = (
        select(DispositionActRow, func.coalesce(col(PrincipalRow.name), "").label("principal"))
        .outerjoin(PrincipalRow, col(PrincipalRow.id) == col(DispositionActRow.principal_id))
        .where(col(DispositionActRow.disposition_id).in_(ids))
        .order_by(col(DispositionActRow.id))
    )
    found: defaultdict[UUID, list[DispositionAct]] = defaultdict(list)
    async with engine.connect() as connection:
        for row in (await connection.execute(query)).mappings():
            found[row["disposition_id"]].append(DispositionAct.model_validate(dict(row)))
    return found


def _disposition(row: RowMapping, acts: list[DispositionAct], city: City) -> Disposition:
    state = DispositionState.model_validate(row["state"])
    return Disposition(
        id=row["id"],
        decision_id=row["decision_id"],
        number=row["number"],
        option=row["option"],
        agency=state.agency,
        agency_name=state.agency_name,
        instruction=row["instruction"],
        deadline=state.deadline,
        metric=row["metric"],
        status=state.status,
        late=state.status not in OVER and end_of(state.deadline, city) <= datetime.now(UTC),
        acts=tuple(acts),
    )
