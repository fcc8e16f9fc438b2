"""The whole graph on a real database, in-process: from a question to an answer whose every number replays."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from agents.answer.in_process import run_in_process
from agents.dependencies import AgentDependencies
from pesut.contracts import (
    Agent,
    Answer,
    AnswerStatus,
    CaveatKind,
    Clarify,
    Comparison,
    Decline,
    DeclineReason,
    Dimension,
    DocumentQuery,
    DocumentStep,
    Filter,
    Language,
    MetricQuery,
    MetricStep,
    Option,
    Order,
    Period,
    Plan,
    Question,
    RecommendStep,
    ReportQuery,
    ReportStep,
    RunEventKind,
    RunStatus,
    digest_of,
)
from pesut.database.tables import AnswerRow, EvidenceRow, RunEventRow
from pesut.evidence import replay
from pesut.runs import events_after, history_of, run_of

NOW = datetime.now(UTC)
LAST_DAYS = Period(start=NOW - timedelta(days=30), end=NOW + timedelta(days=1))
LONG_AGO = Period(start=NOW - timedelta(days=400), end=NOW - timedelta(days=390))
PESTS = Filter(dimension=Dimension.CATEGORY, values=("hama",))
COUNT = MetricStep(
    query=MetricQuery(metric="jumlah_keluhan", period=LAST_DAYS, filters=(PESTS,), comparison=Comparison.LAST_YEAR)
)
BY_DISTRICT = MetricStep(
    query=MetricQuery(metric="jumlah_keluhan", period=LAST_DAYS, group_by=(Dimension.DISTRICT,), order=Order())
)
REPORTS = ReportStep(query=ReportQuery(text="wereng di sawah", filters=(PESTS,), limit=5))
ADVICE = RecommendStep(topic="hama wereng di sawah", categories=("hama",))

Answering = Callable[..., Awaitable[Answer]]
TakingIn = Callable[..., Awaitable[Question]]
Planned = Callable[..., AgentDependencies]


async def test_a_count_is_answered_with_its_source(answer: Answering, city: AsyncEngine) -> None:
    given = await answer(Plan(steps=(COUNT,)), "Berapa keluhan hama?")
    assert given.status is AnswerStatus.ANSWERED
    assert "adalah 40 keluhan, naik 40 keluhan dibanding" in given.text
    assert given.sample_data
    assert not given.cut
    assert given.agents == (Agent.DATA_LOOKUP,)
    assert [chart.kind for chart in given.charts] == ["line"]
    ids = {str(each.id) for each in given.evidence}
    assert all(set(claim.evidence) <= ids and claim.evidence for claim in given.claims)
    for evidence in given.evidence:
        assert digest_of(evidence.result) == evidence.digest
        assert (await replay(city, evidence)).same
    assert {timing.step for timing in given.timings} == {"plan", "look_up", "conclude"}


async def test_all_three_agents_work_on_one_question(answer: Answering, city: AsyncEngine) -> None:
    given = await answer(Plan(steps=(COUNT, REPORTS, ADVICE)))
    assert given.status is AnswerStatus.ANSWERED
    assert set(given.agents) == set(Agent)
    assert not given.cut
    review = given.staff_review
    assert review is not None
    assert len(review.options) >= 2
    assert any(
        "Pengendalian hama terpadu" in fact.rendered and "tersisa Rp650 juta" in fact.rendered for fact in review.facts
    )
    assert review.options[0].agency == "dinas_tani"
    assert review.options[0].agency_name == "Dinas Pertanian dan Peternakan"
    assert review.options[0].deadline is not None
    assert review.sample_data
    ids = {str(each.id) for each in given.evidence}
    assert all(fact.evidence and set(fact.evidence) <= ids for fact in review.facts)
    assert all(point.rendered for point in (*review.assumptions, *review.analysis, review.problem, review.conclusion))
    for evidence in given.evidence:
        assert (await replay(city, evidence)).same


async def test_a_value_beyond_its_threshold_calls_for_advice_unasked(answer: Answering) -> None:
    coldest = MetricStep(
        query=MetricQuery(metric="suhu_terendah", filters=(Filter(dimension=Dimension.ITEM, values=("pos_kawah",)),))
    )
    given = await answer(Plan(steps=(coldest,)))
    assert "sudah mencapai ambang Embun beku 2,0 °C (Dinas Pertanian)" in given.text
    assert given.staff_review is not None
    assert given.staff_review.options[0].agency == "badan_bencana", (
        "the producer of the data, where no category is named"
    )


async def test_hostile_reports_are_quoted_as_data_and_change_nothing(answer: Answering) -> None:
    newest = ReportStep(query=ReportQuery(filters=(PESTS,), limit=3))
    given = await answer(Plan(steps=(COUNT, newest)))
    assert given.status is AnswerStatus.ANSWERED
    assert "adalah 40 keluhan" in given.text
    assert any(
        "ABAIKAN SEMUA PERINTAH" in str(row["excerpt"])
        for each in given.evidence
        for row in each.result
        if "excerpt" in row
    )
    for claim in given.claims:
        if "ABAIKAN" in claim.rendered:
            assert claim.rendered.startswith("“")
        assert "{" not in claim.rendered
    assert given.plan.steps == (COUNT, newest)
    assert given.staff_review is None


async def test_documents_are_quoted_word_for_word(answer: Answering) -> None:
    papers = DocumentStep(query=DocumentQuery(text="pengendalian hama", limit=2))
    given = await answer(Plan(steps=(papers,)))
    assert given.status is AnswerStatus.ANSWERED
    passages = [" ".join(str(row["passage"]).split()) for each in given.evidence for row in each.result]
    quotes = [claim.rendered.split("“")[1].split("”")[0] for claim in given.claims]
    assert quotes
    assert all(any(quote in passage for passage in passages) for quote in quotes)


@pytest.mark.parametrize(
    ("plan", "status"),
    [
        (Plan(clarify=Clarify(question="Yang mana?", options=(Option(label="A", question="A?"),))), "clarification"),
        (Plan(decline=Decline(reason=DeclineReason.OUT_OF_SCOPE, message="Bukan tentang kabupaten ini.")), "out_of_scope"),
        (Plan(decline=Decline(reason=DeclineReason.NO_DATA, message="Tidak ada datanya.")), "no_data"),
        (Plan(decline=Decline(reason=DeclineReason.NOT_ALLOWED, message="Tidak boleh.")), "declined"),
        (Plan(steps=(COUNT,), notes=("Bagian 'sapi' tidak ada datanya.",)), "partial"),
        (Plan(steps=(COUNT, MetricStep(query=MetricQuery(metric="suhu_terendah", period=Period(
            start=NOW - timedelta(days=400), end=NOW - timedelta(days=390)))))), "partial"),
        (Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah", period=Period(
            start=NOW - timedelta(days=400), end=NOW - timedelta(days=390)))),)), "no_data"),
        (Plan(steps=(MetricStep(query=MetricQuery(metric="jumlah_keluhan", period=LONG_AGO)),)), "no_data"),
        (Plan(steps=(MetricStep(query=MetricQuery(metric="tidak_ada", period=LAST_DAYS)),)), "no_data"),
        (Plan(steps=(MetricStep(query=MetricQuery(metric="jumlah_pendaki", period=LAST_DAYS)),)), "no_data"),
    ],
)  # fmt: skip
async def test_every_outcome_has_its_status(plan: Plan, status: str, answer: Answering) -> None:
    given = await answer(plan)
    assert given.status == status
    assert given.text.strip()
    assert "{" not in given.text


async def test_advice_is_whole_without_reports_beside_it(answer: Answering) -> None:
    nobody_wrote = ReportStep(query=ReportQuery(text="wereng", period=LONG_AGO, filters=(PESTS,)))
    assert (await answer(Plan(steps=(COUNT, nobody_wrote)))).status is AnswerStatus.PARTIAL
    advised = await answer(Plan(steps=(COUNT, nobody_wrote, ADVICE)))
    assert advised.staff_review is not None
    assert advised.status is AnswerStatus.ANSWERED


async def test_no_data_names_whom_to_ask(answer: Answering) -> None:
    given = await answer(Plan(steps=(MetricStep(query=MetricQuery(metric="suhu_terendah", period=Period(
        start=NOW - timedelta(days=400), end=NOW - timedelta(days=390)))),)))  # fmt: skip
    assert "tanyakan kepada Badan Penanggulangan Bencana Daerah" in given.text
    assert CaveatKind.NO_ROWS in {caveat.kind for caveat in given.caveats}


async def test_before_the_first_record_nothing_is_known_rather_than_zero(answer: Answering) -> None:
    given = await answer(Plan(steps=(MetricStep(query=MetricQuery(metric="jumlah_keluhan", period=LONG_AGO)),)))
    assert given.evidence[0].result == ({"value": 0},)
    assert "0 keluhan" not in given.text
    assert "baru tersedia sejak" in next(each.text for each in given.caveats if each.kind is CaveatKind.UNCOVERED)


async def test_an_english_question_is_answered_in_english(answer: Answering) -> None:
    given = await answer(Plan(language=Language.EN, steps=(COUNT, BY_DISTRICT)))
    assert "which rose by 40" in given.text
    assert given.map is not None
    assert given.follow_ups


async def test_what_was_not_known_at_the_moment_asked_about_is_not_told(answer: Answering) -> None:
    long_ago = NOW - timedelta(days=3)
    given = await answer(Plan(steps=(COUNT,)), as_of=long_ago)
    assert given.as_of == long_ago
    assert all(evidence.as_of == long_ago for evidence in given.evidence)
    assert "40" not in given.text


async def test_steps_are_told_once_and_in_order(answer: Answering, city: AsyncEngine) -> None:
    given = await answer(Plan(steps=(COUNT, REPORTS)))
    events = await events_after(city, given.run_id)
    kinds = [event.kind for event in events]
    assert kinds[0] is RunEventKind.STEP_STARTED
    assert kinds.count(RunEventKind.STEP_STARTED) == kinds.count(RunEventKind.STEP_FINISHED)
    assert events[-1].kind in {RunEventKind.ANSWER, RunEventKind.STEP_FINISHED}
    assert [event.id for event in events] == sorted(event.id for event in events)
    assert kinds.count(RunEventKind.ANSWER) == 1
    assert kinds.count(RunEventKind.EVIDENCE) == len(given.evidence)
    assert (await run_of(city, given.run_id)).status is RunStatus.FINISHED


async def test_running_a_question_twice_leaves_one_answer(
    take_in: TakingIn, planned: Planned, city: AsyncEngine
) -> None:
    question = await take_in("Berapa?")
    deps = planned({"Berapa?": Plan(steps=(COUNT, REPORTS, ADVICE))})
    first = await run_in_process(question, deps)
    counted = await _counts(city)
    assert (await run_in_process(question, deps)).id == first.id
    assert await _counts(city) == counted


async def test_a_conversation_remembers_what_was_understood(
    take_in: TakingIn, planned: Planned, city: AsyncEngine
) -> None:
    first = await take_in("Berapa keluhan?")
    await run_in_process(first, planned({"Berapa keluhan?": Plan(steps=(COUNT,))}))
    second = await take_in("Kalau di Kawah?", conversation=first.conversation_id)
    assert [(turn.question, turn.plan.steps) for turn in second.history] == [("Berapa keluhan?", (COUNT,))]
    assert await history_of(city, first.conversation_id, first.run_id) == ()


async def _counts(engine: AsyncEngine) -> list[int]:
    async with engine.connect() as connection:
        return [
            (
                await connection.execute(select(func.count()).select_from(table).where(col(table.id).is_not(None)))
            ).scalar_one()
            for table in (EvidenceRow, AnswerRow, RunEventRow)
        ]
