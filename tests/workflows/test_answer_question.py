"""The durable life of a question, on a real Temporal server and a real database."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from agents.dependencies import AgentDependencies
from pesut.contracts import (
    AnswerStatus,
    Dimension,
    Filter,
    MetricQuery,
    MetricStep,
    Period,
    Plan,
    Principal,
    Review,
    Role,
    RunEventKind,
    RunStatus,
    Verdict,
    new_id,
)
from pesut.database.tables import AnswerRow, AuditLogRow, EvidenceRow
from pesut.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    MetricQueryError,
    NotFoundError,
    TooMuchWorkError,
    UnavailableError,
)
from pesut.runs import NewRun, admit, events_after, run_of
from pesut.settings import Settings
from workflows.client import PesutClient, open_client, workflow_id
from workflows.messages import REVIEW
from workflows.recovery import recover

NOW = datetime.now(UTC)
COUNT = Plan(
    steps=(
        MetricStep(
            query=MetricQuery(
                metric="jumlah_keluhan",
                period=Period(start=NOW - timedelta(days=30), end=NOW + timedelta(days=1)),
                filters=(Filter(dimension=Dimension.CATEGORY, values=("hama",)),),
            )
        ),
    )
)
COLD = Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah")),))
PLANS = {"Berapa keluhan?": COUNT, "Sedingin apa?": COLD}
SOON = timedelta(seconds=20)

AtWork = Callable[[AgentDependencies], AbstractAsyncContextManager[None]]
Planned = Callable[..., AgentDependencies]


def ask(principal: Principal, text: str = "Berapa keluhan?", key: str | None = None) -> NewRun:
    return NewRun(principal.id, key or str(new_id()), text)


async def test_a_question_is_answered(client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal) -> None:
    async with at_work(planned(PLANS)):
        run_id, conversation_id = await client.ask(ask(mayor))
        answer = await client.wait_for_answer(run_id, SOON)
        told = [event.kind async for event in client.events(run_id)]
    assert (answer.run_id, answer.conversation_id) == (run_id, conversation_id)
    assert answer.status is AnswerStatus.ANSWERED
    assert "40 keluhan" in answer.text
    assert told.count(RunEventKind.ANSWER) == 1


async def test_events_are_told_while_it_goes_on(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal
) -> None:
    async with at_work(planned(PLANS)):
        run_id, _ = await client.ask(ask(mayor))
        told = [event async for event in client.events(run_id)]
        rest = [event async for event in client.events(run_id, after=told[2].id)]
    assert told[-1].kind in {RunEventKind.ANSWER, RunEventKind.STEP_FINISHED}
    assert RunEventKind.ANSWER in {event.kind for event in told}
    assert rest[: len(told) - 3] == told[3:]


async def test_the_same_key_asks_once(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal, city: AsyncEngine
) -> None:
    run = ask(mayor, key="once")
    asked = await asyncio.gather(*(client.ask(run) for _ in range(5)))
    assert len(set(asked)) == 1
    deps = planned(PLANS)
    async with at_work(deps):
        answer = await client.wait_for_answer(asked[0][0], SOON)
        assert await client.ask(run) == asked[0]
        assert (await client.wait_for_answer(asked[0][0], SOON)).id == answer.id
    assert await _count(city, AnswerRow) == 1
    with pytest.raises(ConflictError, match="another question"):
        await client.ask(ask(mayor, "Sedingin apa?", key="once"))


async def test_too_much_work_is_refused_before_it_is_accepted(
    client: PesutClient, mayor: Principal, settings: Settings
) -> None:
    for _ in range(settings.max_open_runs):
        await client.ask(ask(mayor))
    with pytest.raises(TooMuchWorkError):
        await client.ask(ask(mayor, key="refused"))
    with pytest.raises(NotFoundError):
        await client.cancel(new_id())
    async with client._engine.connect() as connection:  # pyright: ignore[reportPrivateUsage]
        keys = (await connection.execute(select(func.count()).where(col(AnswerRow.id).is_not(None)))).scalar_one()
    assert keys == 0


@pytest.mark.parametrize("text", ["", "   ", "x" * 100_000, "\0\1\2\3\4", "\ufffd" * 9])
async def test_what_is_no_question_is_not_taken_in(text: str, mayor: Principal) -> None:
    with pytest.raises(InvalidInputError):
        ask(mayor, text)


async def test_somebody_elses_conversation_is_not_found(client: PesutClient, mayor: Principal) -> None:
    with pytest.raises(NotFoundError):
        await client.ask(NewRun(mayor.id, "k", "Berapa keluhan?", new_id()))


async def test_a_part_that_is_away_for_a_moment_is_tried_again(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal
) -> None:
    deps = planned(PLANS, KeyError("hiccup"), UnavailableError("away"), ConnectionError("away"))
    async with at_work(deps):
        run_id, _ = await client.ask(ask(mayor))
        assert (await client.wait_for_answer(run_id, SOON)).status is AnswerStatus.ANSWERED


async def test_what_cannot_be_answered_gets_an_answer_that_says_so(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal, city: AsyncEngine
) -> None:
    async with at_work(planned(PLANS, MetricQueryError("no such thing"))):
        run_id, _ = await client.ask(ask(mayor))
        answer = await client.wait_for_answer(run_id, SOON)
    assert answer.status is AnswerStatus.FAILED
    assert "belum dapat dijawab" in answer.text
    run = await run_of(city, run_id)
    assert run.status is RunStatus.FAILED
    assert run.error == "MetricQueryError: MetricQueryError: no such thing"
    assert (await events_after(city, run_id))[-1].kind is RunEventKind.FAILED


async def test_a_run_can_be_cancelled(client: PesutClient, mayor: Principal, at_work: AtWork, planned: Planned) -> None:
    run_id, _ = await client.ask(ask(mayor))
    await client.cancel(run_id)
    async with at_work(planned(PLANS)):
        with pytest.raises(ConflictError, match="cancelled"):
            await client.wait_for_answer(run_id, SOON)


async def test_a_run_that_was_never_started_is_started(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal, city: AsyncEngine
) -> None:
    run_id, _ = await admit(city, ask(mayor), 5)
    async with at_work(planned(PLANS)):
        await recover(client, city, patience=timedelta(0))
        assert (await client.wait_for_answer(run_id, SOON)).status is AnswerStatus.ANSWERED


async def test_a_run_that_was_ended_from_outside_is_closed(
    client: PesutClient, mayor: Principal, city: AsyncEngine
) -> None:
    run = ask(mayor)
    run_id, _ = await client.ask(run)
    await client.temporal.get_workflow_handle(workflow_id(mayor.id, run.idempotency_key)).terminate()
    await recover(client, city, patience=timedelta(0))
    assert (await client.wait_for_answer(run_id, SOON)).status is AnswerStatus.FAILED


async def test_a_staff_review_waits_for_a_person(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal, city: AsyncEngine
) -> None:
    async with at_work(planned(PLANS)):
        run_id, _ = await client.ask(ask(mayor, "Sedingin apa?"))
        answer = await client.wait_for_answer(run_id, SOON)
        assert answer.staff_review is not None
        assert (await run_of(city, run_id)).status is RunStatus.AWAITING_REVIEW
        analyst = Principal(id=new_id(), name="analis", role=Role.ANALYST)
        with pytest.raises(ForbiddenError):
            await client.review(run_id, Review(principal=analyst, verdict=Verdict.APPROVED))
        with pytest.raises(InvalidInputError):
            await client.review(run_id, Review(principal=mayor, verdict=Verdict.REJECTED))
        with pytest.raises(ForbiddenError):
            await client.review(run_id, Review(principal=mayor, verdict=Verdict.EXPIRED))
        await client.review(run_id, Review(principal=mayor, verdict=Verdict.REJECTED, note="Terlalu mahal."))
        assert (await run_of(city, run_id)).status is RunStatus.FINISHED
        with pytest.raises(ConflictError):
            await client.review(run_id, Review(principal=mayor, verdict=Verdict.APPROVED))
    last = (await events_after(city, run_id))[-1]
    assert (last.kind, last.data["verdict"], last.data["note"]) == (RunEventKind.REVIEWED, "rejected", "Terlalu mahal.")
    async with city.connect() as connection:
        acts = (await connection.execute(select(col(AuditLogRow.action)))).scalars().all()
    assert "staff_review.rejected" in acts


async def test_a_decision_may_reach_the_workflow_before_it_knows_its_own_answer(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal, city: AsyncEngine
) -> None:
    run = ask(mayor, "Sedingin apa?")
    async with at_work(planned(PLANS)):
        run_id, _ = await client.ask(run)
        handle = client.temporal.get_workflow_handle(workflow_id(mayor.id, run.idempotency_key))
        await handle.execute_update(  # pyright: ignore[reportUnknownMemberType]
            REVIEW, Review(principal=mayor, verdict=Verdict.APPROVED)
        )
        assert (await run_of(city, run_id)).status is RunStatus.FINISHED


async def test_an_answer_without_a_review_awaits_no_decision(
    client: PesutClient, at_work: AtWork, planned: Planned, mayor: Principal
) -> None:
    async with at_work(planned(PLANS)):
        run_id, _ = await client.ask(ask(mayor))
        await client.wait_for_answer(run_id, SOON)
        with pytest.raises(ConflictError):
            await client.review(run_id, Review(principal=mayor, verdict=Verdict.APPROVED))


async def test_twenty_questions_at_once(
    at_work: AtWork, planned: Planned, mayor: Principal, settings: Settings, city: AsyncEngine
) -> None:
    roomy = settings.model_copy(update={"max_open_runs": 40})
    async with open_client(roomy, city) as client, at_work(planned(PLANS)):
        asked = await asyncio.gather(*(client.ask(ask(mayor)) for _ in range(20)))
        answers = await asyncio.gather(*(client.wait_for_answer(run_id, SOON * 3) for run_id, _ in asked))
    assert {answer.status for answer in answers} == {AnswerStatus.ANSWERED}
    assert await _count(city, EvidenceRow) == 40


async def test_who_is_there(client: PesutClient, at_work: AtWork, planned: Planned) -> None:
    assert await client.temporal_there()
    async with at_work(planned(PLANS)):
        await asyncio.sleep(0.3)
        assert await client.worker_there()


async def test_a_temporal_that_is_away_is_said_to_be(settings: Settings, mayor: Principal, city: AsyncEngine) -> None:
    away = settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
    async with open_client(away, city) as client:
        assert not await client.temporal_there()
        with pytest.raises(UnavailableError, match="Temporal"):
            await client.ask(ask(mayor))


async def test_an_answer_that_is_late_is_said_to_be(client: PesutClient, mayor: Principal) -> None:
    run_id, _ = await client.ask(ask(mayor))
    with pytest.raises(UnavailableError, match="not there yet"):
        await client.wait_for_answer(run_id, timedelta(milliseconds=300))


async def _count(engine: AsyncEngine, table: type[AnswerRow | EvidenceRow]) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()
