"""The pages and the API over the highland city, for people of each role."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from api.access import TOKEN_COOKIE
from api.app import create_app
from api.services import services_for
from api.web.pages import pages_for
from pesut.contracts import Principal, Role
from pesut.database.engine import connect
from pesut.database.tables import AuditLogRow
from pesut.principals import issue_token
from pesut.settings import Settings
from pesut.switches import Switch, flip
from tests.workflows.conftest import HIGHLAND, end_all, settle
from workflows.client import PesutClient, open_client


@dataclass
class Office:
    """`office["operator"]` is that role's browser, which is also signed in to the API."""

    engine: AsyncEngine
    client: PesutClient
    people: dict[str, Principal]
    browsers: dict[str, httpx.AsyncClient]
    seen: int = 0  # acts of earlier tests

    def __getitem__(self, role: str) -> httpx.AsyncClient:
        return self.browsers[role]

    async def acts(self) -> list[str]:
        """What the audit log says was done in this test."""
        query = select(col(AuditLogRow.action)).order_by(col(AuditLogRow.at))
        async with self.engine.connect() as connection:
            found: Sequence[str] = (await connection.execute(query)).scalars().all()
        return list(found[self.seen :])


@pytest.fixture(scope="module")
def settings(temporal_address: str, module_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        data_dir=tmp_path_factory.mktemp("console"),
        city=HIGHLAND,
        database_url=module_url,
        temporal_address=temporal_address,
        temporal_ui="http://temporal.example:8233",
    )


@pytest.fixture(scope="module")
async def building(settings: Settings) -> AsyncGenerator[Office]:
    """The city, its people and their browsers, once for a file."""
    engine = connect(str(settings.database_url))
    await settle(engine)
    async with AsyncExitStack() as opened:
        client = await opened.enter_async_context(open_client(settings, engine))
        app = create_app(settings)
        services = app.state.services = services_for(settings, engine, client)
        app.state.pages = pages_for(services.city)
        tokens = {role.value: await issue_token(engine, role.value, role) for role in Role}
        people = {role: person for role, (person, _) in tokens.items()}
        browsers = {role: await opened.enter_async_context(browser(app, token)) for role, (_, token) in tokens.items()}
        yield Office(engine, client, people, browsers)
        await end_all(client, engine)
    await engine.dispose()


@pytest.fixture
async def office(building: Office) -> AsyncGenerator[Office]:
    """Afterwards all is switched on again."""
    yield replace(building, seen=len(await building.acts()))
    for switch in Switch:
        await flip(building.engine, building.people["operator"], switch, on=True, why="the test is over")


def browser(app: FastAPI, token: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://pesut",
        headers={"Authorization": f"Bearer {token}"},
        cookies={TOKEN_COOKIE: token},
    )
