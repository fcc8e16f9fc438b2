"""A disposition: what an agency was told to do about a decision, what it answered, and what time did meanwhile."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue, model_validator

from pesut.contracts.base import Code, Contract
from pesut.contracts.decision import DecisionRules, Key, Note, Reason
from pesut.contracts.principal import Principal


class DispositionStatus(StrEnum):
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


class DispositionState(Contract):
    """Where a disposition stands. `warnings` counts those that were given: a reminder before the deadline, one when it passed,
    then escalations; the next is due at `warn_at`. `rules` are those of its decision.
    """

    disposition_id: UUID
    decision_id: UUID
    agency: Code
    agency_name: str
    deadline: date
    status: DispositionStatus = DispositionStatus.SENT
    rules: DecisionRules
    restricted: bool = False
    proofs: int = 0
    warnings: int = 0
    warn_at: AwareDatetime


class Acknowledge(Contract):
    """The agency has read it and takes it on."""

    kind: Literal["acknowledge"] = "acknowledge"
    note: Note = ""


class Progress(Contract):
    kind: Literal["progress"] = "progress"
    note: Reason


class Proof(Contract):
    """A proof of what was done: where it lies, with its SHA-256 where that is known, or a file that was handed in before."""

    kind: Literal["proof"] = "proof"
    title: Annotated[str, Field(min_length=1, max_length=200)]
    address: Annotated[str, Field(pattern=r"^https?://\S{3,500}$")] | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    file: UUID | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.address is None) is (self.file is None):
            raise ValueError("a proof lies at an address or is a file")
        return self


class Finish(Contract):
    """The agency says that it is done; a proof must be there."""

    kind: Literal["finish"] = "finish"
    note: Note = ""


class Cancel(Contract):
    """Who decides takes the disposition back."""

    kind: Literal["cancel"] = "cancel"
    reason: Reason


DispositionMotion = Annotated[
    Acknowledge | Progress | Proof | Finish | Cancel,
    Field(discriminator="kind"),
]


class DispositionMove(Contract):
    """What a person does to a disposition."""

    disposition_id: UUID
    principal: Principal
    key: Key
    motion: DispositionMotion


class DispositionActKind(StrEnum):
    SENT = "sent"
    ACKNOWLEDGE = "acknowledge"
    PROGRESS = "progress"
    PROOF = "proof"
    FINISH = "finish"
    CANCEL = "cancel"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    REDIRECTED = "redirected"  # its agency is no more; another answers for it now


class DispositionAct(Contract):
    """One thing that happened, for ever; `status` is the disposition's after it. `principal_id` None: Pesut itself."""

    id: UUID
    disposition_id: UUID
    kind: DispositionActKind
    key: str
    principal_id: UUID | None
    principal: str = ""
    status: DispositionStatus
    note: str = ""
    detail: dict[str, JsonValue] = Field(default_factory=dict)
    at: AwareDatetime


class Disposition(Contract):
    """An order to an agency: `number` counts within the decision, `option` is the place in Saran. `late`: its deadline passed
    before it was done.
    """

    id: UUID
    decision_id: UUID
    number: int
    option: int
    agency: Code
    agency_name: str
    instruction: str
    deadline: date
    metric: Code | None
    status: DispositionStatus
    late: bool
    acts: tuple[DispositionAct, ...] = ()
