"""Measurements on real servers with the highland city: each gives its figures, and leaves nothing waiting."""

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from agents.dependencies import AgentDependencies
from evals.bench import answers, decisions, importing, memory, waiting
from evals.bench.figures import Figure
from evals.bench.ground import Part, Servers
from evals.bench.measurements import measured
from evals.bench.queries import pairs, searches
from pesut.city.loader import CityFolder, read_folder
from pesut.contracts import Principal, RunStatus
from pesut.database.tables import RunRow
from pesut.intake.observations import write_observations
from pesut.search.refresh import refresh_vectors
from pesut.search.spaces import Spaces
from pesut.settings import Settings
from tests.workflows.conftest import HIGHLAND
from workflows.client import PesutClient

AtWork = Callable[[AgentDependencies], AbstractAsyncContextManager[None]]


@pytest.fixture
def ground(settings: Settings, city: AsyncEngine, mayor: Principal, client: PesutClient) -> Servers:
    """Takes in five questions at once."""
    return Servers(settings, read_folder(HIGHLAND), lambda _: None, city, mayor, client, ())


def _own_questions(folder: CityFolder) -> list[str]:
    return list(folder.city.questions)


async def _figures(name: str, ground: Servers) -> dict[str, Figure]:
    [found] = [each async for each in measured([name], ground)]
    assert found.left_out == ""
    return {figure.name: figure for figure in found.figures}


async def test_answers_are_timed_both_ways_and_wait_for_nobody(
    ground: Servers, dependencies: AgentDependencies, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "ROUNDS", 1)
    monkeypatch.setattr(answers, "questions", _own_questions)
    async with at_work(dependencies):
        found = await _figures("answers", ground)
        ended = {RunStatus.FINISHED, RunStatus.CANCELLED}
        while await _statuses(ground.engine) - ended:
            await asyncio.sleep(0.05)
    assert list(found) == [
        "through Temporal, p50", "through Temporal, p95", "in process, p50", "in process, p95", "ratio of the medians",
    ]  # fmt: skip
    assert sum(each.value for each in found["through Temporal, p50"].beside) == len(ground.folder.city.questions)
    assert all(figure.value > 0 for figure in found.values())


async def test_a_burst_counts_what_was_refused(
    ground: Servers, dependencies: AgentDependencies, at_work: AtWork
) -> None:
    async with at_work(dependencies):
        found = await _figures("burst", ground)
    assert found["errors"].beside[0].value == 20
    assert 0 < found["errors"].value <= 15
    assert found["answers per second"].value > 0


async def test_queries_give_what_sql_by_hand_gives(ground: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "ENOUGH", 1)
    monkeypatch.setattr(pairs, "SECONDS", 0)
    await _fill(ground)
    await refresh_vectors(ground.engine, Spaces(ground.settings.data_dir), lambda done, total: None)
    found = await _figures("queries", ground)
    assert [found.pop(name).value for name in ("reports", "observations", "series")] == [40, 48, 1]
    assert found.pop("recall of the nearest 10").value == 1
    assert found.pop("queries that these data allow").value == len(found) == 8
    assert all(figure.value > 0 for figure in found.values())
    beside = {name: {each.name: each.value for each in figure.beside} for name, figure in found.items()}
    assert {name: each["differing"] for name, each in beside.items()} == dict.fromkeys(beside, 0)
    assert all(each["rows"] for each in beside.values())


async def test_queries_that_cannot_run_are_not_passed_over(ground: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "SECONDS", 0)
    await _fill(ground)
    allowed = (await _figures("queries", ground))["queries that these data allow"]
    assert allowed.value < 8, "no two words are in enough reports"
    assert allowed.reached is False


async def test_imports_go_into_a_database_of_their_own(ground: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    few = {kind: (300, write) for kind, (_, write) in importing.FILES.items()}
    monkeypatch.setattr(importing, "FILES", few)
    before = await _counts(ground.engine)
    found = await _figures("import", ground)
    assert list(found) == ["observations", "reports"]
    for figure in found.values():
        assert figure.value > 0
        assert [each.value for each in figure.beside] == [300, 0]
    assert await _counts(ground.engine) == before


async def test_memory_is_told_for_each_process_or_why_not(ground: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "REST_SECONDS", 0)
    [nothing] = [each async for each in measured(["memory"], ground)]
    assert "pesut up" in nothing.left_out
    found = await _figures(
        "memory", replace(ground, parts=(Part("Worker", os.getpid(), alone=True), Part("Gone", 2**22)))
    )
    assert found["Worker"].value > 1
    assert found["Gone"].value == 0
    assert found["all together"].value == found["Worker"].value


async def test_drafts_papers_and_decisions_that_wait(ground: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "ROUNDS", 1)
    monkeypatch.setattr(decisions, "MOST_MATTERS", 2)
    monkeypatch.setattr(waiting, "OPEN", 3)
    found = await _figures("decisions", ground)
    assert found["draft without a model, p95"].beside[0].value > 0
    assert found["decisions opened"].beside[0].value == 3
    assert all(found[f"{format_}, p95"].value > 0 for format_ in ("PDF", "DOCX"))
    assert found["10000 open, histories"].value > 0
    async with ground.engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM decision"))).scalar_one() == 0


async def _fill(ground: Servers) -> None:
    """An older value, and reports that were closed."""
    old = {
        "indicator": "suhu", "region": "91.07.02.2001", "item": "pos_kawah", "value": 4,
        "observed_at": (datetime.now(UTC) - timedelta(days=70)).isoformat(),
    }  # fmt: skip
    await write_observations(ground.engine, ground.folder.city, [old], source="test", key="old")
    async with ground.engine.begin() as connection:
        await connection.execute(
            text("UPDATE report_state SET closed_at = submitted_at + random() * interval '9 days'")
        )


async def _statuses(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set((await connection.execute(select(col(RunRow.status)))).scalars())


async def _counts(engine: AsyncEngine) -> tuple[int, ...]:
    query = text(
        "SELECT (SELECT count(*) FROM observation), (SELECT count(*) FROM report),"
        " (SELECT count(*) FROM pg_database WHERE datname LIKE 'bench%')"
    )
    async with engine.connect() as connection:
        return tuple((await connection.execute(query)).one())
