"""Telling that data have changed, to whoever shows them live."""

from collections.abc import Iterable, Iterator

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from pesut.database.listener import SEPARATOR

NEWS = "pesut_news"  # the channel; its topics are the codes of indicators, and REPORTS
REPORTS = ":reports"  # no code holds a colon
LONGEST = 7000  # bytes; PostgreSQL takes 8000

_NOTIFY = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) payload")


async def announce(connection: AsyncConnection, topics: Iterable[str]) -> None:
    """Tell of the topics when the caller's transaction commits."""
    if payloads := list(_payloads(sorted(set(topics)))):
        await connection.execute(_NOTIFY, {"channel": NEWS, "payloads": payloads})


def _payloads(topics: list[str]) -> Iterator[str]:
    payload = ""
    for topic in topics:
        if payload and len(payload.encode()) + len(topic.encode()) >= LONGEST:
            yield payload
            payload = ""
        payload += SEPARATOR * bool(payload) + topic
    if payload:
        yield payload
