"""A decision: how a staff review is read by people, changed, approved or not, and what each of them may do to it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints

from pesut.contracts.base import Code, Contract
from pesut.contracts.principal import Principal, Role
from pesut.contracts.query import Filter, Operator
from pesut.contracts.review import StaffReview

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Key = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,200}$")]
"""A caller's idempotency key: the same one again does nothing a second time."""


class DecisionStatus(StrEnum):
    DRAFT = "draft"  # opened; nobody was asked to read it yet
    REVIEW = "review"  # its reviewers read it
    RETURNED = "returned"  # back with who drafted it, for more evidence or other words
    APPROVAL = "approval"  # it waits for who decides
    APPROVED = "approved"  # its dispositions are out, its outcome is awaited
    CLOSED = "closed"  # what came of it is written down
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ReviewStep(Contract):
    """One reader of a draft: anybody with `role`, or, where `principal` is given, whoever has that name."""

    title: str = Field(min_length=1)
    role: Role = Role.REVIEWER
    principal: str = ""


class DecisionRules(Contract):
    """How a city decides (`decisions` in city.yml). Times are working days of its calendar, `outcome_days` plain days.

    Reviewers read one after the other or side by side. After `review_workdays` the draft goes to who decides without those who
    are late; after `approval_workdays` it expires. An agency is reminded before its deadline, and who decides is told of a
    deadline that was missed, again and again every `escalate_workdays`.
    """

    reviewers: tuple[ReviewStep, ...] = Field(default=(), max_length=20)
    in_order: bool = True
    approvers: tuple[Role, ...] = Field(default=(Role.MAYOR,), min_length=1)
    review_workdays: int = Field(default=5, ge=1, le=200)
    approval_workdays: int = Field(default=10, ge=1, le=200)
    remind_workdays: int = Field(default=2, ge=1, le=100)
    escalate_workdays: int = Field(default=3, ge=1, le=100)
    outcome_days: int = Field(default=90, ge=7, le=1100)


class Endorsement(Contract):
    """That a reader of a draft stands by the text of `version`; `step` is a place in `DecisionRules.reviewers`."""

    step: int
    principal_id: UUID
    version: int


class DecisionState(Contract):
    """Where a decision stands. `rules` are those it was opened under; `restricted`: it rests on data that only supervision may
    see; `due`: when its present status ends by itself.
    """

    decision_id: UUID
    status: DecisionStatus = DecisionStatus.DRAFT
    version: int = 1
    asked_by: UUID
    opened_by: UUID
    rules: DecisionRules = DecisionRules()
    restricted: bool = True
    endorsements: tuple[Endorsement, ...] = ()
    due: AwareDatetime | None = None


class Change(Contract):
    """One operation of a JSON Patch (RFC 6902) on the staff review, by JSON Pointer: `/options/0/action/text`."""

    op: Literal["add", "replace", "remove"]
    path: str = Field(pattern=r"^(/[^/]{1,60}){1,6}$")
    value: JsonValue = None


class Directive(Contract):
    """What an agency is told to do about an option (by its place in Saran). What is left out is taken from the option."""

    option: int = Field(ge=0)
    agency: Code | None = None
    deadline: date | None = None
    instruction: Note = ""


class Target(Contract):
    """The value that the metric should then have, in the metric's unit."""

    operator: Operator
    value: float


class Expectation(Contract):
    """What the decision should bring about: a metric of the catalog where `filters` hold, looked at again on `review_on`.
    Without a target: better than before, in the direction that the catalog calls better.
    """

    metric: Code
    filters: tuple[Filter, ...] = Field(default=(), max_length=12)
    target: Target | None = None
    review_on: date


class Endorse(Contract):
    """A reader stands by the draft."""

    kind: Literal["endorse"] = "endorse"
    note: Note = ""


class SendBack(Contract):
    """A reader, or who decides, asks for more evidence or another text."""

    kind: Literal["send_back"] = "send_back"
    reason: Reason


class Edit(Contract):
    """Changes to the text. Numbers stay placeholders, or the values that stood there."""

    kind: Literal["edit"] = "edit"
    changes: tuple[Change, ...] = Field(min_length=1, max_length=100)
    note: Note = ""


class Submit(Contract):
    """A draft that was sent back goes to its readers again."""

    kind: Literal["submit"] = "submit"
    note: Note = ""


class Approve(Contract):
    """Yes to one or more options, each sent to one or more agencies. Without an expectation there is no outcome to look up."""

    kind: Literal["approve"] = "approve"
    directives: tuple[Directive, ...] = Field(min_length=1, max_length=50)
    expectation: Expectation | None = None
    note: Note = ""


class Reject(Contract):
    kind: Literal["reject"] = "reject"
    reason: Reason


class Withdraw(Contract):
    """Who asked for it, or opened it, takes it back."""

    kind: Literal["withdraw"] = "withdraw"
    reason: Reason


Motion = Annotated[
    Endorse | SendBack | Edit | Submit | Approve | Reject | Withdraw,
    Field(discriminator="kind"),
]


class Move(Contract):
    """What a person does to a decision. `version` is the text that the person had before them."""

    decision_id: UUID
    principal: Principal
    key: Key
    version: int = Field(ge=1)
    motion: Motion


class DecisionActKind(StrEnum):
    """What can have happened to a decision: what people did, and what time or Pesut did."""

    OPENED = "opened"
    BEGUN = "begun"
    ENDORSE = "endorse"
    SEND_BACK = "send_back"
    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ESCALATED = "escalated"  # the readers' time ran out
    EXPIRED = "expired"
    CLOSED = "closed"


class DecisionAct(Contract):
    """One thing that happened, for ever; `status` is the decision's after it. `principal_id` None: Pesut itself."""

    id: UUID
    decision_id: UUID
    kind: DecisionActKind
    key: str
    principal_id: UUID | None
    principal: str = ""
    version: int
    status: DecisionStatus
    note: str = ""
    at: AwareDatetime


class Decision(Contract):
    """A decision as people see it: its present text, whose points name evidence by label, and all that happened to it.

    `evidence` gives the id of each label. `record` is the digest of the frozen record, once it was decided.
    """

    id: UUID
    run_id: UUID
    title: str
    state: DecisionState
    review: StaffReview
    evidence: dict[str, UUID]
    acts: tuple[DecisionAct, ...]
    expectation: Expectation | None = None
    record: str | None = None
    sample: bool = False
    opened_at: AwareDatetime


class DecisionSummary(Contract):
    """A decision in a list; `theirs`: it waits for who looks at the list."""

    id: UUID
    title: str
    status: DecisionStatus
    categories: tuple[Code, ...]
    due: AwareDatetime | None
    theirs: bool
    sample: bool
    opened_at: AwareDatetime
