"""What a number rests on, and the same query run again."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.services import WithServices
from api.web.basis import basis
from api.web.pages import page, pages_of
from api.web.session import Reader
from pesut.evidence import replay
from pesut.evidence.opening import open_evidence

router = APIRouter(prefix="/bukti")


@router.get("/{evidence_id}")
async def show_evidence(
    request: Request, evidence_id: UUID, reader: Reader, services: WithServices, baris: int = 0
) -> HTMLResponse:
    """Definition, sources, times, query and rows; `baris` is the number of the row to point at."""
    evidence = await open_evidence(services.engine, reader, evidence_id, "evidence.read")
    shown = await basis(services, evidence, pages_of(request).wording, row=baris)
    return page(request, "evidence.html", **shown)


@router.post("/{evidence_id}")
async def run_again(
    request: Request, evidence_id: UUID, reader: Reader, services: WithServices, baris: int = 0
) -> HTMLResponse:
    evidence = await open_evidence(services.engine, reader, evidence_id, "evidence.replay")
    replayed = await replay(services.engine, evidence)
    shown = await basis(services, evidence, pages_of(request).wording, row=baris, replayed=replayed)
    return page(request, "evidence.html", **shown)
