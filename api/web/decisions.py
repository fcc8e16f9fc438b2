"""Decisions as people have them: those that wait for them, one with what they can do to it, and its papers."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from api.decisions.files import paper_response
from api.services import WithServices
from api.web.pages import page
from api.web.sentences import sentence
from api.web.session import Reader
from pesut.contracts import ReviewPoint, StaffReview
from pesut.contracts.decision import (
    Approve,
    Decision,
    DecisionStatus,
    Directive,
    Endorse,
    Key,
    Motion,
    Move,
    Reject,
    SendBack,
    Submit,
    Withdraw,
)
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.closing import outcome_of
from pesut.decisions.course import APPROVED, may_edit, possible
from pesut.decisions.dispositions import dispositions_of
from pesut.decisions.fields import differences
from pesut.decisions.listing import decision_of, decisions_for, decisions_waiting, state_of
from pesut.decisions.texts import text_at
from pesut.drawing.words import later
from pesut.errors import InvalidInputError

router = APIRouter(prefix="/keputusan")
PATIENCE_SECONDS = 5  # for a draft to reach its readers before its page is shown
LOOK_AGAIN_SECONDS = 0.1
NOTHING = (
    later("Tidak ada keputusan yang menunggu Anda."),
    later("Belum ada. Telaahan staf dari sebuah jawaban dapat diajukan di sini."),
)


class Deed(StrEnum):
    """What a person can do to a decision on its page."""

    ENDORSE = "endorse"
    APPROVE = "approve"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class Said(BaseModel):
    """`key` makes a second press do nothing more; `version` is the text that the reader had before them; `option`: places in Saran."""

    key: Key = Field(max_length=80)
    version: int = Field(ge=1)
    words: str = Field(default="", max_length=2000)
    option: tuple[int, ...] = Field(default=(), max_length=50)


@router.get("")
async def show_decisions(request: Request, reader: Reader, services: WithServices) -> HTMLResponse:
    """Those that wait for the reader, then the newest hundred others."""
    theirs = await decisions_waiting(services.engine, reader)
    found = await decisions_for(services.engine, reader)
    return page(
        request,
        "decisions.html",
        theirs=theirs,
        others=[each for each in found if not each.theirs],
        nothing=NOTHING,
        sample=any(each.sample for each in (*theirs, *found)),
    )


@router.post("")
async def take_forward(reader: Reader, services: WithServices, run_id: Annotated[UUID, Form()]) -> RedirectResponse:
    """Open the decision on the staff review of an answer; pressed again it leads to the same one."""
    decision_id = await services.client.open_decision(run_id, reader)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await state_of(services.engine, decision_id)).status is DecisionStatus.DRAFT:  # noqa: ASYNC110 (a worker's doing)
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
    return RedirectResponse(f"/keputusan/{decision_id}", status_code=303)


@router.get("/{decision_id}")
async def show_decision(request: Request, decision_id: UUID, reader: Reader, services: WithServices) -> HTMLResponse:
    """Where it stands, its text, what happened, what was ordered and what came of it."""
    decision = await decision_of(services.engine, decision_id, reader)
    return page(
        request,
        "decision.html",
        decision=decision,
        possible=possible(decision.state, reader),
        editable=may_edit(decision.state, reader),
        differences=differences(await text_at(services.engine, decision_id, 1), decision.review),
        review=_by_id(decision),
        spoken=partial(sentence, labels={str(id_): label for label, id_ in decision.evidence.items()}),
        dispositions=await dispositions_of(services.engine, decision_id, services.city),
        outcome=await outcome_of(services.engine, decision_id),
        papers=list(PaperKind) if decision.state.status in APPROVED else [PaperKind.STAFF_REVIEW],
        sample=decision.sample,
    )


@router.post("/{decision_id}/{deed}")
async def do(
    decision_id: UUID,
    deed: Deed,
    said: Annotated[Said, Form()],
    reader: Reader,
    services: WithServices,
) -> RedirectResponse:
    """Do it, once per key of the form."""
    move = Move(
        decision_id=decision_id,
        principal=reader,
        key=f"{reader.id}/{said.key}",
        version=said.version,
        motion=_motion(deed, said.words.strip(), said.option),
    )
    await services.client.decisions.move(move)
    return RedirectResponse(f"/keputusan/{decision_id}", status_code=303)


@router.get("/{decision_id}/naskah/{kind}.{format}")
async def show_paper(
    decision_id: UUID, kind: PaperKind, format: PaperFormat, reader: Reader, services: WithServices
) -> Response:
    return await paper_response(services, reader, decision_id, kind, format)


def _motion(deed: Deed, words: str, options: Sequence[int]) -> Motion:
    """Raises InvalidInputError where a reason, or an option to be carried out, is missing."""
    match deed:
        case Deed.ENDORSE:
            return Endorse(note=words)
        case Deed.SUBMIT:
            return Submit(note=words)
        case Deed.APPROVE if options:
            return Approve(directives=tuple(Directive(option=each) for each in options), note=words)
        case Deed.APPROVE:
            raise InvalidInputError(
                later("Belum ada saran yang dipilih."), remedy=later("Pilih saran yang dijalankan, atau tolak.")
            )
        case _ if not words:
            raise InvalidInputError(
                later("Alasannya belum ditulis."), remedy=later("Tulis alasannya, lalu kirim lagi.")
            )
        case Deed.SEND_BACK:
            return SendBack(reason=words)
        case Deed.REJECT:
            return Reject(reason=words)
        case Deed.WITHDRAW:
            return Withdraw(reason=words)


def _by_id(decision: Decision) -> StaffReview:
    """The text with the ids of its evidence in place of labels, as an answer has it."""

    def named(point: ReviewPoint) -> ReviewPoint:
        return point.model_copy(update={"evidence": tuple(str(decision.evidence[each]) for each in point.evidence)})

    return decision.review.with_points(named)
