"""Observations go in once, are corrected by versions, and their monthly rollup is exact as of every moment."""

import asyncio
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.city.models import City
from pesut.database.moment import known_moment, writing
from pesut.database.tables import FOREVER
from pesut.errors import ConflictError, InvalidInputError
from pesut.intake.observations import MAX_ROWS, write_observations
from pesut.intake.receipt import Receipt
from pesut.intake.rollup import build_rollup

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
_numbers = count()


def _row(value: object, moment: datetime = JUNE, **other: object) -> dict[str, Any]:
    return {
        "indicator": "population",
        "region": "90.01.01",
        "item": "",
        "observed_at": moment.isoformat(),
        "value": value,
    } | other


async def _read(engine: AsyncEngine, statement: str, **values: object) -> list[tuple[Any, ...]]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(text(statement), values)]


async def _send(engine: AsyncEngine, town: City, rows: list[dict[str, Any]], key: str = "", **options: Any) -> Receipt:
    return await write_observations(engine, town, rows, source="gauge", key=key or f"k{next(_numbers)}", **options)


async def test_what_is_pushed_is_visible_at_the_next_moment(town_engine: AsyncEngine, town: City) -> None:
    receipt = await _send(town_engine, town, [_row("7.90"), _row(8, JUNE + timedelta(hours=1))])
    assert (receipt.accepted, receipt.created, receipt.rejected) == (2, 2, 0)
    rows = await _read(
        town_engine,
        "SELECT value FROM observation WHERE recorded_at <= :t AND :t < superseded_at ORDER BY observed_at",
        t=await known_moment(town_engine),
    )
    assert [row[0] for row in rows] == [Decimal("7.90"), Decimal(8)]


async def test_a_series_takes_agency_and_restriction_from_its_dataset(town_engine: AsyncEngine, town: City) -> None:
    await _send(town_engine, town, [_row(1), _row(2, indicator="open-cases")])
    rows = await _read(town_engine, "SELECT indicator_code, agency_code, restricted FROM series ORDER BY 1")
    assert rows == [("open-cases", "dlh", True), ("population", "dlh", False)]


async def test_the_same_batch_twice_gives_the_first_receipt(town_engine: AsyncEngine, town: City) -> None:
    batch = [_row("7.90"), _row("nine")]
    first = await _send(town_engine, town, batch, key="batch-1")
    second = await _send(town_engine, town, batch, key="batch-1")
    assert not first.repeated
    assert second == first.model_copy(update={"repeated": True})
    assert [reject.row for reject in second.rejects] == [2]
    assert (await _read(town_engine, "SELECT count(*) FROM observation"))[0][0] == 1
    with pytest.raises(ConflictError, match="other content"):
        await _send(town_engine, town, [_row("8")], key="batch-1")


async def test_one_key_from_many_senders_at_once_goes_in_once(town_engine: AsyncEngine, town: City) -> None:
    receipts = await asyncio.gather(*(_send(town_engine, town, [_row("7.90")], key="same") for _ in range(8)))
    assert sum(not receipt.repeated for receipt in receipts) == 1
    assert {receipt.created for receipt in receipts} == {1}


async def test_an_equal_value_changes_nothing_and_another_corrects(town_engine: AsyncEngine, town: City) -> None:
    await _send(town_engine, town, [_row("7.90")])
    assert (await _send(town_engine, town, [_row("7.9")])).unchanged == 1
    receipt = await _send(town_engine, town, [_row("8.10")])
    assert (receipt.corrected, receipt.unchanged) == (1, 0)
    rows = await _read(town_engine, "SELECT value, recorded_at, superseded_at FROM observation ORDER BY recorded_at")
    assert [row[0] for row in rows] == [Decimal("7.90"), Decimal("8.10")]
    assert rows[0][2] == rows[1][1] == receipt.recorded_at


async def test_a_real_value_takes_the_place_of_an_equal_sample(town_engine: AsyncEngine, town: City) -> None:
    await _send(town_engine, town, [_row(7)], sample=True)
    assert (await _send(town_engine, town, [_row(7)])).corrected == 1
    rows = await _read(town_engine, "SELECT sample FROM observation_month WHERE superseded_at = :f", f=FOREVER)
    assert [row[0] for row in rows] == [False]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (_row(1, indicator="depth"), "indicator"),
        (_row(1, region="90.09"), "region"),
        (_row(1, unit="cm"), "unit"),
        (_row("NaN"), "value"),
        (_row("1e19"), "value"),
        (_row(True), "value"),
        (_row(None), "value"),
        (_row(1, observed_at="2026-06-01T00:00:00"), "observed_at"),
        (_row(1, observed_at=1780000000), "observed_at"),
        (_row(1, observed_at="2062-06-01T00:00:00Z"), "observed_at"),
        (_row(1, item="a\x00b"), "item"),
        (_row(1, colour="red"), "colour"),
        ({"value": 1}, "indicator"),
    ],
)
async def test_a_row_that_cannot_be_used_is_named_and_the_rest_goes_in(
    town_engine: AsyncEngine, town: City, row: dict[str, Any], column: str
) -> None:
    receipt = await _send(town_engine, town, [row, _row(7, unit="jiwa")])
    assert [(reject.row, reject.column) for reject in receipt.rejects] == [(1, column)]
    assert (receipt.accepted, receipt.rejected) == (1, 1)


