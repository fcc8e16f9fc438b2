"""Citizens' reports: what was said (never changes), what was decided of it (versions), what happened to it (events)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import Column, Computed, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, Versioned, json, timestamp


class ReportRow(Table, table=True):
    """A report as it was told, masked. `reporter` is a pseudonym; `number` is what people quote; `masked_by` names the version of
    `pesut.reports.privacy.masking` (EARLIER for rows that came before there was one, "" until they are masked).
    """

    __table_args__ = (
        UniqueConstraint("source", "source_key"),
        Index("ix_report_search", "search", postgresql_using="gin"),
        Index("ix_report_unmasked", "id", postgresql_where=text("masked_by = ''")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    source: str
    source_key: str
    number: str = Field(index=True)
    title: str
    body: str
    channel: str
    reporter: str = ""
    submitted_at: datetime = timestamp(index=True)
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    masked_by: str = ""
    recorded_at: datetime = timestamp()
    sample: bool = False
    search: Any = Field(
        default=None,
        sa_column=Column(TSVECTOR, Computed("to_tsvector('indonesian', title || ' ' || body)", persisted=True)),
    )


QUEUED = "superseded_at = '9999-01-01 00:00:00+00' AND decided @? '$.*.by ? (@ == \"queue\")'"
"""Holds of a state that stands and in which at least one field waits for a person."""


class ReportStateRow(Versioned, table=True):
    """What is decided of a report. `decided` keeps for each field how it was decided, how sure, and by which version."""

    __table_args__ = (
        Index("ix_report_state_submitted_at", "submitted_at"),
        Index("ix_report_state_category_submitted", "category", "submitted_at"),
        Index("ix_report_state_queued", "submitted_at", postgresql_where=text(QUEUED)),
    )

    report_id: UUID = Field(primary_key=True, foreign_key="report.id")
    recorded_at: datetime = timestamp(primary_key=True)
    submitted_at: datetime = timestamp()
    region_code: str | None = None  # the village where known, else the district, else the city
    agency_code: str | None = None
    category: str | None = None
    classification: str = "complaint"
    status: str = "waiting"
    channel: str
    reporter: str = ""
    responded_at: datetime | None = timestamp(default=None)
    closed_at: datetime | None = timestamp(default=None)
    language: str | None = None  # of the text: id, en, other, none
    urgency: str | None = None
    decided: dict[str, Any] = json(default_factory=dict)


class ReportEventRow(Table, table=True):
    """One step in a report's life: received, forwarded, responded, closed, reopened, rated."""

    __table_args__ = (UniqueConstraint("report_id", "kind", "happened_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    report_id: UUID = Field(foreign_key="report.id")
    kind: str
    happened_at: datetime = timestamp()
    recorded_at: datetime = timestamp()
    actor: str = ""
    note: str = ""


class EmbeddingSpaceRow(Table, table=True):
    """A space of vectors: which embedder made it, fitted on what. Vectors of two spaces are never compared."""

    __table_args__ = (Index("uq_embedding_space_current", "subject", unique=True, postgresql_where=text("current")),)

    code: str = Field(primary_key=True)  # "<subject>:<embedder's space>"
    subject: str  # report, passage
    dimension: int
    current: bool = False
    recorded_at: datetime = timestamp()


class ReportVectorRow(Table, table=True):
    space: str = Field(primary_key=True, foreign_key="embedding_space.code")
    report_id: UUID = Field(primary_key=True, foreign_key="report.id")
    vector: Any = Field(sa_column=Column(HALFVEC, nullable=False))


class ReportLinkRow(Table, table=True):
    """That a report tells what `like_id` told before it, in the group around `first_id`; both are the report itself where nothing
    like it came before. Never changed: each report is compared once, with those before it.
    """

    __table_args__ = (Index("ix_report_link_first_id", "first_id"),)

    report_id: UUID = Field(primary_key=True, foreign_key="report.id")
    first_id: UUID = Field(foreign_key="report.id")
    like_id: UUID = Field(foreign_key="report.id")
    how: str  # first, text, matter; see pesut.reports.linking.linker
    likeness: float
    version: str
    recorded_at: datetime = timestamp()


class SampleTruthRow(Table, table=True):
    """What is really true of a sample report (category, place, group of equal matters), for evaluation; agents cannot read it."""

    report_id: UUID = Field(primary_key=True)
    truth: dict[str, Any] = json()


class ClassifierModelRow(Table, table=True):
    """One version of what was learned for one task (agency, category); never changed but for `current`.

    `body` is the model itself, arrays and JSON; `figures` what it scored when it was trained.
    """

    __table_args__ = (
        Index("uq_classifier_model_current", "city", "task", unique=True, postgresql_where=text("current")),
    )

    version: str = Field(primary_key=True)
    task: str = Field(primary_key=True)
    city: str  # code of the region it was learned for
    data_digest: str  # SHA-256 of the labelled reports it was learned from
    reports: int
    figures: dict[str, Any] = json()
    body: bytes = Field(sa_type=LargeBinary)
    body_digest: str
    current: bool = False
    trained_by: UUID | None = None
    recorded_at: datetime = timestamp()
