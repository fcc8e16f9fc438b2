"""Vectors are made after the texts are there, once, in one space at a time, and search goes on meanwhile."""

import asyncio
import random
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import ReportQuery
from pesut.database.tables import EmbeddingSpaceRow, ReportVectorRow, RunRow
from pesut.runs import NewRun, admit
from pesut.search.city_vectors import FEWEST_TEXTS
from pesut.search.refresh import RefreshError, refresh_vectors
from pesut.search.spaces import EmbeddingModel, Spaces
from tests.integration.evidence.runs import start_run
from tests.integration.search.town import settle, tell, visit
from tools.reports import find_reports

ABOUT = {
    "water": "air pdam mati tidak mengalir keruh meteran pipa bocor pelanggan ember bak mandi",
    "light": "lampu penerangan gelap padam tiang malam rawan pju bohlam sakelar",
}
CABLES = "kabel semrawut menjuntai gardu trafo putus"


def _said(count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    topics = list(ABOUT.values())
    return [" ".join(dice.sample(topics[place % 2].split(), k=5)) for place in range(count)]


async def _spaces(engine: AsyncEngine) -> list[tuple[str, bool, int]]:
    """Of each space of reports: its code, whether it is current, and how many vectors it has."""
    count = select(func.count()).where(col(ReportVectorRow.space) == col(EmbeddingSpaceRow.code)).scalar_subquery()
    query = select(col(EmbeddingSpaceRow.code), col(EmbeddingSpaceRow.current), count)
    async with engine.connect() as connection:
        return [(row[0], row[1], row[2]) for row in await connection.execute(query)]


async def _ask(engine: AsyncEngine) -> None:
    earlier = await start_run(engine)
    query = select(col(RunRow.principal_id)).where(col(RunRow.id) == earlier)
    async with engine.connect() as connection:
        asker = (await connection.execute(query)).scalar_one()
    await admit(engine, NewRun(asker, "another", "Berapa laporan?"), 10)


def _ignore(done: int, total: int) -> None:
    pass


async def test_a_city_learns_its_own_space_and_follows_its_reports(engine: AsyncEngine, tmp_path: Path) -> None:
    await settle(engine)
    spaces, told = Spaces(tmp_path), list[tuple[int, int]]()
    await tell(engine, *_said(FEWEST_TEXTS, seed=1))
    assert await refresh_vectors(engine, spaces, lambda done, total: told.append((done, total))) == FEWEST_TEXTS
    assert told[-1] == (FEWEST_TEXTS, FEWEST_TEXTS)
    [(first, current, count)] = await _spaces(engine)
    assert (first.startswith("report:lsa-"), current, count) == (True, True, FEWEST_TEXTS)

    await tell(engine, *_said(3, seed=2))
    assert await refresh_vectors(engine, spaces, _ignore) == 3
    assert await _spaces(engine) == [(first, True, FEWEST_TEXTS + 3)]
    assert await refresh_vectors(engine, spaces, _ignore) == 0

    await tell(engine, *_said(FEWEST_TEXTS, seed=3))
    assert await refresh_vectors(engine, spaces, _ignore) == 2 * FEWEST_TEXTS + 3
    [(second, current, count)] = await _spaces(engine)
    assert second != first and (current, count) == (True, 2 * FEWEST_TEXTS + 3)


async def test_few_reports_are_found_by_the_general_model(engine: AsyncEngine, tmp_path: Path) -> None:
    await settle(engine)
    await tell(engine, "Lampu jalan padam sejak semalam.", "Sampah menumpuk di pasar.")
    spaces = Spaces(tmp_path)
    assert await refresh_vectors(engine, spaces, _ignore) == 2
    assert [code for code, _, _ in await _spaces(engine)] == [f"report:{spaces.general.space}"]
    query = ReportQuery(text="the road is dark at night", limit=1)
    evidence = await find_reports(await visit(engine, spaces=spaces), query, key="k", label="E1")
    assert evidence.result[0]["excerpt"] == "Lampu jalan padam sejak semalam."


async def test_vectors_find_reports_whose_words_are_misspelt(engine: AsyncEngine, tmp_path: Path) -> None:
    await settle(engine)
    wanted, dice = "kabeel semrawuut menjuntaai", random.Random(4)
    cables = [" ".join(dice.sample(CABLES.split(), k=4)) for _ in range(12)]
    await tell(engine, *_said(FEWEST_TEXTS, seed=4), *cables, wanted)
    query, spaces = ReportQuery(text="kabel semrawut menjuntai", limit=100), Spaces(tmp_path)
    by_words = await find_reports(await visit(engine, spaces=spaces), query, key="k", label="E1")
    await refresh_vectors(engine, spaces, _ignore)
    by_vectors = await find_reports(await visit(engine, spaces=spaces), query, key="k", label="E1")
    assert wanted not in [row["excerpt"] for row in by_words.result]
    assert wanted in [row["excerpt"] for row in by_vectors.result]


async def test_without_what_was_learned_search_goes_by_words(engine: AsyncEngine, tmp_path: Path) -> None:
    await settle(engine)
    await tell(engine, *_said(FEWEST_TEXTS, seed=5), "Lampu merah mati.")
    await refresh_vectors(engine, Spaces(tmp_path / "here"), _ignore)
    elsewhere = Spaces(tmp_path / "elsewhere")
    evidence = await find_reports(
        await visit(engine, spaces=elsewhere), ReportQuery(text="lampu merah mati"), key="k", label="E1"
    )
    assert evidence.result[0]["excerpt"] == "Lampu merah mati."


async def test_a_refresh_that_is_cut_off_leaves_nothing_running_and_is_taken_up(
    engine: AsyncEngine, tmp_path: Path
) -> None:
    await settle(engine)
    await tell(engine, *_said(4 * 1000, seed=6))
    spaces, begun = Spaces(tmp_path), asyncio.Event()
    refreshing = asyncio.create_task(refresh_vectors(engine, spaces, lambda done, total: begun.set()))
    async with asyncio.timeout(60):
        await begun.wait()
    assert await refresh_vectors(engine, spaces, _ignore) == 0  # one at a time
    await _ask(engine)
    assert not refreshing.done()  # no question waits for vectors
    refreshing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await refreshing
    assert not [each for each in psutil.Process().children() if "pesut.search.refresh" in each.cmdline()]
    [(code, current, before)] = await _spaces(engine)
    assert not current and 0 < before < 4000
    assert await refresh_vectors(engine, spaces, _ignore) == 4000 - before
    assert await _spaces(engine) == [(code, True, 4000)]


async def test_a_model_that_is_away_is_told(engine: AsyncEngine, tmp_path: Path) -> None:
    await settle(engine)
    await tell(engine, "Lampu jalan padam.")
    spaces = Spaces(tmp_path, EmbeddingModel(base_url="http://127.0.0.1:9/v1", name="e5"))
    with pytest.raises(RefreshError, match="did not answer"):
        await refresh_vectors(engine, spaces, _ignore)
    evidence = await find_reports(await visit(engine, spaces=spaces), ReportQuery(text="lampu"), key="k", label="E1")
    assert evidence.row_count == 1
