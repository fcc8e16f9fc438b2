"""Evaluation runs, and each case that they ask with what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, json, timestamp


class EvaluationRunRow(Table, table=True):
    """One run: `wanted` is its `EvaluationOrder`; the versions say of what it speaks. `error`: why it could not begin."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    wanted: dict[str, Any] = json()
    catalog_version: str = ""
    code_version: str
    data_digest: str = ""
    status: str = Field(index=True)
    error: str = ""
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
