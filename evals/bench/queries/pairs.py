"""One query two ways: as Pesut writes it, under the asker's security, and as someone wrote it by hand for the same rows."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from evals.bench.figures import Figure, Unit, at_most
from pesut.contracts import Scope
from pesut.database.access import reading_as
from pesut.evidence.rendering import decode, render
from pesut.evidence.rows import json_value

BY_HAND = Path(__file__).parent / "by_hand"
AIM = at_most(1.2)
FEWEST, SECONDS = 5, 4.0  # times each is run, and how long the two are repeated

Cells = Mapping[Any, Any]
Run = Callable[[AsyncConnection], Awaitable[Sequence[Cells]]]


@dataclass(frozen=True)
class Pair:
    """`ready` sets what both need within their transactions."""

    name: str
    ours: Run
    sql: str
    parameters: Mapping[str, Any]
    ready: Callable[[AsyncConnection], Awaitable[None]] | None = None

    async def by_hand(self, connection: AsyncConnection) -> Sequence[Cells]:
        """The rows of the SQL written by hand."""
        return (await connection.exec_driver_sql(self.sql, dict(self.parameters))).mappings().all()


def written(name: str) -> str:
    """SQL of a file in by_hand/."""
    return (BY_HAND / f"{name}.sql").read_text()


def rendered(statement: Select[*tuple[Any, ...]]) -> Run:
    """Runs a statement as evidence does: its text is made once, and reading a row into JSON is not part of it."""
    text, encoded = render(statement)
    return partial(_run_text, text, {name: decode(value) for name, value in encoded.items()})


async def _run_text(text: str, parameters: dict[str, Any], connection: AsyncConnection) -> Sequence[Cells]:
    return (await connection.exec_driver_sql(text, parameters)).mappings().all()


@dataclass(frozen=True)
class Compared:
    """Seconds of the fastest run of each, which others at work on the machine disturb least. `differing`: rows that are not
    equal in the columns that both name.
    """

    pair: Pair
    ours: float
    by_hand: float
    rows: int
    differing: int

    @property
    def figure(self) -> Figure:
        beside = [
            Figure(name="Pesut", value=self.ours * 1000, unit=Unit.MILLISECONDS),
            Figure(name="by hand", value=self.by_hand * 1000, unit=Unit.MILLISECONDS),
            Figure(name="rows", value=self.rows),
            Figure(name="differing", value=self.differing),
        ]
        ratio = self.ours / self.by_hand
        return Figure(name=self.pair.name, value=ratio, unit=Unit.RATIO, aim=AIM, beside=tuple(beside))


async def compare(engine: AsyncEngine, scope: Scope, pair: Pair) -> Compared:
    """Run both in turn, each at least FEWEST times after one that does not count, so that both find the same in memory."""
    ours, by_hand = await _ours(engine, scope, pair), await _by_hand(engine, pair)
    times: list[tuple[float, float]] = []
    began = perf_counter()
    while len(times) < FEWEST or perf_counter() - began < SECONDS:
        times.append(((await _ours(engine, scope, pair))[0], (await _by_hand(engine, pair))[0]))
    return Compared(
        pair=pair,
        ours=min(each[0] for each in times),
        by_hand=min(each[1] for each in times),
        rows=len(by_hand[1]),
        differing=_differing(ours[1], by_hand[1]),
    )


async def _ours(engine: AsyncEngine, scope: Scope, pair: Pair) -> tuple[float, Sequence[Cells]]:
    async with reading_as(engine, scope) as connection:
        return await _timed(connection, pair, pair.ours)


async def _by_hand(engine: AsyncEngine, pair: Pair) -> tuple[float, Sequence[Cells]]:
    """As the database's owner, whom no row-level security slows down."""
    async with engine.connect() as connection, connection.begin():
        return await _timed(connection, pair, pair.by_hand)


async def _timed(connection: AsyncConnection, pair: Pair, run: Run) -> tuple[float, Sequence[Cells]]:
    await _unprepared(connection)
    if pair.ready:
        await pair.ready(connection)
    began = perf_counter()
    rows = await run(connection)
    return perf_counter() - began, rows


async def _unprepared(connection: AsyncConnection) -> None:
    """Each time planned anew, as a question's query is, which nobody has asked before."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    raw.prepare_threshold = None


def _differing(ours: Sequence[Cells], by_hand: Sequence[Cells]) -> int:
    """How many rows the one has and the other has not at the same place."""
    names = set(ours[0]) & set(by_hand[0]) if ours and by_hand else set[Any]()
    equal = sum(
        all(json_value(one[name]) == json_value(other[name]) for name in names)
        for one, other in zip(ours, by_hand, strict=False)
    )
    return max(len(ours), len(by_hand)) - equal
