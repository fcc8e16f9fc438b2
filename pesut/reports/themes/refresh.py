"""Keeps themes in step with the reports, as a chore of its own: founding the themes of 100,000 reports takes it a minute."""

import asyncio

from sqlalchemy import func, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.chores import run_chore, take_job, tell
from pesut.contracts.base import Contract
from pesut.database.engine import connect
from pesut.database.locks import AdvisoryLock
from pesut.reports.themes.keeping import Kept, keep_themes
from pesut.reports.themes.reading import lacks_membership
from pesut.search.spaces import Subject, current_space

MODULE = "pesut.reports.themes.refresh"


class ThemesJob(Contract):
    database_url: str


async def refresh_themes(engine: AsyncEngine) -> Kept:
    """Let every report that was not looked at yet join a theme or open one with others. Returns what was done; nothing at once where
    there is nothing to do or another change of themes runs.

    A call that was cut off is taken up by the next. Raises ChoreError.
    """
    kept = Kept()

    def hear(line: bytes) -> None:
        nonlocal kept
        kept = Kept.model_validate_json(line)

    async with engine.connect() as connection:
        lock = literal(AdvisoryLock.THEMES.value)
        if not (await connection.execute(select(func.pg_try_advisory_lock(lock)))).scalar_one():
            return kept
        try:
            space = await current_space(connection, Subject.REPORT)
            if space and await lacks_membership(connection, space):
                await connection.commit()
                job = ThemesJob(database_url=engine.url.render_as_string(hide_password=False))
                await run_chore(MODULE, job, hear)
        finally:
            await connection.execute(select(func.pg_advisory_unlock(lock)))
    return kept


async def _work(job: ThemesJob) -> None:
    engine = connect(job.database_url)
    async for kept in keep_themes(engine):
        tell(kept)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_work(take_job(ThemesJob)))
