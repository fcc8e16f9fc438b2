"""Evidence by its address: what a number rests on, and the same query run again."""

from uuid import UUID

from fastapi import APIRouter

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.contracts import Evidence, Replay
from pesut.errors import ForbiddenError, NotFoundError
from pesut.evidence import replay
from pesut.evidence.opening import open_evidence

router = APIRouter(prefix="/v1/evidence", tags=["evidence"])


@router.get("/{evidence_id}", responses=problems(NotFoundError, ForbiddenError))
async def show_evidence(evidence_id: UUID, asker: Asker, services: WithServices) -> Evidence:
    """The typed query, its SQL and parameters, where the rows came from, and the result with its digest."""
    return await open_evidence(services.engine, asker, evidence_id, "evidence.read")


@router.post("/{evidence_id}/replay", responses=problems(NotFoundError, ForbiddenError))
async def replay_evidence(evidence_id: UUID, asker: Asker, services: WithServices) -> Replay:
    """Run the evidence's SQL again, as of its moment: the same digest, or the difference shown."""
    evidence = await open_evidence(services.engine, asker, evidence_id, "evidence.replay")
    return await replay(services.engine, evidence)
