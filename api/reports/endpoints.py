"""Citizens' reports: taken in, and what one said before personal data was masked, for those who may see it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.access import Asker, only
from api.idempotency import IdempotencyKey
from api.problems import problems
from api.reports.schemas import COLUMNS, ReportBatch
from api.services import WithServices
from pesut.contracts import Principal, Role
from pesut.errors import ConflictError, ForbiddenError, NotFoundError, TooMuchWorkError, UnavailableError
from pesut.intake.receipt import Receipt
from pesut.intake.report_intake import Delivery
from pesut.reports.privacy.originals import LONGEST_REASON, SHORTEST_REASON, OpenedReport, open_original

router = APIRouter(prefix="/v1/reports", tags=["reports"])
CHANNEL = "api"  # of reports whose sender names none
Sender = Annotated[Principal, Depends(only(Role.OPERATOR, Role.ANALYST))]
Reason = Annotated[
    str,
    Query(
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        description="Why it has to be seen. Kept in the audit log for ever.",
    ),
]


@router.post("", status_code=201, responses=problems(ConflictError, ForbiddenError, TooMuchWorkError, large=True))
async def send_reports(
    batch: ReportBatch, sender: Sender, services: WithServices, idempotency_key: IdempotencyKey = None
) -> Receipt:
    """Take in up to 500 reports. Once this answers 201 they survive any crash, masked and decided, and the next question sees them.

    What is odd about a report (no text, another language, a moment in the future, …) is flagged, not refused. The receipt lists
    those that cannot be stored, with the reason; the rest goes in. When none can be stored the answer is 422.
    """
    rows = [report.model_dump(exclude_none=True) for report in batch.reports]
    delivery = Delivery(batch.source, CHANNEL, rows, COLUMNS, sender.id, idempotency_key)
    return await services.reports.take(delivery)


@router.get("/{report_id}/original", responses=problems(ForbiddenError, NotFoundError, UnavailableError))
async def show_original(report_id: UUID, reason: Reason, asker: Asker, services: WithServices) -> OpenedReport:
    """The report as it was told, for the inspectorate. Who opened it, when and why stands in the audit log before this answers."""
    return await open_original(services.engine, services.vault, asker, report_id, reason)
