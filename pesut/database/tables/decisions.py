"""Decisions with their texts, acts and records; dispositions to agencies; outcomes. Acts, records and outcomes only grow."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, json, timestamp


class DecisionRow(Table, table=True):
    """A decision as it stands: `state` is its `DecisionState`, whose status stands beside it to be searched by."""

    __table_args__ = (Index("ix_decision_status_id", "status", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    run_id: UUID = Field(foreign_key="run.id", unique=True)
    title: str
    categories: list[str] = json(default_factory=list)
    sample: bool = False
    status: str
    restricted: bool = True
    state: dict[str, Any] = json()
    expectation: dict[str, Any] | None = json(default=None)
    opened_at: datetime = timestamp()


class DecisionVersionRow(Table, table=True):
    """A text of a decision: the draft itself as version 1, later ones as a JSON Patch (RFC 6902) against it."""

    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)
    version: int = Field(primary_key=True)
    draft: dict[str, Any] | None = json(default=None)
    difference: list[dict[str, Any]] = json(default_factory=list)
    principal_id: UUID = Field(foreign_key="principal.id")
    note: str = ""
    at: datetime = timestamp()


class DecisionActRow(Table, table=True):
    """One act; the caller's key makes it unique within its decision."""

    __table_args__ = (UniqueConstraint("decision_id", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    decision_id: UUID = Field(foreign_key="decision.id")
    kind: str
    key: str
    principal_id: UUID | None = Field(default=None, foreign_key="principal.id")
    version: int
    status: str
    note: str = ""
    at: datetime = timestamp()


class DecisionRecordRow(Table, table=True):
    """What was decided, frozen: `body` is canonical JSON, kept as text so that its SHA-256 holds to the byte."""

    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)
    digest: str
    body: str = Field(sa_type=Text)
    recorded_at: datetime = timestamp()


class DispositionRow(Table, table=True):
    """An order to an agency; `state` is its `DispositionState`."""

    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        Index("ix_disposition_agency_code_status", "agency_code", "status"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    decision_id: UUID = Field(foreign_key="decision.id")
    number: int
    option: int
    agency_code: str
    instruction: str
    deadline: date
    metric: str | None = None
    status: str
    state: dict[str, Any] = json()


class DispositionActRow(Table, table=True):
    __table_args__ = (UniqueConstraint("disposition_id", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    disposition_id: UUID = Field(foreign_key="disposition.id")
    kind: str
    key: str
    principal_id: UUID | None = Field(default=None, foreign_key="principal.id")
    status: str
    note: str = ""
    detail: dict[str, Any] = json(default_factory=dict)
    at: datetime = timestamp()


class ProofFileRow(Table, table=True):
    """A file by which an agency proves what it did, as it came; agents cannot read it."""

    __table_args__ = (UniqueConstraint("disposition_id", "sha256"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    disposition_id: UUID = Field(foreign_key="disposition.id")
    name: str
    sha256: str
    content: bytes = Field(sa_type=LargeBinary)
    principal_id: UUID = Field(foreign_key="principal.id")
    at: datetime = timestamp()


class OutcomeRow(Table, table=True):
    """What came of a decision; `body` is canonical JSON as in a record."""

    decision_id: UUID = Field(foreign_key="decision.id", primary_key=True)
    digest: str
    body: str = Field(sa_type=Text)
    recorded_at: datetime = timestamp()
