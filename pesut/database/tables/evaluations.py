"""Evaluation runs, each case that they ask with what came of it, and cases that use of the answers proposed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, json, timestamp


class EvaluationRunRow(Table, table=True):
    """One run: `wanted` is its `EvaluationOrder`; the versions say of what it speaks. `error`: why it could not begin. `results`: what
    its suites came to, once it is over.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    wanted: dict[str, Any] = json()
    catalog_version: str = ""
    code_version: str
    data_digest: str = ""
    status: str = Field(index=True)
    error: str = ""
    results: dict[str, Any] | None = json(default=None)
    started_at: datetime = timestamp()
    finished_at: datetime | None = timestamp(default=None)


class EvaluationCaseRow(Table, table=True):
    """One case and repetition, planned when the run begins and written once, when it was asked: `material` is all that scoring
    needs, with the full answer; `outcomes` is what scoring found. `error`: why it could not be asked.
    """

    __table_args__ = (UniqueConstraint("run_id", "suite", "name", "repetition"),)

    run_id: UUID = Field(foreign_key="evaluation_run.id", primary_key=True)
    number: int = Field(primary_key=True)
    suite: str
    name: str
    repetition: int
    about: dict[str, Any] = json()
    material: dict[str, Any] | None = json(default=None)
    outcomes: list[dict[str, Any]] = json(default_factory=list)
    error: str = ""
    seconds: float | None = None
    finished_at: datetime | None = timestamp(default=None)


class ProposedCaseRow(Table, table=True):
    """What somebody found wrong with an answer, a draft or a report, once for each `subject`: `text` is what was asked or told, `got`
    what Pesut made of it. A person accepts it (`suite`, and the case as `written`) or dismisses it, with a `reason`.
    """

    __table_args__ = (UniqueConstraint("origin", "subject"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    origin: str
    subject: str
    text: str
    got: dict[str, Any] = json(default_factory=dict)
    note: str = ""
    proposed_by: UUID | None = Field(default=None, foreign_key="principal.id")
    proposed_at: datetime = timestamp()
    status: str = Field(index=True)
    suite: str | None = None
    written: dict[str, Any] | None = json(default=None)
    decided_by: UUID | None = Field(default=None, foreign_key="principal.id")
    decided_at: datetime | None = timestamp(default=None)
    reason: str = ""
