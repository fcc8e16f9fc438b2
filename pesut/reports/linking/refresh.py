"""Keeps links between reports in step with the reports, as a chore of its own: 20,000 reports take it twenty seconds."""

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.chores import run_chore, take_job, tell
from pesut.city.loader import read_city
from pesut.contracts.base import Contract
from pesut.database.engine import connect
from pesut.database.locks import AdvisoryLock, alone
from pesut.reports.linking.store import lacks_links, link_reports

MODULE = "pesut.reports.linking.refresh"


class LinkingJob(Contract):
    database_url: str
    city: Path


class Linked(Contract):
    done: int


async def refresh_links(engine: AsyncEngine, city: Path) -> int:
    """Compare every report that was not compared yet with those around it; `city` is the city's folder. Returns how many there
    were; 0 at once where there is none or another refresh runs.

    A call that was cut off is taken up by the next. Raises ChoreError.
    """
    done = 0

    def hear(line: bytes) -> None:
        nonlocal done
        done = Linked.model_validate_json(line).done

    async with alone(engine, AdvisoryLock.LINKS) as connection:
        if connection is not None and await lacks_links(connection):
            await connection.commit()
            url = engine.url.render_as_string(hide_password=False)
            await run_chore(MODULE, LinkingJob(database_url=url, city=city), hear)
    return done


async def _work(job: LinkingJob) -> None:
    engine = connect(job.database_url)
    async for done in link_reports(engine, read_city(job.city)):
        tell(Linked(done=done))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_work(take_job(LinkingJob)))
