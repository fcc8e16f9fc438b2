"""Asking: a message to a conversation starts a run, whose address comes back at once."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from api.access import Asker
from api.idempotency import IdempotencyKey
from api.problems import problems
from api.services import WithServices
from pesut.contracts import MAX_QUESTION_CHARACTERS, new_id
from pesut.errors import ConflictError, NotFoundError, TooMuchWorkError
from pesut.runs import NewRun, Run
from pesut.runs.listing import Conversation, conversations_of, open_conversation, runs_of

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])


class Message(BaseModel):
    """A question, in Indonesian or English. `as_of` (with offset) answers from what was known at that moment."""

    text: str = Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)
    as_of: AwareDatetime | None = None


class Accepted(BaseModel):
    """The run that will answer; follow `events`, then read `answer`."""

    run_id: UUID
    conversation_id: UUID
    run: str
    events: str
    answer: str


@router.post("", status_code=201, responses=problems())
async def start_conversation(asker: Asker, services: WithServices) -> Conversation:
    """Open a conversation; its later messages may lean on the earlier ones."""
    return await open_conversation(services.engine, asker.id)


@router.get("", responses=problems())
async def list_conversations(asker: Asker, services: WithServices) -> list[Conversation]:
    """The asker's own conversations, newest first (at most 100)."""
    return await conversations_of(services.engine, asker.id)


@router.get("/{conversation_id}/runs", responses=problems(NotFoundError))
async def list_runs(conversation_id: UUID, asker: Asker, services: WithServices) -> list[Run]:
    """What was asked in a conversation of the asker's own, oldest first."""
    return await runs_of(services.engine, conversation_id, asker.id)


@router.post(
    "/{conversation_id}/messages", status_code=202, responses=problems(NotFoundError, ConflictError, TooMuchWorkError)
)
async def ask(
    conversation_id: UUID,
    message: Message,
    asker: Asker,
    services: WithServices,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Accepted:
    """Take in a question. Once this answers 202, the question survives any crash and is answered once."""
    run = NewRun(asker.id, idempotency_key or str(new_id()), message.text, conversation_id, message.as_of)
    run_id, _ = await services.client.ask(run)
    address = f"/v1/runs/{run_id}"
    response.headers["Location"] = address
    return Accepted(
        run_id=run_id,
        conversation_id=conversation_id,
        run=address,
        events=f"{address}/events",
        answer=f"{address}/answer",
    )
