"""Reports by their address: what one said before personal data was masked, for those who may see it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.access import Asker
from api.problems import problems
from api.services import WithServices
from pesut.errors import ForbiddenError, NotFoundError, UnavailableError
from pesut.reports.privacy.originals import LONGEST_REASON, SHORTEST_REASON, OpenedReport, open_original

router = APIRouter(prefix="/v1/reports", tags=["reports"])
Reason = Annotated[
    str,
    Query(
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        description="Why it has to be seen. Kept in the audit log for ever.",
    ),
]


@router.get("/{report_id}/original", responses=problems(ForbiddenError, NotFoundError, UnavailableError))
async def show_original(report_id: UUID, reason: Reason, asker: Asker, services: WithServices) -> OpenedReport:
    """The report as it was told, for the inspectorate. Who opened it, when and why stands in the audit log before this answers."""
    return await open_original(services.engine, services.vault, asker, report_id, reason)
