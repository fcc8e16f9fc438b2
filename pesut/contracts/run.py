"""A question on its way, and what is told of it meanwhile."""

from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue

from pesut.contracts.base import Contract
from pesut.contracts.plan import Turn
from pesut.contracts.principal import Principal

MAX_QUESTION_CHARACTERS = 4000


class Question(Contract):
    """What starts a run. `history` is the typed memory of the conversation, oldest first. `as_of` None: now. `briefing` asks for
    that day's morning briefing; `text` is then only its title. `reasoner` "offline" asks no model, also where there is one.
    """

    run_id: UUID
    conversation_id: UUID
    principal: Principal
    text: str = Field(max_length=MAX_QUESTION_CHARACTERS)
    history: tuple[Turn, ...] = Field(default=(), max_length=6)
    as_of: AwareDatetime | None = None
    briefing: date | None = None
    reasoner: Literal["offline"] | None = None


class RunStatus(StrEnum):
    RUNNING = "running"
    AWAITING_REVIEW = "awaiting_review"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class RunEventKind(StrEnum):
    STARTED = "started"
    STEP_STARTED = "step_started"
    STEP_FINISHED = "step_finished"
    EVIDENCE = "evidence"
    ANSWER = "answer"
    FAILED = "failed"
    REVIEWED = "reviewed"  # a person decided on the staff review, or nobody did in time
    CANCELLED = "cancelled"


class RunEvent(Contract):
    """One thing that happened in a run. `id` grows with time within the run; `key` is unique within it, so that a
    repeated step tells its events once. `message` is a sentence for the asker.
    """

    id: int
    run_id: UUID
    kind: RunEventKind
    key: str
    message: str = ""
    data: dict[str, JsonValue] = Field(default_factory=dict)
    at: AwareDatetime
