"""Decisions on staff reviews, and the dispositions that follow from them: where they stand, and what a person does to them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from api.access import Asker
from api.decisions.files import MEDIA_TYPES, paper_response
from api.decisions.proofs import file_response, prove
from api.problems import problems
from api.services import WithServices
from pesut.contracts.decision import Decision, DecisionState, DecisionStatus, DecisionSummary, Key, Motion, Move
from pesut.contracts.disposition import Disposition, DispositionMotion, DispositionMove, DispositionState
from pesut.contracts.outcome import Outcome
from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.decisions.closing import outcome_of
from pesut.decisions.dispositions import disposition_of, dispositions_for, dispositions_of
from pesut.decisions.listing import decision_of, decisions_for
from pesut.errors import ConflictError, ForbiddenError, NotFoundError

router = APIRouter(prefix="/v1", tags=["decisions"])
REFUSALS = problems(NotFoundError, ForbiddenError, ConflictError)
MOST_KEY_CHARACTERS = 160
_BYTES = {"schema": {"type": "string", "format": "binary"}}
FILES: dict[int | str, dict[str, Any]] = {200: {"content": dict.fromkeys(MEDIA_TYPES.values(), _BYTES)}}


class Opening(BaseModel):
    """The run whose answer carries the staff review."""

    run_id: UUID


class Step(BaseModel):
    """What is done to a decision: `version` is the text that was read, `key` makes a repeated request do nothing more."""

    key: Key = Field(max_length=MOST_KEY_CHARACTERS)
    version: int = Field(ge=1)
    motion: Motion


class DispositionStep(BaseModel):
    """What is done to a disposition; `key` as in a step."""

    key: Key = Field(max_length=MOST_KEY_CHARACTERS)
    motion: DispositionMotion


@router.post("/decisions", status_code=201, responses=REFUSALS)
async def open_decision(opening: Opening, asker: Asker, services: WithServices) -> Decision:
    """Take a staff review forward; a run whose decision is open already gives that one."""
    decision_id = await services.client.open_decision(opening.run_id, asker)
    return await decision_of(services.engine, decision_id, asker)


@router.get("/decisions", responses=problems())
async def list_decisions(
    asker: Asker,
    services: WithServices,
    status: DecisionStatus | None = None,
    before: Annotated[UUID | None, Query(description="Goes on after the last one seen.")] = None,
) -> list[DecisionSummary]:
    """Those that the asker may see, newest first (at most 100)."""
    return await decisions_for(services.engine, asker, status, before)


@router.get("/decisions/{decision_id}", responses=problems(NotFoundError, ForbiddenError))
async def show_decision(decision_id: UUID, asker: Asker, services: WithServices) -> Decision:
    """Its present text, where it stands, and all that happened to it."""
    return await decision_of(services.engine, decision_id, asker)


@router.post("/decisions/{decision_id}/acts", responses=REFUSALS)
async def move_decision(decision_id: UUID, step: Step, asker: Asker, services: WithServices) -> DecisionState:
    """Endorse, send back, edit, submit, approve, reject or withdraw; answered once it is kept."""
    move = Move(
        decision_id=decision_id, principal=asker, key=f"{asker.id}/{step.key}", version=step.version, motion=step.motion
    )
    return await services.client.decisions.move(move)


@router.get("/decisions/{decision_id}/dispositions", responses=problems(NotFoundError, ForbiddenError))
async def list_its_dispositions(decision_id: UUID, asker: Asker, services: WithServices) -> list[Disposition]:
    """What agencies were told to do about it, and what they answered."""
    await decision_of(services.engine, decision_id, asker)
    return await dispositions_of(services.engine, decision_id, services.city)


@router.get("/decisions/{decision_id}/outcome", responses=problems(NotFoundError, ForbiddenError))
async def show_outcome(decision_id: UUID, asker: Asker, services: WithServices) -> Outcome:
    """What its metric showed on the review date; 404 before."""
    await decision_of(services.engine, decision_id, asker)
    outcome = await outcome_of(services.engine, decision_id)
    if outcome is None:
        raise NotFoundError("What came of this decision is not known yet.", remedy="Look at its review date.")
    return outcome


@router.get(
    "/decisions/{decision_id}/papers/{kind}.{format}",
    response_class=Response,
    responses=FILES | REFUSALS,
)
async def show_paper(
    decision_id: UUID, kind: PaperKind, format: PaperFormat, asker: Asker, services: WithServices
) -> Response:
    """Its telaahan staf, nota dinas or lembar disposisi as a file. Once something was decided, the same bytes each time.

    An open decision has its telaahan staf only, marked as a draft; a rejected one has no nota dinas and no lembar disposisi.
    """
    return await paper_response(services, asker, decision_id, kind, format)


@router.get("/dispositions", responses=problems())
async def list_dispositions(asker: Asker, services: WithServices) -> list[Disposition]:
    """Open ones that the asker answers for or may see, newest first (at most 100)."""
    return await dispositions_for(services.engine, asker, services.city)


@router.get("/dispositions/{disposition_id}", responses=problems(NotFoundError, ForbiddenError))
async def show_disposition(disposition_id: UUID, asker: Asker, services: WithServices) -> Disposition:
    """The order, its deadline, and all that happened to it."""
    return await disposition_of(services.engine, disposition_id, asker, services.city)


@router.post(
    "/dispositions/{disposition_id}/proofs",
    responses=problems(NotFoundError, ForbiddenError, ConflictError, large=True),
)
async def prove_disposition(
    disposition_id: UUID,
    asker: Asker,
    services: WithServices,
    key: Annotated[Key, Form(max_length=MOST_KEY_CHARACTERS)],
    title: Annotated[str, Form(min_length=1, max_length=200)],
    file: UploadFile,
) -> DispositionState:
    """Hand in a file (PDF, JPEG, PNG, Word, Excel or OpenDocument, at most 3 MiB) as proof; the same key again does nothing more."""
    return await prove(services, asker, disposition_id, key, title, file)


@router.get(
    "/dispositions/{disposition_id}/files/{file_id}",
    response_class=Response,
    responses=problems(NotFoundError, ForbiddenError, ConflictError)
    | {200: {"content": {"application/octet-stream": _BYTES}}},
)
async def show_proof_file(disposition_id: UUID, file_id: UUID, asker: Asker, services: WithServices) -> Response:
    """A file that was handed in as proof, to be saved; who took it is written down."""
    return await file_response(services, asker, disposition_id, file_id)


@router.post("/dispositions/{disposition_id}/acts", responses=REFUSALS)
async def move_disposition(
    disposition_id: UUID, step: DispositionStep, asker: Asker, services: WithServices
) -> DispositionState:
    """Acknowledge, report progress, attach a proof, finish or cancel; answered once it is kept."""
    key = f"{asker.id}/{step.key}"
    move = DispositionMove(disposition_id=disposition_id, principal=asker, key=key, motion=step.motion)
    return await services.client.decisions.handle(move)
