"""Documents with passages, and budget lines with what was realised of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import BigInteger, Column, Computed, Index
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, Versioned, json, timestamp


class DocumentRow(Versioned, table=True):
    """A paper of the government: regulation, plan, past decision."""

    code: str = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    title: str
    kind: str  # regulation, plan, decision, report
    number: str = ""
    issued_on: date | None = None
    agency_code: str | None = None
    categories: list[str] = json(default_factory=list)
    restricted: bool = False


class PassageRow(Versioned, table=True):
    """A piece of a document, in order, small enough to quote."""

    __table_args__ = (
        Index("ix_passage_document_code", "document_code"),
        Index("ix_passage_search", "search", postgresql_using="gin"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    document_code: str
    ordinal: int
    heading: str = ""
    text: str
    search: Any = Field(
        default=None,
        sa_column=Column(TSVECTOR, Computed("to_tsvector('indonesian', heading || ' ' || text)", persisted=True)),
    )


class PassageVectorRow(Table, table=True):
    space: str = Field(primary_key=True, foreign_key="embedding_space.code")
    passage_id: UUID = Field(primary_key=True, foreign_key="passage.id")
    vector: Any = Field(sa_column=Column(HALFVEC, nullable=False))


class BudgetLineRow(Versioned, table=True):
    """A line of the yearly budget (APBD): `ceiling` (*pagu*) in whole Rupiah."""

    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    agency_code: str
    program: str
    activity: str = ""
    name: str
    categories: list[str] = json(default_factory=list)
    ceiling: int = Field(sa_type=BigInteger)


class BudgetRealisationRow(Versioned, table=True):
    """What was spent of a line (*realisasi*) in one month, in whole Rupiah; `month` is its first day."""

    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    recorded_at: datetime = timestamp(primary_key=True)
    amount: int = Field(sa_type=BigInteger)
