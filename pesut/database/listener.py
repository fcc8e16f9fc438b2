"""Waiting for what PostgreSQL notifies of: one connection that listens to a channel for a whole process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import psycopg
from psycopg import AsyncConnection, sql
from sqlalchemy.ext.asyncio import AsyncEngine

SEPARATOR = "\n"
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between attempts to connect again


class Signal(asyncio.Event):
    """Set when something happens; `topics` are those that were notified of since it was cleared."""

    def __init__(self) -> None:
        super().__init__()
        self.topics: set[str] = set()
        self.missed = False  # whether anything may have happened, also to topics that are not named

    def clear(self) -> None:
        super().clear()
        self.topics, self.missed = set(), False


class Listener:
    """Wakes whoever waits for a topic; a notification names one topic or several, a line each.

    After a broken connection everybody is woken, since something may have been missed.
    """

    def __init__(self, engine: AsyncEngine, channel: str) -> None:
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._channel = channel
        self._signals: defaultdict[str, set[Signal]] = defaultdict(set)
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def signal(self, *topics: str) -> AsyncGenerator[Signal]:
        """A signal that is set whenever one of the topics is notified of; clear it, look, then wait again."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        signal = Signal()
        for topic in topics:
            self._signals[topic].add(signal)
        try:
            await self._listening.wait()
            yield signal
        finally:
            for topic in topics:
                self._forget(topic, signal)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def _forget(self, topic: str, signal: Signal) -> None:
        self._signals[topic].discard(signal)
        if not self._signals[topic]:
            del self._signals[topic]

    async def _listen(self) -> None:
        pause = FIRST_PAUSE
        while True:
            with contextlib.suppress(psycopg.OperationalError, OSError):
                async with await AsyncConnection.connect(self._address, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
                    pause = FIRST_PAUSE
                    self._wake_all()
                    async for notice in connection.notifies():
                        self._wake(notice.payload)
            self._wake_all()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wake(self, payload: str) -> None:
        for topic in payload.split(SEPARATOR):
            for signal in self._signals.get(topic, ()):
                signal.topics.add(topic)
                signal.set()

    def _wake_all(self) -> None:
        """Also after a failed attempt: waiting on a database that is away must end in its error, not hang."""
        self._listening.set()
        for signals in self._signals.values():
            for signal in signals:
                signal.missed = True
                signal.set()
