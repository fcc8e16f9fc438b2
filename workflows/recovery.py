"""Runs that were taken in but never started, because their client died in between, are started; nothing is left open."""

import asyncio
import contextlib
import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.answer.compose import failed_answer
from pesut.contracts import Question
from pesut.decisions.dispositions import overdue_dispositions
from pesut.decisions.listing import overdue
from pesut.errors import UnavailableError
from pesut.runs import open_runs, plan_of, question_of, store_answer
from workflows.client import PesutClient

PATIENCE = timedelta(seconds=30)  # as long as a client may take from taking in to starting
PAUSE = timedelta(seconds=15)

log = logging.getLogger(__name__)


async def watch(client: PesutClient, engine: AsyncEngine) -> None:
    """Look again and again, also after the database or Temporal was away."""
    while True:
        with contextlib.suppress(UnavailableError, SQLAlchemyError, OSError):
            await recover(client, engine)
        await asyncio.sleep(PAUSE.total_seconds())


async def recover(client: PesutClient, engine: AsyncEngine, patience: timedelta = PATIENCE) -> None:
    """Start what was never started. A run whose workflow was ended from outside gets an answer that says so; a decision or a
    disposition goes on from where it stands.
    """
    for run in await open_runs(engine, datetime.now(UTC) - patience):
        if not await client.start(run):
            log.warning("run %s was ended from outside", run.id)
            await _close(engine, await question_of(engine, run))
    for decision_id in await overdue(engine, datetime.now(UTC) - patience):
        await client.decisions.start(decision_id)
    for state in await overdue_dispositions(engine, datetime.now(UTC) - patience):
        await client.decisions.follow(state)


async def _close(engine: AsyncEngine, question: Question) -> None:
    plan = await plan_of(engine, question.run_id)
    await store_answer(engine, failed_answer(question, "ended", plan), error="the workflow was ended from outside")
