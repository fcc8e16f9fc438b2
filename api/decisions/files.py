"""Papers as responses."""

from uuid import UUID

from fastapi import Response

from api.services import Services
from pesut.contracts import Principal
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.papers import issue_paper

MEDIA_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def paper_response(
    services: Services, asker: Principal, decision_id: UUID, kind: PaperKind, format_: PaperFormat
) -> Response:
    """A file to be saved. Raises as `pesut.papers.issue_paper` does."""
    paper = await issue_paper(services.engine, services.city, asker, decision_id, kind, format_)
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}"', "ETag": f'"{paper.digest}"'}
    return Response(paper.content, media_type=MEDIA_TYPES[format_], headers=headers)
