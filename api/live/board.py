"""The live city for one kind of reader: read once for all who look, and again when news of its data come."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.live.looking import looking
from pesut.city.models import City, Tile
from pesut.contracts import Scope
from pesut.database.listener import Listener
from pesut.database.moment import moment_now
from pesut.errors import PesutError
from tools.context import ToolContext
from tools.tiles import Reading, read_tile, topics_of

FRESH = timedelta(seconds=5)  # readings younger than this are shown as they are
TICK = timedelta(seconds=30)  # after which time alone may have changed what a tile says
LEAST_PAUSE = timedelta(milliseconds=150)  # between two rounds of reading, however many news there are
AT_ONCE = 4  # of the process's connections

log = logging.getLogger(__name__)


class Board:
    """The tiles of a city as a scope sees them. While somebody follows, they are read again after the news that concern them."""

    def __init__(self, engine: AsyncEngine, city: City, scope: Scope, listener: Listener) -> None:
        self._engine, self._city, self._scope, self._listener = engine, city, scope, listener
        self._readings: dict[str, Reading] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self._changed = asyncio.Condition()
        self._followers = 0
        self._keeping: asyncio.Task[None] | None = None

    async def readings(self) -> list[Reading]:
        """All tiles that can be read, in the city's order."""
        async with self._reading:
            if not self._followers and time.monotonic() - self._read_at > FRESH.total_seconds():
                await self._read(self._city.tiles)
                self._read_at = time.monotonic()
        return [self._readings[tile.code] for tile in self._city.tiles if tile.code in self._readings]

    async def reading(self, code: str) -> Reading | None:
        return next((each for each in await self.readings() if each.tile.code == code), None)

    async def follow(self) -> AsyncGenerator[Reading]:
        """Every tile as it stands, and then each one whenever it was read anew."""
        seen: dict[str, Reading] = {}
        async with self._followed():
            while True:
                async with self._changed:
                    while not (new := self._unlike(seen)):
                        await self._changed.wait()
                seen |= new
                for each in new.values():
                    yield each

    async def close(self) -> None:
        if self._keeping is not None:
            self._keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeping

    def _unlike(self, seen: dict[str, Reading]) -> dict[str, Reading]:
        return {code: each for code, each in self._readings.items() if seen.get(code) is not each}

    @contextlib.asynccontextmanager
    async def _followed(self) -> AsyncGenerator[None]:
        await self.readings()
        self._keeping = self._keeping or asyncio.create_task(self._keep())
        self._followers += 1
        try:
            yield
        finally:
            self._followers -= 1

    async def _keep(self) -> None:
        """Read the tiles again that news concern, and all of them from time to time; nothing while nobody follows."""
        catalog = (await self._context()).catalog
        topics = {tile: topics_of(tile, catalog) for tile in self._city.tiles}
        async with self._listener.signal(*{topic for each in topics.values() for topic in each}) as news:
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(TICK.total_seconds()):
                        await news.wait()
                everything = news.missed or not news.is_set()
                wanted = [tile for tile in topics if everything or topics[tile] & news.topics]
                news.clear()
                if self._followers:
                    started = time.monotonic()
                    await self._read(wanted)
                    await asyncio.sleep(max(LEAST_PAUSE.total_seconds(), time.monotonic() - started))

    async def _read(self, tiles: Sequence[Tile]) -> None:
        """What cannot be read now keeps its last reading, and is tried again."""
        try:
            context = await self._context()
        except (PesutError, SQLAlchemyError, OSError) as error:
            log.warning("tiles cannot be read: %s", error)
            return
        free = asyncio.Semaphore(AT_ONCE)

        async def read(tile: Tile) -> None:
            async with free:
                if (reading := await _tried(context, tile)) is not None:
                    await self._take(reading)

        await asyncio.gather(*map(read, tiles))

    async def _take(self, reading: Reading) -> None:
        async with self._changed:
            before = self._readings.get(reading.tile.code)
            if before is None or not _says_the_same(before, reading):
                self._readings[reading.tile.code] = reading
                self._changed.notify_all()

    async def _context(self) -> ToolContext:
        """As of now, without waiting for who writes just now: their news come when they are done."""
        return await looking(self._engine, self._city, self._scope, await moment_now(self._engine))


async def _tried(context: ToolContext, tile: Tile) -> Reading | None:
    try:
        return await read_tile(context, tile)
    except (PesutError, SQLAlchemyError, OSError) as error:
        log.warning("tile %s cannot be read: %s", tile.code, error)
        return None


def _says_the_same(before: Reading, now: Reading) -> bool:
    def said(reading: Reading) -> tuple[object, ...]:
        return reading.value.digest, reading.trend.digest, reading.newest, reading.silent, reading.metric

    return said(before) == said(now)
