"""Beside answering, the worker keeps vectors in step and learns the metrics' names by meaning."""

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.database.tables import ReportVectorRow
from pesut.search.spaces import Spaces
from workflows import background
from workflows.background import NearestMetrics, tend


async def test_texts_get_vectors_and_metrics_their_meaning(
    city: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "FIRST", timedelta())
    nearest = NearestMetrics()
    _, catalog = await current_catalog(city)
    assert nearest.metrics("apa saja", catalog) == ()
    task = asyncio.create_task(tend(city, Spaces(tmp_path), nearest))
    async with asyncio.timeout(120):
        while await _vectors(city) < 40 or nearest.gathered is None:
            await asyncio.sleep(0.2)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert isinstance(nearest.metrics("apa saja", catalog), tuple)


async def _vectors(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count()).select_from(ReportVectorRow))).scalar_one()
