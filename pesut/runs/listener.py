"""Waiting for what happens in runs: one PostgreSQL connection that listens for a whole process."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
from psycopg import AsyncConnection, sql
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.runs.events import CHANNEL

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between attempts to connect again


class RunListener:
    """Wakes whoever waits for a run. After a broken connection everybody is woken, since something may have been missed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._signals: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def signal(self, run_id: UUID) -> AsyncGenerator[asyncio.Event]:
        """An event that is set whenever something happens in the run; clear it, look, then wait again."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        signal = asyncio.Event()
        self._signals[str(run_id)].add(signal)
        try:
            await self._listening.wait()
            yield signal
        finally:
            self._forget(str(run_id), signal)

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def _forget(self, run_id: str, signal: asyncio.Event) -> None:
        self._signals[run_id].discard(signal)
        if not self._signals[run_id]:
            del self._signals[run_id]

    async def _listen(self) -> None:
        pause = FIRST_PAUSE
        while True:
            with contextlib.suppress(psycopg.OperationalError, OSError):
                async with await AsyncConnection.connect(self._address, autocommit=True) as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    pause = FIRST_PAUSE
                    self._wake_all()
                    async for notice in connection.notifies():
                        for signal in self._signals.get(notice.payload, ()):
                            signal.set()
            self._wake_all()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _wake_all(self) -> None:
        """Also after a failed attempt: waiting on a database that is away must end in its error, not hang."""
        self._listening.set()
        for signals in self._signals.values():
            for signal in signals:
                signal.set()
