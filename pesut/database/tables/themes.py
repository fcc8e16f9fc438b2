"""Themes of citizens' reports: what they are called, which reports are in them, and what was done to them. All of it in versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field

from pesut.contracts.base import new_id
from pesut.database.tables.base import Table, Versioned, json, timestamp


class ThemeRow(Table, table=True):
    """A theme's identity, which it keeps whatever it comes to be called and whichever reports come and go."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    recorded_at: datetime = timestamp()


class ThemeStateRow(Versioned, table=True):
    """What is known of a theme.

    `into` is the theme that it stands for now: itself, or the one that it was merged into, whose reports its own then are too.
    `label` and `terms` come from the reports that everybody may see, except where `restricted`. `named_by`, `confirmed_by`
    and `locked_by` are people's; a locked theme is neither merged nor split.
    """

    __table_args__ = (Index("ix_theme_state_into", "into"),)

    theme_id: UUID = Field(primary_key=True, foreign_key="theme.id")
    recorded_at: datetime = timestamp(primary_key=True)
    into: UUID = Field(foreign_key="theme.id")
    label: str = ""
    terms: list[str] = json(default_factory=list)
    described_at: int = 0  # reports that it had when label and terms were found
    restricted: bool = False
    named_by: UUID | None = None
    confirmed_by: UUID | None = None
    locked_by: UUID | None = None


class ThemeMemberRow(Versioned, table=True):
    """That a report was put into a theme; without one, that it is like no other."""

    __table_args__ = (Index("ix_theme_member_theme_id", "theme_id"),)

    report_id: UUID = Field(primary_key=True, foreign_key="report.id")
    recorded_at: datetime = timestamp(primary_key=True)
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id")
    how: str  # see pesut.reports.themes.model.How
    likeness: float
    version: str


class ThemeCentreRow(Table, table=True):
    """Where a theme lies in a space of vectors: float32 of unit length. No evidence rests on it; another space, other centres."""

    space: str = Field(primary_key=True)
    theme_id: UUID = Field(primary_key=True, foreign_key="theme.id")
    centre: bytes = Field(sa_type=LargeBinary)


class ThemeViewRow(Table, table=True):
    """What themes see of a space of vectors; see `pesut.reports.themes.view`."""

    space: str = Field(primary_key=True)
    body: bytes = Field(sa_type=LargeBinary)


class ThemeChangeRow(Table, table=True):
    """One thing that was done to a theme: opened, merged, split by the machine; renamed, confirmed, locked by a person. Only grows."""

    __table_args__ = (Index("ix_theme_change_theme_id", "theme_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    theme_id: UUID = Field(foreign_key="theme.id")
    kind: str
    other_id: UUID | None = Field(default=None, foreign_key="theme.id")
    detail: dict[str, Any] = json(default_factory=dict)
    principal_id: UUID | None = None
    recorded_at: datetime = timestamp()
