"""Conversations, runs, evidence, answers; and who asked, with the trail of what they did."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, UniqueConstraint, text
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, json, timestamp

_BRIEFINGS = Index("ix_run_briefing", "briefing", "id", postgresql_where=text("briefing IS NOT NULL"))


class PrincipalRow(Table, table=True):
    """A person or machine that may ask. Only the SHA-256 of its bearer token is kept."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    role: str
    agencies: list[str] | None = json(default=None)
    token_sha256: str = Field(unique=True)
    created_at: datetime = timestamp()
    revoked_at: datetime | None = timestamp(default=None)


class AuditLogRow(Table, table=True):
    """One act, for ever: a trigger refuses change and removal."""

    __table_args__ = (Index("ix_audit_log_at", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    at: datetime = timestamp()
    principal_id: UUID | None = None
    action: str
    subject: str
    detail: dict[str, Any] = json(default_factory=dict)


class SwitchActRow(Table, table=True):
    """One flip of a switch, for ever: a trigger refuses change and removal. The last one tells where the switch stands."""

    __table_args__ = (Index("ix_switch_act_switch_id", "switch", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    switch: str
    turned_on: bool
    why: str
    principal_id: UUID = Field(foreign_key="principal.id")
    at: datetime = timestamp()


class ConversationRow(Table, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    principal_id: UUID = Field(foreign_key="principal.id")
    title: str = ""
    created_at: datetime = timestamp()


class RunRow(Table, table=True):
    """One question on its way to its answer. The caller's idempotency key makes it unique within its principal. `briefing`: the
    day whose morning briefing it is, if it is one. `repeats`: the run whose question an operator asked again, `reasoner` with which.
    """

    __table_args__ = (UniqueConstraint("principal_id", "idempotency_key"), Index("ix_run_status", "status"), _BRIEFINGS)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    conversation_id: UUID = Field(foreign_key="conversation.id", index=True)
    principal_id: UUID = Field(foreign_key="principal.id")
    idempotency_key: str
    question: str
    as_of: datetime | None = timestamp(default=None)
    briefing: date | None = None
    repeats: UUID | None = Field(default=None, foreign_key="run.id")
    reasoner: str | None = None
    status: str
    plan: dict[str, Any] | None = json(default=None)
    error: str | None = None
    started_at: datetime = timestamp()
    finished_at: datetime | None = timestamp(default=None)


class RunEventRow(Table, table=True):
    __table_args__ = (UniqueConstraint("run_id", "key"), Index("ix_run_event_run_id_id", "run_id", "id"))

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(always=False), primary_key=True))
    run_id: UUID = Field(foreign_key="run.id")
    kind: str
    key: str
    message: str = ""
    data: dict[str, Any] = json(default_factory=dict)
    at: datetime = timestamp()


class NodeTryRow(Table, table=True):
    """One try of one node of a run's graph; see `pesut.contracts.trace.NodeTry`."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    run_id: UUID = Field(foreign_key="run.id", index=True)
    node: str
    started_at: datetime = timestamp()
    finished_at: datetime | None = timestamp(default=None)
    error: str = Field(default="", sa_column_kwargs={"server_default": ""})
    received: dict[str, Any] = json(default_factory=dict, sa_column_kwargs={"server_default": "{}"})
    gave: dict[str, Any] = json(default_factory=dict, sa_column_kwargs={"server_default": "{}"})
    tools: list[Any] = json(default_factory=list, sa_column_kwargs={"server_default": "[]"})
    models: list[Any] = json(default_factory=list, sa_column_kwargs={"server_default": "[]"})


class EvidenceRow(Table, table=True):
    """`body` is the whole `Evidence`; `key` says which step of the run it belongs to, so that a retry finds it."""

    __table_args__ = (UniqueConstraint("run_id", "key"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    run_id: UUID = Field(foreign_key="run.id")
    key: str
    label: str
    digest: str
    body: dict[str, Any] = json()
    recorded_at: datetime = timestamp()


class AnswerRow(Table, table=True):
    id: UUID = Field(default_factory=new_id, primary_key=True)
    run_id: UUID = Field(foreign_key="run.id", unique=True)
    body: dict[str, Any] = json()
    created_at: datetime = timestamp()
