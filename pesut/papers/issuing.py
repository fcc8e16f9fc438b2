"""Hands a paper of a decision to somebody who may read the decision, and writes down that it did."""

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.contracts import Principal
from pesut.contracts.decision import Decision
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.exhibits import exhibits
from pesut.decisions.listing import answer_behind, decision_of
from pesut.decisions.record import Government, record_of
from pesut.decisions.texts import sources_of
from pesut.papers.composing import compose
from pesut.papers.document import Paper
from pesut.papers.dossier import Dossier, dossier_of, written_at
from pesut.principals import Act, record_act


@dataclass(frozen=True)
class IssuedPaper:
    """A file; `digest` is its SHA-256."""

    name: str
    content: bytes
    digest: str


async def issue_paper(
    engine: AsyncEngine, city: City, principal: Principal, decision_id: UUID, kind: PaperKind, format_: PaperFormat
) -> IssuedPaper:
    """The paper as a file, the same bytes each time once something was decided.

    Raises NotFoundError and ForbiddenError as reading the decision does, ConflictError for a paper that the decision does not have.
    """
    decision = await decision_of(engine, decision_id, principal)
    paper = compose(kind, await _dossier(engine, city, decision))
    content = await asyncio.to_thread(write, paper, format_)
    issued = IssuedPaper(f"{kind}-{decision_id}.{format_}", content, sha256(content).hexdigest())
    detail = {"kind": kind, "format": format_, "version": decision.state.version, "sha256": issued.digest}
    async with engine.begin() as connection:
        await record_act(connection, Act("decision.paper", f"decision/{decision_id}", principal.id, detail))
    return issued


def write(paper: Paper, format_: PaperFormat) -> bytes:
    """The paper in this format; the library that writes it is loaded when it is first asked for."""
    match format_:
        case PaperFormat.PDF:
            from pesut.papers.pdf import write_pdf

            return write_pdf(paper)
        case PaperFormat.DOCX:
            from pesut.papers.docx import write_docx

            return write_docx(paper)


async def _dossier(engine: AsyncEngine, city: City, decision: Decision) -> Dossier:
    if decision.record is not None:
        seal, record = await record_of(engine, decision.id)
        return dossier_of(record, seal)
    answer = await answer_behind(engine, decision.id)
    return Dossier(
        decision_id=decision.id,
        title=decision.title,
        review=decision.review,
        version=decision.state.version,
        written_at=written_at(decision.acts, answer.as_of),
        exhibits=exhibits(await sources_of(engine, answer, city)),
        sample=decision.sample,
        restricted=decision.state.restricted,
        government=Government.of(city),
    )
