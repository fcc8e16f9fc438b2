"""What is said of themes: their terms and their label."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.database.moment import writing
from pesut.database.tables import FOREVER, ThemeStateRow
from pesut.reports.themes.reading import Texts
from pesut.reports.themes.wording import label_of, terms_of_themes
from pesut.reports.themes.writing import write_states

FEWEST_OPEN = 3  # reports that everybody may see, for a theme to be described by them


async def describe(engine: AsyncEngine, some: Texts, sizes: Mapping[UUID, int]) -> None:
    """Describe the themes of `sizes` by some of their reports, held against those of all others. People's names for them stay.

    Words come from reports that everybody may see; only where there are hardly any, from the others, and then the theme is
    restricted as these are.
    """
    rows_of = _rows(some)
    words = terms_of_themes([[some.texts[row] for row in rows] for rows in rows_of.values()])
    terms = dict(zip(rows_of, words, strict=True))
    async with writing(engine) as (connection, now):
        query = select(col(ThemeStateRow.theme_id)).where(
            col(ThemeStateRow.superseded_at) == FOREVER, col(ThemeStateRow.named_by).is_not(None)
        )
        named = set((await connection.execute(query)).scalars())
        states = [
            _state(theme, terms[theme], size, named) | {"restricted": not some.open[rows_of[theme][0]]}
            for theme, size in sizes.items()
            if theme in rows_of
        ]
        await write_states(connection, now, states)


def _rows(some: Texts) -> dict[UUID, list[int]]:
    """By theme the reports to describe it by."""
    rows: dict[UUID, list[int]] = {}
    for row, theme in enumerate(some.themes):
        rows.setdefault(theme, []).append(row)
    shown = {theme: [row for row in own if some.open[row]] for theme, own in rows.items()}
    return {
        theme: shown[theme] if len(shown[theme]) >= FEWEST_OPEN else _hidden_first(some, own)
        for theme, own in rows.items()
    }


def _hidden_first(some: Texts, rows: list[int]) -> list[int]:
    return sorted(rows, key=lambda row: some.open[row])


def _state(theme: UUID, terms: list[str], size: int, named: set[UUID]) -> dict[str, Any]:
    state: dict[str, Any] = {"theme_id": theme, "terms": terms, "described_at": size}
    return state if theme in named else state | {"label": label_of(terms)}
