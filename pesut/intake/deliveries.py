"""What came in lately, source by source, and what of it was left out."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Contract
from pesut.database.tables import ReceiptRow
from pesut.intake.receipt import Reject

LOOKBACK = timedelta(days=90)
MOST_SOURCES, MOST_BATCHES = 100, 20


class Delivery(Contract):
    """All batches of one source within LOOKBACK: rows taken in and left out."""

    source: str
    batches: int
    accepted: int
    rejected: int
    last_at: AwareDatetime


class RejectedBatch(Contract):
    """A batch of which rows were left out, with the first of them; values are quoted masked."""

    source: str
    key: str
    recorded_at: AwareDatetime
    rejected: int
    rejects: tuple[Reject, ...]


async def deliveries(engine: AsyncEngine, now: datetime) -> list[Delivery]:
    """By source, the newest first, at most MOST_SOURCES."""
    last: Any = func.max(col(ReceiptRow.recorded_at))
    query = (
        select(
            col(ReceiptRow.source),
            func.count().label("batches"),
            func.sum(col(ReceiptRow.accepted)).label("accepted"),
            func.sum(col(ReceiptRow.rejected)).label("rejected"),
            last.label("last_at"),
        )
        .where(col(ReceiptRow.recorded_at) >= now - LOOKBACK)
        .group_by(col(ReceiptRow.source))
        .order_by(last.desc())
        .limit(MOST_SOURCES)
    )
    async with engine.connect() as connection:
        return [Delivery.model_validate(dict(row)) for row in (await connection.execute(query)).mappings()]


async def rejected_batches(engine: AsyncEngine, source: str) -> list[RejectedBatch]:
    """The newest batches of this source of which rows were left out, at most MOST_BATCHES."""
    row = ReceiptRow
    columns: list[Any] = [col(row.source), col(row.key), col(row.recorded_at), col(row.rejected)]
    query = (
        select(*columns, col(row.detail)["rejects"].label("rejects"))
        .where(col(row.source) == source, col(row.rejected) > 0)
        .order_by(col(row.recorded_at).desc())
        .limit(MOST_BATCHES)
    )
    async with engine.connect() as connection:
        return [RejectedBatch.model_validate(dict(found)) for found in (await connection.execute(query)).mappings()]
