"""A staff review of the highlands that was taken forward, and the people around it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Answer, MetricQuery, MetricStep, Plan, Principal, Review, Role, Verdict
from pesut.database.tables import DecisionRow
from pesut.principals import issue_token
from pesut.runs.reviews import keep_review

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
