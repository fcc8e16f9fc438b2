"""A decision's page, to which the code on its papers leads, and the papers themselves."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.decisions.files import paper_response
from api.services import WithServices
from api.web.pages import page
from api.web.sentences import sentence
from api.web.session import Reader
from pesut.contracts import ReviewPoint, StaffReview
from pesut.contracts.decision import Decision
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.closing import outcome_of
from pesut.decisions.course import APPROVED
from pesut.decisions.dispositions import dispositions_of
from pesut.decisions.listing import decision_of

router = APIRouter(prefix="/keputusan")


@router.get("/{decision_id}")
async def show_decision(request: Request, decision_id: UUID, reader: Reader, services: WithServices) -> HTMLResponse:
    """Where it stands, its text, what happened, what was ordered and what came of it."""
    decision = await decision_of(services.engine, decision_id, reader)
    return page(
        request,
        "decision.html",
        decision=decision,
        review=_by_id(decision),
        spoken=partial(sentence, labels={str(id_): label for label, id_ in decision.evidence.items()}),
        dispositions=await dispositions_of(services.engine, decision_id, services.city),
        outcome=await outcome_of(services.engine, decision_id),
        papers=list(PaperKind) if decision.state.status in APPROVED else [PaperKind.STAFF_REVIEW],
        sample=decision.sample,
    )


@router.get("/{decision_id}/naskah/{kind}.{format}")
async def show_paper(
    decision_id: UUID, kind: PaperKind, format: PaperFormat, reader: Reader, services: WithServices
) -> Response:
    return await paper_response(services, reader, decision_id, kind, format)


def _by_id(decision: Decision) -> StaffReview:
    """The text with the ids of its evidence in place of labels, as an answer has it."""

    def named(point: ReviewPoint) -> ReviewPoint:
        return point.model_copy(update={"evidence": tuple(str(decision.evidence[each]) for each in point.evidence)})

    return decision.review.with_points(named)
