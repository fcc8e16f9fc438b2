"""The web application: the API under /v1 and the pages."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

import api.catalog.endpoints
import api.conversations.endpoints
import api.decisions.endpoints
import api.evidence.endpoints
import api.health.endpoints
import api.indicators.endpoints
import api.observations.endpoints
import api.open311.endpoints
import api.operations.endpoints
import api.regions.endpoints
import api.reports.endpoints
import api.runs.endpoints
import api.switches.endpoints
import api.themes.endpoints
import api.web.endpoints
from api import problems
from api.problems import Problem
from api.security import Guard
from api.services import services_for
from api.web import assets
from api.web.pages import pages_for
from pesut import __version__
from pesut.database.engine import connect
from pesut.settings import Settings
from workflows.client import open_client

ROUTERS = (
    api.conversations.endpoints.router,
    api.runs.endpoints.router,
    api.decisions.endpoints.router,
    api.evidence.endpoints.router,
    api.catalog.endpoints.router,
    api.regions.endpoints.router,
    api.indicators.endpoints.router,
    api.observations.endpoints.router,
    api.reports.endpoints.router,
    api.themes.endpoints.router,
    api.open311.endpoints.router,
    api.health.endpoints.router,
    api.switches.endpoints.router,
    api.operations.endpoints.router,
    api.web.endpoints.router,
)
COMPRESSION = 5  # of 9; more takes longer than it saves


def create_app(settings: Settings) -> FastAPI:
    """The application for these settings; it connects when it starts and lets go when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        assert settings.database_url is not None, "the supervisor or the environment names the database"
        engine = connect(settings.database_url)
        async with open_client(settings, engine) as client:
            services = app.state.services = services_for(settings, engine, client)
            app.state.pages = pages_for(services.city)
            yield
            await services.live.close()
        await engine.dispose()

    app = FastAPI(
        title="Pesut",
        version=__version__,
        summary="Answers from the city's own data, every number traceable",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    for router in ROUTERS:
        app.include_router(router)
    assets.mount(app)
    app.add_middleware(GZipMiddleware, compresslevel=COMPRESSION)
    app.add_middleware(Guard)
    problems.install(app)
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Put the schema of problem documents into the API's description; every operation's errors point to it."""
    schema = app.openapi()
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