async def test_items_are_held_against_the_catalog(town_engine: AsyncEngine, town: City) -> None:
    rows = [_row(1, indicator="level", item=item) for item in ("dam", "moon", "")]
    receipt = await _send(town_engine, town, rows)
    assert [(reject.row, reject.column, reject.value) for reject in receipt.rejects] == [
        (2, "item", "moon"),
        (3, "item", ""),
    ]


async def test_of_two_values_for_one_moment_the_last_counts(town_engine: AsyncEngine, town: City) -> None:
    receipt = await _send(town_engine, town, [_row(1), _row(2)])
    assert (receipt.created, receipt.rejects[0].row) == (1, 1)
    assert (await _read(town_engine, "SELECT value FROM observation"))[0][0] == 2


async def test_too_many_rows_and_nameless_batches_are_refused(town_engine: AsyncEngine, town: City) -> None:
    with pytest.raises(InvalidInputError, match="at most"):
        await _send(town_engine, town, [_row(1)] * (MAX_ROWS + 1))
    with pytest.raises(InvalidInputError, match="key"):
        await write_observations(town_engine, town, [_row(1)], source="gauge", key=" ")


async def test_writers_of_the_same_series_take_turns(town_engine: AsyncEngine, town: City) -> None:
    """Each sends all series in an order of its own; every version must follow the one before, and the rollup hold."""
    regions = ["90.01", "90.01.01", "90.01.02"]
    batches = [
        [_row(value, region=region) for region in (regions if value % 2 else reversed(regions))] for value in range(10)
    ]
    receipts = await asyncio.gather(*(_send(town_engine, town, batch) for batch in batches))
    assert sum(receipt.created for receipt in receipts) == len(regions)
    chain = await _read(
        town_engine,
        "SELECT superseded_at, lead(recorded_at, 1, :f) OVER (PARTITION BY series_id ORDER BY recorded_at) FROM observation",
        f=FOREVER,
    )
    assert len(chain) == 30
    assert all(superseded == following for superseded, following in chain)
    months = await _read(
        town_engine,
        "SELECT m.last, o.value FROM observation_month m JOIN observation o USING (series_id)"
        " WHERE m.superseded_at = :f AND o.superseded_at = :f",
        f=FOREVER,
    )
    assert len(months) == 3
    assert all(last == value for last, value in months)


_moments = st.integers(0, 32 * 24 * 3600).map(
    lambda seconds: datetime(2026, 1, 30, tzinfo=UTC) + timedelta(seconds=seconds)
)
_values = st.decimals(-1000, 1000, places=3)
_batches = st.lists(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), _moments, _values), max_size=6), min_size=1, max_size=5
)
Rollup = dict[tuple[str, date], tuple[Any, ...]]


def _rolled_up(values: dict[tuple[str, datetime], Decimal]) -> Rollup:
    months: dict[tuple[str, date], list[tuple[datetime, Decimal]]] = defaultdict(list)
    for (item, moment), value in values.items():
        months[item, moment.astimezone(JAKARTA).date().replace(day=1)].append((moment, value))
    return {
        place: (
            len(rows), sum(value for _, value in rows), min(value for _, value in rows), max(value for _, value in rows),
            max(rows)[1], min(rows)[0], max(rows)[0],
        )
        for place, rows in months.items()
    }  # fmt: skip


async def _stored_rollup(engine: AsyncEngine, moment: datetime, example: str) -> Rollup:
    rows = await _read(
        engine,
        "SELECT s.item, month, n, total, minimum, maximum, last, first_observed_at, last_observed_at"
        " FROM observation_month m JOIN series s ON s.id = m.series_id"
        " WHERE s.item LIKE :example AND recorded_at <= :t AND :t < superseded_at",
        t=moment,
        example=f"{example}-%",
    )
    return {(row[0], row[1]): tuple(row[2:]) for row in rows}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=_batches)
async def test_the_rollup_equals_plain_python_as_of_every_moment(
    town_engine: AsyncEngine, town: City, batches: list[list[tuple[str, datetime, Decimal]]]
) -> None:
    example = f"x{next(_numbers)}"
    expected: list[tuple[datetime, Rollup]] = []
    truth: dict[tuple[str, datetime], Decimal] = {}
    for batch in batches:
        rows = [_row(str(value), moment, item=f"{example}-{item}") for item, moment, value in batch]
        await _send(town_engine, town, rows)
        truth |= {(f"{example}-{item}", moment): value for item, moment, value in batch}
        expected.append((await known_moment(town_engine), _rolled_up(truth)))
    for moment, rollup in expected:
        assert await _stored_rollup(town_engine, moment, example) == rollup


async def test_the_bulk_rollup_equals_the_one_kept_batch_by_batch(town_engine: AsyncEngine, town: City) -> None:
    moments = [JUNE + timedelta(hours=7 * step) for step in range(300)]
    for start in range(0, 300, 100):
        await _send(town_engine, town, [_row(step, moments[step]) for step in range(start, start + 100)])
    kept = "SELECT series_id, month, n, total, minimum, maximum, last FROM observation_month WHERE superseded_at = :f ORDER BY 2"
    before = await _read(town_engine, kept, f=FOREVER)
    async with writing(town_engine) as (connection, recorded_at):
        assert await build_rollup(connection, town.timezone, recorded_at) == 0
        await connection.execute(text("DELETE FROM observation_month WHERE month >= '2026-07-01'"))
        await connection.execute(text("UPDATE observation_month SET n = 1 WHERE superseded_at = :f"), {"f": FOREVER})
        assert await build_rollup(connection, town.timezone, recorded_at + timedelta(seconds=1)) == len(before)
    assert await _read(town_engine, kept, f=FOREVER) == before
