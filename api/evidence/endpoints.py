"""Evidence by its address: what a number rests on, and the same query run again."""

from uuid import UUID

from fastapi import APIRouter

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.contracts import Evidence, Principal, Replay
from pesut.errors import ForbiddenError, NotFoundError
from pesut.evidence import ensure_may_see, load_evidence, replay
from pesut.principals import Act, record_act

router = APIRouter(prefix="/v1/evidence", tags=["evidence"])


async def _open(services: WithServices, asker: Principal, evidence_id: UUID, action: str) -> Evidence:
    evidence = await load_evidence(services.engine, evidence_id)
    ensure_may_see(asker, evidence)
    if evidence.scope.supervision:
        async with services.engine.begin() as connection:
            await record_act(connection, Act(action, f"evidence/{evidence_id}", asker.id))
    return evidence


@router.get("/{evidence_id}", responses=problems(NotFoundError, ForbiddenError))
async def show_evidence(evidence_id: UUID, asker: Asker, services: WithServices) -> Evidence:
    """The typed query, its SQL and parameters, where the rows came from, and the result with its digest."""
    return await _open(services, asker, evidence_id, "evidence.read")


@router.post("/{evidence_id}/replay", responses=problems(NotFoundError, ForbiddenError))
async def replay_evidence(evidence_id: UUID, asker: Asker, services: WithServices) -> Replay:
    """Run the evidence's SQL again, as of its moment: the same digest, or the difference shown."""
    evidence = await _open(services, asker, evidence_id, "evidence.replay")
    return await replay(services.engine, evidence)
