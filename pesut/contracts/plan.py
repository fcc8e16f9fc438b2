"""What a question was understood to ask."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from pesut.contracts.base import Code, Contract, Language
from pesut.contracts.patterns import PatternQuery
from pesut.contracts.query import DocumentQuery, DueQuery, LateQuery, MetricQuery, ReportQuery


class MetricStep(Contract):
    kind: Literal["metric"] = "metric"
    query: MetricQuery


class ReportStep(Contract):
    """Look into the reports themselves: examples, the newest, what people say about something."""

    kind: Literal["report"] = "report"
    query: ReportQuery


class DocumentStep(Contract):
    kind: Literal["document"] = "document"
    query: DocumentQuery


class RecommendStep(Contract):
    """Draft what could be done about the matter that the other steps look up."""

    kind: Literal["recommend"] = "recommend"
    topic: str = Field(max_length=500)
    categories: tuple[Code, ...] = ()
    regions: tuple[Code, ...] = ()


class StandingStep(Contract):
    """Look at how what was decided stands: what is late, and what waits."""

    kind: Literal["standing"] = "standing"
    query: Annotated[LateQuery | DueQuery, Field(discriminator="kind")]


class PatternStep(Contract):
    """Look at what many reports together tell: what is unusual, silent or late."""

    kind: Literal["pattern"] = "pattern"
    query: PatternQuery


Step = Annotated[
    MetricStep | ReportStep | DocumentStep | RecommendStep | StandingStep | PatternStep, Field(discriminator="kind")
]


class Option(Contract):
    """One reading to choose from: what it means, and the question that asks it without doubt."""

    label: str
    question: str


class Clarify(Contract):
    question: str
    options: tuple[Option, ...] = Field(max_length=6)


class DeclineReason(StrEnum):
    OUT_OF_SCOPE = "out_of_scope"  # not about the city's data, reports or documents
    NO_DATA = "no_data"  # about the city, but no dataset holds it
    UNKNOWN_REGION = "unknown_region"
    NOT_ALLOWED = "not_allowed"  # personal data, orders to the system
    UNREADABLE = "unreadable"  # empty, binary, too long


class Decline(Contract):
    """Why there is no plan, said to the asker in their language, with what to do: ask this agency, ask it so."""

    reason: DeclineReason
    message: str
    agency: Code | None = None


class Plan(Contract):
    """Steps, or one thing to clarify, or a reason to decline. `assumptions` are readings the asker should know of
    ("'banjir' dibaca sebagai laporan warga kategori banjir"), in the asker's language. `notes` names parts of the question that
    no step covers, so that the answer is partial. `briefing` is the day whose morning briefing this is, which has more steps
    than a question and follows from the catalog instead of from words.
    """

    language: Language = Language.ID
    steps: tuple[Step, ...] = Field(default=(), max_length=64)
    clarify: Clarify | None = None
    decline: Decline | None = None
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    briefing: date | None = None


class Turn(Contract):
    """One earlier turn of a conversation, typed: what a follow-up may lean on."""

    question: str
    plan: Plan
