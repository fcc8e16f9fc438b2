"""Lets somebody see evidence, and writes down that they did where it is restricted."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Evidence, Principal
from pesut.evidence.record import load_evidence
from pesut.evidence.replay import ensure_may_see
from pesut.principals import Act, record_act


async def open_evidence(engine: AsyncEngine, principal: Principal, evidence_id: UUID, action: str) -> Evidence:
    """The evidence, for `action` ("evidence.read", "evidence.replay"). Raises NotFoundError and ForbiddenError."""
    evidence = await load_evidence(engine, evidence_id)
    ensure_may_see(principal, evidence)
    if evidence.scope.supervision:
        async with engine.begin() as connection:
            await record_act(connection, Act(action, f"evidence/{evidence_id}", principal.id))
    return evidence
