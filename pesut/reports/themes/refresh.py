"""Keeps themes in step with the reports, and looks at all of them at night, as chores: founding the themes of 100,000 reports takes
a core for a minute.
"""

import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.chores import run_chore, take_job, tell
from pesut.contracts.base import Contract
from pesut.database.engine import connect
from pesut.database.locks import AdvisoryLock, alone
from pesut.errors import UnavailableError
from pesut.reports.themes.keeping import Kept, keep_themes
from pesut.reports.themes.model import Reviewed
from pesut.reports.themes.reading import lacks_membership
from pesut.reports.themes.reviewing import review_themes
from pesut.search.spaces import Subject, current_space

MODULE = "pesut.reports.themes.refresh"


class ThemesJob(Contract):
    database_url: str
    review: bool = False


async def refresh_themes(engine: AsyncEngine) -> Kept:
    """Let every report that was not looked at yet join a theme or open one with others. Returns what was done; nothing at once where
    there is nothing to do or another change of themes runs.

    A call that was cut off is taken up by the next. Raises ChoreError.
    """
    kept = Kept()

    def hear(line: bytes) -> None:
        nonlocal kept
        kept = Kept.model_validate_json(line)

    async with alone(engine, AdvisoryLock.THEMES) as connection:
        if connection is None:
            return kept
        space = await current_space(connection, Subject.REPORT)
        lacks = space is not None and await lacks_membership(connection, space)
        await connection.commit()
        if lacks:
            await run_chore(MODULE, _job(engine), hear)
    return kept


async def review_in_a_chore(engine: AsyncEngine) -> Reviewed:
    """As `review_themes`. Raises UnavailableError while another change of themes runs, ChoreError."""
    reviewed = Reviewed()

    def hear(line: bytes) -> None:
        nonlocal reviewed
        reviewed = Reviewed.model_validate_json(line)

    async with alone(engine, AdvisoryLock.THEMES) as connection:
        if connection is None:
            raise UnavailableError("Another change of themes runs.", remedy="Try again in a minute.")
        await run_chore(MODULE, _job(engine, review=True), hear)
    return reviewed


def _job(engine: AsyncEngine, *, review: bool = False) -> ThemesJob:
    return ThemesJob(database_url=engine.url.render_as_string(hide_password=False), review=review)


async def _work(job: ThemesJob) -> None:
    engine = connect(job.database_url)
    if job.review:
        tell(await review_themes(engine))
    else:
        async for kept in keep_themes(engine):
            tell(kept)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_work(take_job(ThemesJob)))
