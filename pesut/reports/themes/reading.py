"""Reads reports with their vectors, for themes to be made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import String, cast, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from pesut.database.tables import FOREVER, ReportRow, ReportStateRow, ReportVectorRow, ThemeMemberRow, ThemeStateRow
from pesut.search.embeddings import Vectors

SUPERVISED = "supervision"  # the class of reports that not everybody may see
SAMPLE = 20_000  # reports that a view, and the first themes, are learned from
OF_A_THEME = 150  # of its reports, by which a theme is described and its centre found
LARGEST_POOL = 5_000  # reports near to no theme that are looked at together, the newest
LONGEST = 2_000  # characters of a report that are read
_HEAD = 4  # bytes before the numbers of a halfvec
_NOTHING = UUID(int=0)


@dataclass(frozen=True)
class Batch:
    """Reports in step: `vectors` has a row for each."""

    ids: list[UUID]
    vectors: Vectors
    categories: list[str | None]
    sample: list[bool]

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, rows: Sequence[int]) -> "Batch":
        """These of them."""
        chosen = [self.ids[row] for row in rows], self.vectors[list(rows)]
        return Batch(*chosen, [self.categories[row] for row in rows], [self.sample[row] for row in rows])


@dataclass(frozen=True)
class Texts:
    """What the reports of a batch say, of which theme they are, and whether everybody may see them."""

    batch: Batch
    texts: list[str]
    themes: list[UUID]
    open: list[bool]


async def lacks_membership(connection: AsyncConnection, space: str) -> bool:
    return bool(await unthemed(connection, space, None, 1))


async def unthemed(connection: AsyncConnection, space: str, after: UUID | None, limit: int) -> Batch:
    """Reports that have a vector and were never looked at, by id, from the one behind `after` on."""
    looked_at = exists().where(col(ThemeMemberRow.report_id) == col(ReportVectorRow.report_id))
    query = _vectors(space).where(~looked_at, col(ReportVectorRow.report_id) > (after or _NOTHING))
    query = query.order_by(col(ReportVectorRow.report_id)).limit(limit)
    return _batch((await connection.execute(query)).all())


async def sample_of(connection: AsyncConnection, space: str) -> tuple[Batch, list[str]]:
    """SAMPLE reports of all times, chosen by a hash of their ids, with their texts."""
    told = func.left(col(ReportRow.title) + ". " + col(ReportRow.body), LONGEST)
    query = _vectors(space, told).join(ReportRow, col(ReportRow.id) == col(ReportVectorRow.report_id))
    query = query.order_by(func.hashtext(col(ReportRow.source_key)), col(ReportRow.id)).limit(SAMPLE)
    rows: Sequence[Any] = (await connection.execute(query)).all()
    return _batch(rows), [row[4] for row in rows]


async def alone(connection: AsyncConnection, space: str, within: timedelta) -> Batch:
    """The newest reports near to no theme, of that long up to now."""
    query = _vectors(space).join(ThemeMemberRow, col(ThemeMemberRow.report_id) == col(ReportVectorRow.report_id))
    query = query.where(
        col(ThemeMemberRow.theme_id).is_(None),
        col(ThemeMemberRow.superseded_at) == FOREVER,
        col(ReportStateRow.submitted_at) >= func.now() - within,
    )
    query = query.order_by(col(ReportStateRow.submitted_at).desc(), col(ReportStateRow.report_id)).limit(LARGEST_POOL)
    return _batch((await connection.execute(query)).all())


async def members_of(connection: AsyncConnection, space: str, theme: UUID, after: UUID | None, limit: int) -> Batch:
    """Reports of one theme, by id, from the one behind `after` on."""
    query = _vectors(space).join(ThemeMemberRow, col(ThemeMemberRow.report_id) == col(ReportVectorRow.report_id))
    query = query.join(ThemeStateRow, _named())
    query = query.where(col(ThemeStateRow.into) == theme, col(ReportVectorRow.report_id) > (after or _NOTHING))
    query = query.order_by(col(ReportVectorRow.report_id)).limit(limit)
    return _batch((await connection.execute(query)).all())


async def some_of_each(connection: AsyncConnection, space: str) -> Texts:
    """Up to OF_A_THEME reports of every theme, chosen by a hash of their ids, with their texts."""
    into = col(ThemeStateRow.into)
    mixed = func.hashtext(cast(col(ThemeMemberRow.report_id), String))
    place = func.row_number().over(partition_by=into, order_by=(mixed, col(ThemeMemberRow.report_id)))
    columns: list[Any] = [col(ThemeMemberRow.report_id).label("id"), into.label("theme"), place.label("place")]
    chosen = select(*columns).select_from(ThemeMemberRow).join(ThemeStateRow, _named()).subquery()
    told = func.left(col(ReportRow.title) + ". " + col(ReportRow.body), LONGEST)
    more = (told, chosen.c.theme, col(ReportStateRow.classification) != SUPERVISED)
    query = _vectors(space, *more).join(chosen, chosen.c.id == col(ReportVectorRow.report_id))
    query = query.join(ReportRow, col(ReportRow.id) == col(ReportVectorRow.report_id))
    rows: Sequence[Any] = (
        await connection.execute(query.where(chosen.c.place <= OF_A_THEME).order_by(chosen.c.id))
    ).all()
    return Texts(_batch(rows), [row[4] for row in rows], [row[5] for row in rows], [row[6] for row in rows])


def _named() -> Any:
    """What is known of a member's theme; both hold now."""
    member, state = ThemeMemberRow, ThemeStateRow
    same = col(state.theme_id) == col(member.theme_id)
    return same & (col(member.superseded_at) == FOREVER) & (col(state.superseded_at) == FOREVER)


def _vectors(space: str, *more: Any) -> Any:
    columns: list[Any] = [
        col(ReportVectorRow.report_id), func.halfvec_send(col(ReportVectorRow.vector)), col(ReportStateRow.category),
        col(ReportStateRow.sample), *more,
    ]  # fmt: skip
    holds = (col(ReportStateRow.report_id) == col(ReportVectorRow.report_id)) & (
        col(ReportStateRow.superseded_at) == FOREVER
    )
    return (
        select(*columns)
        .select_from(ReportVectorRow)
        .join(ReportStateRow, holds)
        .where(col(ReportVectorRow.space) == space)
    )


def _batch(rows: Sequence[Any]) -> Batch:
    raw = [bytes(row[1])[_HEAD:] for row in rows]
    width = len(raw[0]) // 2 if raw else 0
    vectors = np.frombuffer(b"".join(raw), dtype=">f2").reshape(len(raw), width).astype(np.float32)
    return Batch([row[0] for row in rows], vectors, [row[2] for row in rows], [row[3] for row in rows])
