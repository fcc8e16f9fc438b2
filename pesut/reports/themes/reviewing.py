"""The nightly look at all themes together: merges those that have become one, splits those that fall apart, and says what it did."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from pesut.contracts.base import new_id
from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ThemeStateRow
from pesut.reports.themes.clustering import Centres, centres_of, halves, joined, stacked
from pesut.reports.themes.describing import describe
from pesut.reports.themes.keeping import Ground, ground_of, open_from, recentre, sizes_of
from pesut.reports.themes.model import SAME, SMALLEST, TORN, ChangeKind, How, Reviewed
from pesut.reports.themes.reading import Texts, members_of, some_of_each
from pesut.reports.themes.writing import (
    Change,
    forget_centres,
    move_members,
    open_themes,
    write_centres,
    write_changes,
    write_states,
)
from pesut.search.embeddings import Vectors

LAST_YEAR = timedelta(days=365)  # reports that may open a theme together at night
AT_ONCE = 5_000
LEAST_PART = 0.2  # of a theme, for it to be split

States = Mapping[UUID, Mapping[str, Any]]


async def review_themes(engine: AsyncEngine) -> Reviewed:
    """Look at all themes. What people locked stays as it is; what they confirmed is not merged away. Killed halfway, what was done
    stands, and the next call looks again.
    """
    ground = await ground_of(engine)
    if ground is None:
        return Reviewed()
    some = await _some(ground)
    merged = await _merge(ground, await recentre(ground, some)) if some.themes else 0
    split = await _split(ground, await _some(ground) if merged else some)
    opened = await open_from(ground, LAST_YEAR)
    some = await _some(ground)
    if some.themes:
        await recentre(ground, some)
        async with engine.connect() as connection:
            sizes = {theme: size for theme, (size, _) in (await sizes_of(connection)).items()}
        await describe(engine, some, sizes)
    return Reviewed(merged=merged, split=split, opened=opened)


async def _some(ground: Ground) -> Texts:
    async with ground.engine.connect() as connection:
        return await some_of_each(connection, ground.space)


async def _merge(ground: Ground, centres: Centres) -> int:
    """Merge themes that lie where another lies; returns how many went into others."""
    labels = joined(centres.rows, SAME)
    async with writing(ground.engine) as (connection, now):
        states = await _states(connection)
        sizes = await sizes_of(connection)
        gone: dict[UUID, UUID] = {}
        for label in set(labels.tolist()):
            alike = [centres.themes[place] for place in np.flatnonzero(labels == label).tolist()]
            gone |= _merged(alike, states, {theme: size for theme, (size, _) in sizes.items()})
        wanted = [
            {"theme_id": theme, "into": gone[state["into"]]} for theme, state in states.items() if state["into"] in gone
        ]
        await write_states(connection, now, wanted)
        await forget_centres(connection, list(gone))
        await write_changes(connection, now, (Change(one, ChangeKind.MERGED, other) for one, other in gone.items()))
    return len(gone)


def _merged(alike: Sequence[UUID], states: States, sizes: Mapping[UUID, int]) -> dict[UUID, UUID]:
    """What goes into what: into one that people confirmed or named, else into the largest."""
    free = [theme for theme in alike if not states[theme]["locked_by"]]
    if len(free) < 2:
        return {}

    def weight(theme: UUID) -> tuple[bool, bool, int]:
        return bool(states[theme]["confirmed_by"]), bool(states[theme]["named_by"]), sizes.get(theme, 0)

    target = max(free, key=weight)
    return {theme: target for theme in free if theme != target and not states[theme]["confirmed_by"]}


async def _split(ground: Ground, some: Texts) -> int:
    """Split themes whose halves lie far apart; returns how many were split off."""
    told = ground.view.of(some.batch.vectors, some.batch.categories)
    async with ground.engine.connect() as connection:
        states = await _states(connection)
    done = 0
    for theme in sorted(set(some.themes)):
        rows = [row for row, each in enumerate(some.themes) if each == theme]
        if len(rows) < 2 * SMALLEST / LEAST_PART or states[theme]["locked_by"]:
            continue
        labels, distance = halves(told[rows])
        share = float((labels == 0).mean())
        if distance >= TORN and LEAST_PART <= share <= 1 - LEAST_PART:
            larger = centres_of(told[rows], labels)
            await _move_part(ground, theme, larger if share >= 1 - share else larger[::-1])
            done += 1
    return done


async def _move_part(ground: Ground, theme: UUID, parts: list[Vectors]) -> None:
    """Let the reports nearest to the second part be of a theme of its own."""
    stays, leaves = Centres((theme,), stacked(parts[:1])), Centres((new_id(),), stacked(parts[1:]))
    async with writing(ground.engine) as (connection, now):
        await open_themes(connection, now, ground.space, leaves, sample=False)
        await write_centres(connection, ground.space, stays)
        await write_changes(connection, now, [Change(theme, ChangeKind.SPLIT, leaves.themes[0])])
    after = None
    while True:
        async with ground.engine.connect() as connection:
            batch = await members_of(connection, ground.space, theme, after, AT_ONCE)
        if not batch:
            return
        told = ground.view.of(batch.vectors, batch.categories)
        there = told @ leaves.rows[0]
        going = np.flatnonzero(there > told @ stays.rows[0]).tolist()
        async with writing(ground.engine) as (connection, now):
            chosen = batch.only(going)
            await move_members(connection, now, chosen, [leaves.themes[0]] * len(going), there[going], How.SPLIT)
        after = batch.ids[-1]


async def _states(connection: AsyncConnection) -> States:
    state = ThemeStateRow
    columns: list[Any] = [
        col(state.theme_id), col(state.into), col(state.named_by), col(state.confirmed_by), col(state.locked_by),
    ]  # fmt: skip
    rows = (await connection.execute(select(*columns).where(col(state.superseded_at) == FOREVER))).mappings()
    return {row["theme_id"]: dict(row) for row in rows}
