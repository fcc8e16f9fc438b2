"""The process that evaluates at night: a chore, `python -m evals.worker` with its job on standard input."""

import asyncio
import logging

from evals.evaluation import evaluating
from pesut.chores import take_job
from pesut.database.engine import connect
from pesut.settings import Settings
from workflows.client import connect_temporal
from workflows.evaluation.night import EvaluatorJob
from workflows.evaluation.worker import evaluation_worker


async def work(settings: Settings, job: EvaluatorJob) -> None:
    """Until the process is ended. Raises UnavailableError where Temporal is away."""
    assert settings.database_url is not None, "the worker that starts this names the database"
    engine = connect(settings.database_url)
    temporal = await connect_temporal(settings)
    async with evaluating(engine, settings) as evaluation, evaluation_worker(temporal, evaluation, job.task_queue):
        await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(work(Settings(), take_job(EvaluatorJob)))
