"""Writes themes: identities, what is known of them, memberships, and what was done. Rows are superseded, never changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_new
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.contracts.base import new_id
from pesut.database.tables import (
    FOREVER,
    ThemeCentreRow,
    ThemeChangeRow,
    ThemeMemberRow,
    ThemeRow,
    ThemeStateRow,
    ThemeViewRow,
)
from pesut.database.versions import write_versions
from pesut.reports.themes.clustering import Centres
from pesut.reports.themes.model import VERSION, ChangeKind, How
from pesut.reports.themes.reading import Batch
from pesut.reports.themes.view import View
from pesut.search.embeddings import Vectors

_MEMBERS = text(
    "INSERT INTO theme_member (report_id, recorded_at, superseded_at, sample, theme_id, how, likeness, version)"
    " SELECT report_id, :now, :forever, sample, theme_id, how, likeness, :version FROM unnest(CAST(:ids AS uuid[]),"
    " CAST(:themes AS uuid[]), CAST(:hows AS text[]), CAST(:likeness AS float8[]), CAST(:sample AS boolean[]))"
    " AS told (report_id, theme_id, how, likeness, sample) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True)
class Change:
    """Something that was done to a theme, by a person or (None) by the machine."""

    theme: UUID
    kind: ChangeKind
    other: UUID | None = None
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])
    person: UUID | None = None


async def write_members(
    connection: AsyncConnection, now: datetime, batch: Batch, themes: Sequence[UUID | None], likeness: Vectors, how: How
) -> None:
    """Memberships of reports that have none."""
    values = {
        "now": now, "forever": FOREVER, "version": VERSION, "ids": batch.ids, "themes": list(themes), "sample": batch.sample,
        "hows": [(How.ALONE if theme is None else how).value for theme in themes],
        "likeness": [round(float(value), 3) for value in likeness],
    }  # fmt: skip
    await connection.execute(_MEMBERS, values)


async def move_members(
    connection: AsyncConnection, now: datetime, batch: Batch, themes: Sequence[UUID | None], likeness: Vectors, how: How
) -> None:
    """Memberships that take the place of those that the reports have."""
    held = (col(ThemeMemberRow.report_id).in_(batch.ids), col(ThemeMemberRow.superseded_at) == FOREVER)
    await connection.execute(update(ThemeMemberRow).where(*held).values(superseded_at=now))
    await write_members(connection, now, batch, themes, likeness, how)


async def open_themes(
    connection: AsyncConnection, now: datetime, space: str, centres: Centres, *, sample: bool
) -> None:
    """New themes, not described yet, with where they lie."""
    if not centres.themes:
        return
    await connection.execute(insert(ThemeRow), [{"id": theme, "recorded_at": now} for theme in centres.themes])
    states: list[dict[str, Any]] = [
        {"theme_id": theme, "into": theme, "label": "", "terms": [], "described_at": 0, "restricted": True,
         "recorded_at": now, "superseded_at": FOREVER, "sample": sample}
        for theme in centres.themes
    ]  # fmt: skip
    await connection.execute(insert(ThemeStateRow), states)
    await write_centres(connection, space, centres)


async def write_states(connection: AsyncConnection, now: datetime, states: Sequence[Mapping[str, Any]]) -> None:
    """New versions of what is known of themes; each mapping has a `theme_id`."""
    await write_versions(connection, ThemeStateRow, ("theme_id",), states, now)


async def write_changes(connection: AsyncConnection, now: datetime, changes: Iterable[Change]) -> None:
    rows = [
        {"id": new_id(), "theme_id": each.theme, "kind": each.kind.value, "other_id": each.other,
         "detail": dict(each.detail), "principal_id": each.person, "recorded_at": now}
        for each in changes
    ]  # fmt: skip
    if rows:
        await connection.execute(insert(ThemeChangeRow), rows)


async def write_centres(connection: AsyncConnection, space: str, centres: Centres) -> None:
    statement = insert_new(ThemeCentreRow)
    statement = statement.on_conflict_do_update(
        index_elements=["space", "theme_id"], set_={"centre": statement.excluded.centre}
    )
    rows = [
        {"space": space, "theme_id": theme, "centre": row.astype("<f4").tobytes()}
        for theme, row in zip(centres.themes, centres.rows, strict=True)
    ]
    if rows:
        await connection.execute(statement, rows)


async def forget_centres(connection: AsyncConnection, themes: Sequence[UUID]) -> None:
    """Of themes that stand for another now."""
    await connection.execute(delete(ThemeCentreRow).where(col(ThemeCentreRow.theme_id).in_(themes)))


async def keep_view(connection: AsyncConnection, view: View) -> None:
    """The only one from now on: centres in other spaces are of no use any more."""
    await connection.execute(delete(ThemeViewRow))
    await connection.execute(delete(ThemeCentreRow))
    await connection.execute(insert(ThemeViewRow), [{"space": view.space, "body": view.to_bytes()}])


async def load_view(connection: AsyncConnection, space: str) -> View | None:
    query = select(col(ThemeViewRow.body)).where(col(ThemeViewRow.space) == space)
    body = (await connection.execute(query)).scalar_one_or_none()
    return None if body is None else View.from_bytes(space, body)
