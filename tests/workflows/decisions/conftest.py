"""A staff review of the highlands that was taken forward, and the people around it."""

import asyncio
import sysconfig
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

from pesut.city.loader import read_city
from pesut.contracts import Answer, MetricQuery, MetricStep, Plan, Principal, Review, Role, Verdict, new_id
from pesut.contracts.decision import DecisionRules, DecisionState, DecisionStatus, Motion, Move
from pesut.contracts.disposition import DispositionMotion, DispositionMove, DispositionState
from pesut.database.moment import known_moment
from pesut.database.tables import DecisionRow
from pesut.decisions.listing import state_of
from pesut.principals import issue_token
from pesut.runs.reviews import keep_review
from tests.workflows.conftest import HIGHLAND
from workflows.decisions.client import DecisionClient
from workflows.decisions.worker import decision_worker

SERVER = Path(sysconfig.get_path("scripts")) / "temporal-test-server"
Found = TypeVar("Found")
COLD = Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah")),))
People = Callable[..., Awaitable[Principal]]


@pytest.fixture
def people(engine: AsyncEngine) -> People:
    """`await people(role, name, agencies)`: somebody who is known."""

    async def known(role: Role, name: str, agencies: tuple[str, ...] | None = None) -> Principal:
        principal, _ = await issue_token(engine, name, role, agencies)
        return principal

    return known


@pytest.fixture
async def drafted(answer: Callable[..., Awaitable[Answer]]) -> Answer:
    """A cold night beyond its threshold, which calls for advice."""
    found = await answer(COLD, "Sedingin apa?")
    assert found.staff_review is not None
    return found


@pytest.fixture
async def opened(drafted: Answer, mayor: Principal, engine: AsyncEngine) -> UUID:
    """The decision that the mayor's approval of the draft opened."""
    assert await keep_review(engine, drafted.run_id, Review(principal=mayor, verdict=Verdict.APPROVED))
    async with engine.connect() as connection:
        return (await connection.execute(select(col(DecisionRow.id)))).scalar_one()


@dataclass
class Office:
    """A city hall at work on a server whose time the test lets pass."""

    environment: WorkflowEnvironment
    engine: AsyncEngine
    client: DecisionClient

    async def move(
        self, principal: Principal, decision_id: UUID, motion: Motion, *, version: int = 1, key: str = ""
    ) -> DecisionState:
        move = Move(
            decision_id=decision_id, principal=principal, key=key or str(new_id()), version=version, motion=motion
        )
        return await self.client.move(move)

    async def handle(
        self, principal: Principal, disposition_id: UUID, motion: DispositionMotion, *, key: str = ""
    ) -> DispositionState:
        return await self.client.handle(
            DispositionMove(disposition_id=disposition_id, principal=principal, key=key or str(new_id()), motion=motion)
        )

    async def now(self) -> datetime:
        return await self.environment.get_current_time()

    async def until(self, moment: datetime) -> None:
        """Let time pass until shortly after `moment`."""
        await self.environment.sleep(moment - await self.now() + timedelta(minutes=1))


@pytest.fixture
def rules() -> DecisionRules:
    """How the city decides; a test may parametrise it."""
    return read_city(HIGHLAND).decisions


@pytest.fixture
async def office(city: AsyncEngine, rules: DecisionRules) -> AsyncGenerator[Office]:
    highland = read_city(HIGHLAND).model_copy(update={"decisions": rules})
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(SERVER), data_converter=pydantic_data_converter
    ) as environment:

        async def clock(engine: AsyncEngine) -> datetime:
            return max(await known_moment(engine), await environment.get_current_time())

        async with decision_worker(environment.client, city, highland, clock):
            yield Office(environment, city, DecisionClient(environment.client, city))


@pytest.fixture
async def begun(office: Office, opened: UUID) -> UUID:
    """The decision, handed to its readers or to who decides."""
    await office.client.start(opened)

    async def look() -> UUID | None:
        status = (await state_of(office.engine, opened)).status
        return opened if status is not DecisionStatus.DRAFT else None

    return await eventually(look)


async def eventually(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `look` finds, as soon as it does."""
    async with asyncio.timeout(30):
        while True:
            if (found := await look()) is not None:
                return found
            await asyncio.sleep(0.05)
