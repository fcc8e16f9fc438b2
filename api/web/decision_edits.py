"""The text of a decision as its readers change it, held against the evidence before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field, ValidationError

from agents.answer.check import unsupported_in
from api.services import Services, WithServices
from api.web.pages import page
from api.web.session import Reader
from pesut.contracts.decision import Change, Decision, Edit, Key, Move
from pesut.decisions.course import may_edit
from pesut.decisions.edits import changed
from pesut.decisions.fields import changes_in, fields_of
from pesut.decisions.listing import answer_behind, decision_of, done_with
from pesut.decisions.texts import sources_of
from pesut.drawing.words import later
from pesut.errors import ConflictError, ForbiddenError, InvalidInputError
from pesut.placeholders import PlaceholderError, Sources, render

router = APIRouter(prefix="/keputusan")
LONGEST = 2000  # characters of a point
MOST_FIELDS = 200
NOTHING_CHANGED = later("Belum ada yang diubah.")
CHANGED_MEANWHILE = later(
    "Naskah sudah diubah orang lain sejak Anda membukanya. Salin kata-kata Anda, lalu buka naskah yang baru."
)


@dataclass(frozen=True)
class Fault:
    """Why a change is not kept; `pointer` leads to the field that says `text`, where one does."""

    reason: str
    text: str = ""
    pointer: str = ""


class Sheet(BaseModel):
    """The form as it was sent: `key` and `version` as in every form of a decision, `texts` by JSON Pointer."""

    key: Key = Field(max_length=80)
    version: int = Field(ge=1)
    note: str = Field(default="", max_length=LONGEST)
    texts: dict[str, Annotated[str, Field(max_length=LONGEST)]]


async def _sheet(request: Request) -> Sheet:
    form = await request.form(max_fields=MOST_FIELDS)
    said = {name: text for name, text in form.items() if isinstance(text, str)}
    try:
        return Sheet.model_validate(said | {"texts": {name: said[name] for name in said if name.startswith("/")}})
    except ValidationError as error:
        raise InvalidInputError(
            "Formulirnya tidak utuh atau satu butir terlalu panjang.", remedy="Buka naskahnya lagi."
        ) from error


Sent = Annotated[Sheet, Depends(_sheet)]


@router.get("/{decision_id}/ubah")
async def show_text(request: Request, decision_id: UUID, reader: Reader, services: WithServices) -> HTMLResponse:
    """The text, point by point, for who may change it."""
    decision = await decision_of(services.engine, decision_id, reader)
    if not may_edit(decision.state, reader):
        raise ForbiddenError("Naskah ini tidak dapat Anda ubah sekarang.", remedy="Lihat siapa yang memegangnya.")
    return _form(request, decision, None, ())


@router.post("/{decision_id}/ubah")
async def change_text(
    request: Request, decision_id: UUID, sheet: Sent, reader: Reader, services: WithServices
) -> Response:
    """Keep the changes as one edit, once per key; or show them again with what the evidence does not carry."""
    decision, key = await decision_of(services.engine, decision_id, reader), f"{reader.id}/{sheet.key}"
    if not await done_with(services.engine, decision_id, key):
        changes = changes_in(decision.review, sheet.texts)
        try:
            faults = await _faults(services, decision, sheet, changes)
            if not faults:
                motion = Edit(changes=changes, note=sheet.note.strip())
                move = Move(decision_id=decision_id, principal=reader, key=key, version=sheet.version, motion=motion)
                await services.client.decisions.move(move)
        except (InvalidInputError, ConflictError) as error:
            faults = [Fault(error.detail)]
        if faults:
            return _form(request, decision, sheet, faults)
    return RedirectResponse(f"/keputusan/{decision_id}", status_code=303)


async def _faults(services: Services, decision: Decision, sheet: Sheet, changes: Sequence[Change]) -> list[Fault]:
    """Raises InvalidInputError for changes that make no staff review."""
    if sheet.version != decision.state.version:
        return [Fault(CHANGED_MEANWHILE)]
    if not changes:
        return [Fault(NOTHING_CHANGED)]
    sources = await sources_of(services.engine, await answer_behind(services.engine, decision.id), services.city)
    edited = changed(decision.review, changes, sources)
    same = len(fields_of(edited)) == len(fields_of(decision.review))
    places = {field.point.text: field.pointer for field in fields_of(edited)} if same else dict[str, str]()
    return [
        Fault(cut.reason, _spoken(cut.claim.text, sources), places.get(cut.claim.text, ""))
        for cut in unsupported_in(decision.review, edited, sources)
    ]


def _spoken(text: str, sources: Sources) -> str:
    try:
        return render(text, sources)
    except PlaceholderError:
        return text


def _form(request: Request, decision: Decision, sheet: Sheet | None, faults: Sequence[Fault]) -> HTMLResponse:
    """With what was written already in the sheet; without one the text as it stands."""
    return page(
        request,
        "decision_edit.html",
        InvalidInputError.status if faults else 200,
        decision=decision,
        fields=fields_of(decision.review),
        said=sheet.texts | {"note": sheet.note} if sheet else {},
        version=sheet.version if sheet else decision.state.version,
        faults=faults,
        faulty={fault.pointer: fault for fault in faults if fault.pointer},
        longest_point=LONGEST,
        sample=decision.sample,
    )
