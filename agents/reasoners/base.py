"""One contract, two reasoners: what a reasoner is asked, and what it may say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pydantic import Field, model_validator

from pesut.catalog.models import Catalog
from pesut.city.models import City, Gazetteer
from pesut.contracts import (
    Claim,
    Code,
    Contract,
    Evidence,
    Finding,
    Language,
    ModelUse,
    Plan,
    StaffReview,
    Turn,
)
from pesut.errors import InvalidInputError


@dataclass(frozen=True)
class PlanRequest:
    """A question with all that it may be understood by: never a citizen's or a document's text.

    `history` is oldest first. `now` is aware, in the city's zone; periods in the plan are reckoned from it.
    """

    question: str
    history: tuple[Turn, ...]
    city: City
    catalog: Catalog
    gazetteer: Gazetteer
    now: datetime

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("`now` needs a time zone")


class ReadPurpose(StrEnum):
    """What a quarantined reader is to look for."""

    EXCERPT = "excerpt"  # the spans of each text that speak to the topic
    LABEL = "label"  # which labels of the vocabulary each text deserves


@dataclass(frozen=True)
class Source:
    """A text that somebody else wrote: data, never instruction."""

    id: str
    text: str


@dataclass(frozen=True)
class Label:
    """A label that a reading may give, with what it means."""

    code: str
    meaning: str


@dataclass(frozen=True)
class ReadRequest:
    """Texts to read for one purpose. `topic` is the asker's or the plan's; at most `limit` spans or labels per text."""

    texts: tuple[Source, ...]
    purpose: ReadPurpose
    language: Language
    topic: str = ""
    vocabulary: tuple[Label, ...] = ()
    limit: int = 1


class Span(Contract):
    """The characters `start` (inclusive) to `end` (exclusive) of the text of `source`, word for word."""

    source: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)

    @model_validator(mode="after")
    def _holds_something(self) -> "Span":
        if self.start >= self.end:
            raise ValueError("a span holds at least one character")
        return self


class SourceLabel(Contract):
    """A label of the request's vocabulary, given to one text."""

    source: str
    label: Code


class Reading(Contract):
    """All that a reading may hold: where something stands, and labels from a closed vocabulary. No text of its own, so
    that nothing a text orders can travel on.
    """

    spans: tuple[Span, ...] = ()
    labels: tuple[SourceLabel, ...] = ()

    def checked(self, request: ReadRequest) -> "Reading":
        """This reading, when it speaks only of the request's texts and vocabulary. Raises ReadingError otherwise."""
        lengths = {source.id: len(source.text) for source in request.texts}
        known = {label.code for label in request.vocabulary}
        for span in self.spans:
            if span.end > lengths.get(span.source, 0):
                raise ReadingError(f"The span {span.start}:{span.end} is not in a text called {span.source!r}.")
        for given in self.labels:
            if given.source not in lengths or given.label not in known:
                raise ReadingError(f"The label {given.label!r} of {given.source!r} was not on offer.")
        return self


class ReadingError(InvalidInputError):
    """A reader returned something outside what it was given."""

    slug = "reading"
    title = "The reading does not fit its texts"


@dataclass(frozen=True)
class WriteRequest:
    """What was found, to be put into claims. `evidence` is by label ("E1"); `wants_review` asks for a staff review."""

    question: str
    language: Language
    plan: Plan
    findings: tuple[Finding, ...]
    evidence: Mapping[str, Evidence]
    catalog: Catalog
    city: City
    gazetteer: Gazetteer
    now: datetime
    wants_review: bool = False


class Draft(Contract):
    """Claims with placeholders only, to be checked and composed; follow-ups are questions the asker may go on with."""

    claims: tuple[Claim, ...]
    staff_review: StaffReview | None = None
    follow_ups: tuple[str, ...] = ()


class Reasoner(Protocol):
    """Understands questions, reads others' texts in quarantine, and writes claims. Both kinds return the same types.

    All three raise UnavailableError only when no answer can be had at all; a model's failure is answered by the offline
    reasoner, and `use.error` then says so.
    """

    @property
    def use(self) -> ModelUse:
        """What was used since this reasoner was made (make one per run of a node)."""
        ...

    async def plan(self, request: PlanRequest) -> Plan: ...

    async def read(self, request: ReadRequest) -> Reading: ...

    async def write(self, request: WriteRequest) -> Draft: ...
