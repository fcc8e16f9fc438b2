"""A decision that began under an earlier build of the code goes on under a later one, its timers too."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from pesut.city.loader import read_city
from pesut.contracts import Principal, new_id
from pesut.contracts.decision import Approve, DecisionStatus, Directive, Move
from pesut.database.tables import DecisionRow
from pesut.decisions.listing import state_of
from pesut.decisions.moves import DecisionMoves
from pesut.servers.temporal import temporal_running
from tests.workflows.conftest import HIGHLAND
from tests.workflows.decisions.conftest import eventually
from workflows.decisions.client import DecisionClient
from workflows.decisions.deployment import take_the_lead, this_build
from workflows.decisions.messages import DECIDE, DECISIONS, Undecided, decision_workflow
from workflows.decisions.worker import decision_worker

SOON = timedelta(seconds=3)
CITY = read_city(HIGHLAND)


@pytest.fixture
async def temporal(tmp_path: Path) -> AsyncGenerator[Client]:
    """A real server of the test's own: which build leads is the server's to remember."""
    with temporal_running(tmp_path) as address:
        yield await Client.connect(address, data_converter=pydantic_data_converter)


@asynccontextmanager
async def worked_by(build: str, temporal: Client, engine: AsyncEngine) -> AsyncGenerator[DecisionClient]:
    async with decision_worker(temporal, engine, CITY, build=build):
        if build:
            await take_the_lead(temporal, build)
        yield DecisionClient(temporal, engine)


async def carried_by(temporal: Client, workflow: str) -> str:
    """The build under which the last step of the workflow was taken."""
    found: Any = await temporal.get_workflow_handle(workflow).describe()
    return found.raw_description.workflow_execution_info.versioning_info.deployment_version.build_id


async def _status(engine: AsyncEngine, decision_id: UUID, status: DecisionStatus) -> None:
    async def look() -> bool | None:
        return (await state_of(engine, decision_id)).status is status or None

    await eventually(look)


@pytest.mark.parametrize("earlier", ["", "earlier"], ids=["unversioned", "versioned"])
async def test_what_began_under_an_earlier_build_goes_on(
    earlier: str, city: AsyncEngine, opened: UUID, mayor: Principal, temporal: Client
) -> None:
    async with worked_by(earlier, temporal, city) as client:
        await client.start(opened)
        await _status(city, opened, DecisionStatus.APPROVAL)
        assert await carried_by(temporal, decision_workflow(opened)) == earlier
    approval = Approve(directives=(Directive(option=0, agency="badan_bencana"),))
    move = Move(decision_id=opened, principal=mayor, key=str(new_id()), version=1, motion=approval)
    async with worked_by("later", temporal, city) as client:
        assert (await client.move(move)).status is DecisionStatus.APPROVED
        assert await carried_by(temporal, decision_workflow(opened)) == "later"


async def test_a_timer_of_an_earlier_build_runs_out_under_a_later_one(
    city: AsyncEngine, opened: UUID, temporal: Client
) -> None:
    begun = await DecisionMoves(city, CITY).begin(opened, datetime.now(UTC), restricted=False)
    state = begun.model_copy(update={"due": datetime.now(UTC) + SOON})
    async with city.begin() as connection:
        statement = update(DecisionRow).where(col(DecisionRow.id) == opened)
        await connection.execute(statement.values(state=state.model_dump(mode="json")))
    async with worked_by("earlier", temporal, city):
        handle: Any = await temporal.start_workflow(
            DECIDE, Undecided(decision_id=opened, state=state), id=decision_workflow(opened), task_queue=DECISIONS
        )

        async def waiting() -> bool | None:
            kinds = [event.event_type async for event in handle.fetch_history_events()]
            return EventType.EVENT_TYPE_TIMER_STARTED in kinds or None

        await eventually(waiting)
    async with worked_by("later", temporal, city):
        await _status(city, opened, DecisionStatus.EXPIRED)
        await handle.result()
        assert await carried_by(temporal, decision_workflow(opened)) == "later"


def test_equal_code_is_one_build() -> None:
    assert this_build() == this_build.__wrapped__()
