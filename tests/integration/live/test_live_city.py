"""The live city against a real database: what is pushed arrives, sources that fall silent are told, readers share a reading."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from api.live.city import LiveCity
from pesut.city.load import write_city
from pesut.city.loader import CityFolder, read_folder
from pesut.contracts import Scope, new_id
from pesut.intake.observations import write_observations
from tools.tiles import Reading

HIGHLAND = Path(__file__).parents[2] / "cities" / "lembah_halimun"
PATIENCE = 60  # seconds; nothing here waits that long unless it is broken


@pytest.fixture(scope="module")
def folder() -> CityFolder:
    return read_folder(HIGHLAND)


@pytest.fixture
async def live(engine: AsyncEngine, folder: CityFolder) -> AsyncGenerator[LiveCity]:
    await write_city(engine, folder)
    live = LiveCity(engine, folder.city)
    yield live
    await live.close()


async def _push(engine: AsyncEngine, folder: CityFolder, value: float, age: timedelta = timedelta()) -> None:
    row = {
        "indicator": "suhu", "region": "91.07.02.2001", "item": "pos_kawah", "value": str(value),
        "observed_at": (datetime.now(UTC) - age).isoformat(),
    }  # fmt: skip
    receipt = await write_observations(engine, folder.city, [row], source="test", key=str(new_id()))
    assert receipt.accepted == 1


async def _until(readings: AsyncGenerator[Reading], number: float) -> Reading:
    async with asyncio.timeout(PATIENCE):
        async for each in readings:
            if each.tile.code == "kawah" and each.number == number:
                return each
    raise AssertionError("the stream ended")


async def test_what_is_pushed_reaches_whoever_follows(engine: AsyncEngine, live: LiveCity, folder: CityFolder) -> None:
    await _push(engine, folder, 9.5, timedelta(hours=2))
    followers = [live.board(Scope()).follow() for _ in range(3)]
    first = [await _until(each, 9.5) for each in followers]
    assert first[0].crossed is None
    await _push(engine, folder, 1.5)
    then = [await _until(each, 1.5) for each in followers]
    assert then[0] is then[1] is then[2], "it was read once for all"
    assert then[0].crossed is not None
    assert then[0].crossed.code == "embun_beku"
    for each in followers:
        await each.aclose()


async def test_a_source_that_is_late_is_silent_and_raises_no_alarm(
    engine: AsyncEngine, live: LiveCity, folder: CityFolder
) -> None:
    await _push(engine, folder, 1.5, timedelta(days=40))
    reading = await live.board(Scope()).reading("kawah")
    assert reading is not None
    assert (reading.number, reading.silent, reading.crossed) == (1.5, True, None)


async def test_a_tile_without_data_says_so(live: LiveCity) -> None:
    readings = {each.tile.code: each for each in await live.board(Scope()).readings()}
    assert readings["kawah"].number is None
    assert readings["kawah"].newest is None
    assert readings["keluhan"].number == 0


async def test_a_board_that_nobody_follows_is_read_when_somebody_looks(
    engine: AsyncEngine, live: LiveCity, folder: CityFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = live.board(Scope())
    monkeypatch.setattr("api.live.board.FRESH", timedelta())
    await _push(engine, folder, 4)
    first = await board.reading("kawah")
    await _push(engine, folder, 5)
    second = await board.reading("kawah")
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (4, 5)
