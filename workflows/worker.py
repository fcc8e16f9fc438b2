"""Does the work: `python -m workflows.worker`, with settings from the environment."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.langgraph import LangGraphPlugin
from temporalio.worker import Worker

from agents.answer.graph import build
from agents.dependencies import AgentDependencies, providing
from agents.reasoners.base import PlanRequest, Reasoner
from agents.reasoners.model import ModelReasoner
from agents.reasoners.offline import OfflineReasoner
from agents.reasoners.offline.nearest import Nearest
from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.city.loader import read_city
from pesut.database.engine import connect
from pesut.database.moment import known_moment
from pesut.errors import UnavailableError
from pesut.evidence import methods
from pesut.llm import Gateway
from pesut.reports.privacy.vault import Vault
from pesut.search.spaces import Spaces
from pesut.servers.readiness import mark_ready, withdraw
from pesut.settings import Settings
from pesut.switches import Switch, switches_of
from workflows import nodes, recovery
from workflows.activities import RunClosing
from workflows.answer_question import GRAPH, AnswerQuestion
from workflows.background import NearestMetrics, tend
from workflows.briefings.activities import BriefingActivities
from workflows.briefings.schedule import keep_schedule
from workflows.briefings.workflow import WriteBriefing
from workflows.client import QUESTIONS, PesutClient, connect_temporal
from workflows.decisions.deployment import take_the_lead, this_build
from workflows.decisions.worker import decision_worker
from workflows.evaluation import schedule as nights
from workflows.evaluation.night import EvaluateNight, run_evaluator
from workflows.failures import ActivityHabits
from workflows.imports.worker import import_worker
from workflows.pulls.activities import PullActivities
from workflows.pulls.schedule import keep_pull_schedules
from workflows.pulls.worker import pull_worker
from workflows.themes import schedule as themes
from workflows.themes.activities import ThemeActivities
from workflows.themes.workflow import ReviewThemes

AT_ONCE = 16  # activities; they mostly wait for the database, whose connections are as many
GRACE = timedelta(seconds=10)  # for activities to finish after the signal to stop
STICKY = timedelta(seconds=2)  # how long a dead worker's cache is waited for

log = logging.getLogger(__name__)


def question_worker(temporal: Client, dependencies: AgentDependencies, settings: Settings) -> Worker:
    """The worker that answers questions, writes briefings and begins evaluations at night; run it within `providing(dependencies)`."""
    closing = RunClosing(dependencies.engine)
    themes_of = ThemeActivities(dependencies.engine)
    briefing = BriefingActivities(dependencies.engine, dependencies.city, settings)
    return Worker(
        temporal,
        task_queue=QUESTIONS,
        workflows=[AnswerQuestion, WriteBriefing, EvaluateNight, ReviewThemes],
        activities=[closing.close_failed, closing.close_cancelled, briefing.admit, run_evaluator, themes_of.review],
        plugins=[LangGraphPlugin(graphs={GRAPH: build(nodes.options(settings.model_timeout))})],
        interceptors=[ActivityHabits()],
        max_concurrent_activities=AT_ONCE,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )


def gateway_for(settings: Settings) -> Gateway | None:
    """The way to the model that the settings name, if they name one."""
    if settings.model is None:
        return None
    key = settings.model_api_key.get_secret_value() if settings.model_api_key else None
    return Gateway(settings.model, base_url=settings.model_base_url, api_key=key, timeout=settings.model_timeout)


def reasoner_for(
    gateway: Gateway | None, engine: AsyncEngine, nearest: Nearest | None = None
) -> Callable[[], Reasoner]:
    """The maker of reasoners: of such as ask the model, where there is one, unless models are switched off in the database."""
    if gateway is None:
        return lambda: OfflineReasoner(nearest)

    async def allowed() -> bool:
        return (await switches_of(engine))[Switch.MODELS].on

    return lambda: ModelReasoner(gateway, OfflineReasoner(nearest), allowed)


async def warm_up(dependencies: AgentDependencies) -> None:
    """Plan one of the city's own questions, so that the first person does not wait for lexicons to be read.

    A model is not asked: it costs, and may be away.
    """
    moment = await known_moment(dependencies.engine)
    try:
        _, catalog = await current_catalog(dependencies.engine, moment)
    except UnavailableError:
        return
    city = dependencies.city
    await OfflineReasoner().plan(
        PlanRequest(
            question=city.questions[0],
            history=(),
            city=city,
            catalog=catalog,
            gazetteer=await gazetteer_at(dependencies.engine, moment),
            now=moment.astimezone(city.zone),
        )
    )


@asynccontextmanager
async def working(settings: Settings) -> AsyncGenerator[None]:
    """Everything the worker does, for as long as the block runs. Raises UnavailableError."""
    assert settings.database_url is not None, "the supervisor or the environment names the database"
    engine = connect(settings.database_url, pool_size=AT_ONCE)
    spaces, nearest, gateway = Spaces(settings.data_dir), NearestMetrics(), gateway_for(settings)
    dependencies = AgentDependencies(
        engine=engine,
        city=read_city(settings.city),
        reasoner=reasoner_for(gateway, engine, nearest),
        offline=reasoner_for(None, engine, nearest),
        spaces=spaces,
        statement_limit=settings.statement_timeout,
    )
    temporal = await connect_temporal(settings)
    client = PesutClient(temporal, engine, settings)
    with providing(dependencies):
        await warm_up(dependencies)
        importing = import_worker(temporal, engine, dependencies.city, settings.data_dir, Vault.of(settings))
        deciding = decision_worker(temporal, engine, dependencies.city, build=this_build())
        pulling = pull_worker(temporal, PullActivities(dependencies.city, settings.data_dir, settings.open311_keys))
        async with question_worker(temporal, dependencies, settings), importing, deciding, pulling:
            await take_the_lead(temporal, this_build())
            await keep_schedule(temporal, dependencies.city, QUESTIONS)
            await keep_pull_schedules(temporal, dependencies.city)
            await nights.keep_schedule(temporal, dependencies.city, QUESTIONS)
            await themes.keep_schedule(temporal, dependencies.city, QUESTIONS)
            beside = [
                asyncio.create_task(recovery.watch(client, engine)),
                asyncio.create_task(tend(engine, settings.city, spaces, nearest)),
                asyncio.create_task(asyncio.to_thread(methods.prepare)),
                *([asyncio.create_task(gateway.warm_up())] if gateway else []),
            ]
            yield
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
    await engine.dispose()


async def main(settings: Settings) -> None:
    """Work until told to stop; what is in progress then finishes or goes to another worker."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with working(settings):
        mark_ready(settings.data_dir)
        await stop.wait()
        withdraw(settings.data_dir)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(Settings()))
