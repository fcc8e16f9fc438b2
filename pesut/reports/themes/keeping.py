"""Keeps themes while reports stream in: founds them once, lets new reports join, opens new ones, and says what each is about."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np
from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts.base import Contract, new_id
from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ReportVectorRow, ThemeCentreRow, ThemeMemberRow, ThemeStateRow
from pesut.reports.themes.clustering import Centres, centre_of, centres_of, group, stacked
from pesut.reports.themes.describing import describe
from pesut.reports.themes.model import FEWEST_REPORTS, SAME, SMALLEST, ChangeKind, How
from pesut.reports.themes.reading import Texts, alone, sample_of, some_of_each, unthemed
from pesut.reports.themes.view import View, learn_view
from pesut.reports.themes.writing import (
    Change,
    keep_view,
    load_view,
    move_members,
    open_themes,
    write_centres,
    write_changes,
    write_members,
)
from pesut.search.spaces import Subject, current_space

AT_ONCE = 5_000  # reports looked at, and written in one transaction
RECENT = timedelta(days=28)  # reports that may open a theme together while they stream in
GROWN = 1.5  # times the reports by which a theme was described, that it is described anew


class Kept(Contract):
    """How many reports were looked at, and how many themes were opened."""

    reports: int = 0
    opened: int = 0


@dataclass(frozen=True)
class Ground:
    """What all steps need: the space of the vectors, and how themes see it."""

    engine: AsyncEngine
    space: str
    view: View


async def keep_themes(engine: AsyncEngine) -> AsyncIterator[Kept]:
    """Look at each report that has a vector and was not looked at yet; gives what was done after each transaction. Does nothing where
    there are fewer than FEWEST_REPORTS vectors. Killed halfway, the next call goes on.
    """
    ground = await ground_of(engine)
    if ground is None:
        return
    done = 0
    async for done in _join(ground):
        yield Kept(reports=done)
    opened = await open_from(ground, RECENT) if done else 0
    await describe_grown(ground)
    yield Kept(reports=done, opened=opened)


async def ground_of(engine: AsyncEngine) -> Ground | None:
    """The current space with its view, learned where it is new. Themes that were there are found again by their reports; where
    there are none, they are founded.
    """
    async with engine.connect() as connection:
        space = await current_space(connection, Subject.REPORT)
        if space is None:
            return None
        if view := await load_view(connection, space):
            return Ground(engine, space, view)
        if await _count(connection, space) < FEWEST_REPORTS:
            return None
        return await _learned(engine, connection, space)


async def recentre(ground: Ground, some: Texts) -> Centres:
    """Where themes lie, by some of the reports that they have now."""
    centres = centres_by(ground.view, some)
    async with writing(ground.engine) as (connection, _):
        await write_centres(connection, ground.space, centres)
    return centres


def centres_by(view: View, some: Texts) -> Centres:
    told, places = view.of(some.batch.vectors, some.batch.categories), Counter(some.themes)
    themes = tuple(sorted(places))
    of_which = np.array([themes.index(each) for each in some.themes], dtype=np.intp)
    return Centres(themes, stacked([centre_of(told[of_which == place]) for place in range(len(themes))] or [told[:0]]))


async def load_centres(connection: AsyncConnection, space: str) -> Centres:
    query = select(col(ThemeCentreRow.theme_id), col(ThemeCentreRow.centre)).where(col(ThemeCentreRow.space) == space)
    rows = (await connection.execute(query.order_by(col(ThemeCentreRow.theme_id)))).all()
    numbers = [np.frombuffer(row[1], dtype="<f4") for row in rows]
    return Centres(tuple(row[0] for row in rows), stacked(numbers) if numbers else np.zeros((0, 0), np.float32))


async def open_from(ground: Ground, within: timedelta) -> int:
    """Open themes of reports near to none that are many and alike; returns how many."""
    async with ground.engine.connect() as connection:
        pool = await alone(connection, ground.space, within)
        known = await load_centres(connection, ground.space)
    if len(pool) < SMALLEST:
        return 0
    told = ground.view.of(pool.vectors, pool.categories)
    labels = group(told)
    found = _named(centres_of(told, labels), known)
    if not found.themes:
        return 0
    joins, likeness = found.nearest(told)
    chosen = [row for row, theme in enumerate(joins) if theme is not None]
    batch = pool.only(chosen)
    async with writing(ground.engine) as (connection, now):
        await open_themes(connection, now, ground.space, found, sample=all(batch.sample))
        themes = [joins[row] for row in chosen]
        await move_members(connection, now, batch, themes, likeness[chosen], How.OPENED)
        await write_changes(connection, now, (Change(theme, ChangeKind.OPENED) for theme in found.themes))
    return len(found.themes)


async def describe_grown(ground: Ground) -> None:
    """Describe themes that have outgrown what is said of them."""
    async with ground.engine.connect() as connection:
        sizes = await sizes_of(connection)
        grown = {theme for theme, (size, then) in sizes.items() if size >= GROWN * then}
        some = await some_of_each(connection, ground.space) if grown else None
    if some:
        counts = {theme: size for theme, (size, _) in sizes.items() if theme in grown}
        await describe(ground.engine, some, counts)


async def sizes_of(connection: AsyncConnection) -> dict[UUID, tuple[int, int]]:
    """For each theme how many reports it has, and how many it had when it was described."""
    state, member = ThemeStateRow, ThemeMemberRow
    holds = (col(state.superseded_at) == FOREVER, col(member.superseded_at) == FOREVER)
    query = select(col(state.into), func.count()).join(member, col(member.theme_id) == col(state.theme_id))
    counted = query.where(*holds).group_by(col(state.into)).subquery()
    then = (col(state.theme_id) == counted.c[0]) & (col(state.superseded_at) == FOREVER)
    rows = await connection.execute(select(counted, col(state.described_at)).join(state, then))
    return {row[0]: (row[1], row[2]) for row in rows}


async def _count(connection: AsyncConnection, space: str) -> int:
    query = select(func.count()).select_from(ReportVectorRow).where(col(ReportVectorRow.space) == space)
    return (await connection.execute(query)).scalar_one()


async def _learned(engine: AsyncEngine, connection: AsyncConnection, space: str) -> Ground:
    batch, texts = await sample_of(connection, space)
    view = learn_view(space, texts, batch.vectors, batch.categories)
    ground = Ground(engine, space, view)
    known = (await connection.execute(select(exists().where(col(ThemeMemberRow.theme_id).is_not(None))))).scalar_one()
    some = await some_of_each(connection, space) if known else None
    await connection.commit()
    if some:
        centres = centres_by(view, some)
        async with writing(engine) as (written, _):
            await keep_view(written, view)
            await write_centres(written, space, centres)
        return ground
    told = view.of(batch.vectors, batch.categories)
    centres = _named(centres_of(told, group(told)), Centres((), np.zeros((0, 0), np.float32)))
    async with writing(engine) as (written, now):
        await keep_view(written, view)
        await open_themes(written, now, space, centres, sample=all(batch.sample))
        await write_changes(written, now, (Change(theme, ChangeKind.OPENED) for theme in centres.themes))
    return ground


def _named(rows: list[np.ndarray], known: Centres) -> Centres:
    """New themes for these centres, but for those that lie where a theme is known."""
    if known.themes:
        rows = [row for row in rows if float((known.rows @ row).max()) < 1 - SAME]
    return Centres(tuple(new_id() for _ in rows), stacked(rows) if rows else np.zeros((0, 0), np.float32))


async def _join(ground: Ground) -> AsyncIterator[int]:
    """Look at reports batch by batch; gives how many so far."""
    async with ground.engine.connect() as connection:
        centres = await load_centres(connection, ground.space)
    done, after = 0, None
    while True:
        async with ground.engine.connect() as connection:
            batch = await unthemed(connection, ground.space, after, AT_ONCE)
        if not batch:
            return
        themes, likeness = centres.nearest(ground.view.of(batch.vectors, batch.categories))
        async with writing(ground.engine) as (connection, now):
            await write_members(connection, now, batch, themes, likeness, How.JOINED)
        done, after = done + len(batch), batch.ids[-1]
        yield done
