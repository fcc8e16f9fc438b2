"""What the asker gets."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, Field

from pesut.contracts.base import Contract, Language
from pesut.contracts.evidence import Evidence
from pesut.contracts.finding import Agent, Caveat, Chart, RegionMap
from pesut.contracts.plan import Clarify, Plan
from pesut.contracts.review import StaffReview


class ClaimKind(StrEnum):
    FACT = "fact"
    ASSUMPTION = "assumption"
    ANALYSIS = "analysis"
    RECOMMENDATION = "recommendation"


class BriefingPart(StrEnum):
    """What a sentence of a morning briefing is about, in the order in which it is read."""

    CROSSED = "crossed"  # values beyond a threshold that were not beyond it the day before
    BEYOND = "beyond"  # values that still are, or are observed less often than daily
    CHANGED = "changed"  # yesterday, or the running month, against the time before
    GROWING = "growing"  # categories of reports that grow
    LATE = "late"  # dispositions
    DUE = "due"  # decisions


class Claim(Contract):
    """One sentence. Every number in `text` is a placeholder `{LABEL.path|format}` such as `{E3.rows[0].value|rupiah}`;
    outside placeholders it holds no digit. `evidence` lists what it rests on: labels in a draft, ids in an Answer; `rendered`
    is the sentence with the values put in (empty until composed). `part` is set in a morning briefing.
    """

    text: str
    kind: ClaimKind
    evidence: tuple[str, ...] = ()
    rendered: str = ""
    part: BriefingPart | None = None


class CutClaim(Contract):
    """A claim that the checker did not let through, and why."""

    claim: Claim
    reason: str


class AnswerStatus(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFICATION = "clarification"
    NO_DATA = "no_data"
    STALE_DATA = "stale_data"
    OUT_OF_SCOPE = "out_of_scope"
    DECLINED = "declined"
    FAILED = "failed"


class ModelUse(Contract):
    """Which reasoner answered and, for a model, what it used. `prompts` names each prompt file with its version."""

    reasoner: str
    model: str | None = None
    prompts: tuple[str, ...] = ()
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    error: str | None = None


class Timing(Contract):
    step: str
    milliseconds: float


class Answer(Contract):
    """The whole answer. `text` is the rendered claims as short paragraphs; `claims[].evidence` are ids of `evidence[]`.

    `degraded`: a model was configured but the offline reasoner had to answer. `sample_data`: synthetic rows went in.
    """

    id: UUID
    run_id: UUID
    conversation_id: UUID
    question: str
    language: Language
    status: AnswerStatus
    degraded: bool = False
    sample_data: bool = False
    text: str
    claims: tuple[Claim, ...] = ()
    cut: tuple[CutClaim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    agents: tuple[Agent, ...] = ()
    charts: tuple[Chart, ...] = ()
    map: RegionMap | None = None
    staff_review: StaffReview | None = None
    caveats: tuple[Caveat, ...] = ()
    clarify: Clarify | None = None
    follow_ups: tuple[str, ...] = ()
    plan: Plan
    timings: tuple[Timing, ...] = ()
    model: ModelUse = Field(default_factory=lambda: ModelUse(reasoner="offline"))
    as_of: AwareDatetime
    created_at: AwareDatetime
    catalog_version: str
    code_version: str

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """What is named as its sources: all evidence; of a briefing, which looks at much to say little, what a sentence rests on."""
        cited = {each for claim in self.claims for each in claim.evidence}
        return tuple(each for each in self.evidence if self.plan.briefing is None or str(each.id) in cited)
