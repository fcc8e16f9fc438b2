"""Dispositions as agencies have them: what they were told, what they answered, and what they can answer now."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from api.decisions.proofs import file_response, prove
from api.services import WithServices
from api.web.pages import page
from api.web.session import Reader
from pesut.contracts.decision import Key
from pesut.contracts.disposition import Acknowledge, Disposition, DispositionMotion, DispositionMove, Finish, Progress
from pesut.decisions.dispositions import disposition_of, dispositions_for
from pesut.decisions.handling import OVER, answers_for
from pesut.errors import InvalidInputError

router = APIRouter(prefix="/disposisi")


class Deed(StrEnum):
    """What an agency can answer on a disposition's page, beside a proof."""

    ACKNOWLEDGE = "acknowledge"
    PROGRESS = "progress"
    FINISH = "finish"


class Said(BaseModel):
    """`key` makes a second press do nothing more."""

    key: Key = Field(max_length=80)
    words: str = Field(default="", max_length=2000)


@router.get("")
async def show_dispositions(request: Request, reader: Reader, services: WithServices) -> HTMLResponse:
    """Open ones that the reader answers for or may see."""
    found = await dispositions_for(services.engine, reader, services.city)
    return page(request, "dispositions.html", dispositions=found)


@router.get("/{disposition_id}")
async def show_disposition(
    request: Request, disposition_id: UUID, reader: Reader, services: WithServices
) -> HTMLResponse:
    found = await disposition_of(services.engine, disposition_id, reader, services.city)
    theirs = answers_for(reader, found.agency) and found.status not in OVER
    return page(request, "disposition.html", disposition=found, theirs=theirs, proven=_proven(found))


@router.post("/{disposition_id}/proof")
async def attach_proof(
    disposition_id: UUID,
    reader: Reader,
    services: WithServices,
    key: Annotated[Key, Form(max_length=80)],
    words: Annotated[str, Form(min_length=1, max_length=200)],
    file: UploadFile,
) -> RedirectResponse:
    await prove(services, reader, disposition_id, key, words, file)
    return RedirectResponse(f"/disposisi/{disposition_id}", status_code=303)


@router.post("/{disposition_id}/{deed}")
async def answer(
    disposition_id: UUID, deed: Deed, said: Annotated[Said, Form()], reader: Reader, services: WithServices
) -> RedirectResponse:
    """Answer, once per key of the form."""
    motion, key = _motion(deed, said.words.strip()), f"{reader.id}/{said.key}"
    move = DispositionMove(disposition_id=disposition_id, principal=reader, key=key, motion=motion)
    await services.client.decisions.handle(move)
    return RedirectResponse(f"/disposisi/{disposition_id}", status_code=303)


@router.get("/{disposition_id}/berkas/{file_id}")
async def show_file(disposition_id: UUID, file_id: UUID, reader: Reader, services: WithServices) -> Response:
    return await file_response(services, reader, disposition_id, file_id)


def _proven(disposition: Disposition) -> bool:
    return any(act.kind == "proof" for act in disposition.acts)


def _motion(deed: Deed, words: str) -> DispositionMotion:
    """Raises InvalidInputError for progress of which nothing is said."""
    match deed:
        case Deed.ACKNOWLEDGE:
            return Acknowledge(note=words)
        case Deed.FINISH:
            return Finish(note=words)
        case Deed.PROGRESS if words:
            return Progress(note=words)
        case Deed.PROGRESS:
            raise InvalidInputError("Kemajuannya belum ditulis.", remedy="Tulis apa yang sudah dikerjakan.")
