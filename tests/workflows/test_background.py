"""Beside answering, the worker keeps vectors and links in step and learns the metrics' names by meaning."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.database.tables import ReportLinkRow, ReportVectorRow
from pesut.search.spaces import Spaces
from pesut.settings import SAMARINDA
from workflows import background
from workflows.background import NearestMetrics, tend


async def test_texts_get_vectors_and_metrics_their_meaning(
    city: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "FIRST", timedelta())
    nearest = NearestMetrics()
    _, catalog = await current_catalog(city)
    assert nearest.metrics("apa saja", catalog) == ()
    task = asyncio.create_task(tend(city, SAMARINDA, Spaces(tmp_path), nearest))
    async with asyncio.timeout(120):
        while (
            min(await _count(city, ReportVectorRow), await _count(city, ReportLinkRow)) < 40 or nearest.gathered is None
        ):
            await asyncio.sleep(0.2)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert isinstance(nearest.metrics("apa saja", catalog), tuple)


async def _count(engine: AsyncEngine, table: type[ReportVectorRow | ReportLinkRow]) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()
