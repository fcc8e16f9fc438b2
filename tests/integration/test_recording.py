"""What is recorded becomes known at a moment that no later row can precede, and only its scope may read it."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.contracts import Scope, new_id
from pesut.database.access import reading_as
from pesut.database.moment import known_moment, writing
from pesut.database.tables import FOREVER, AuditLogRow, ReportRow, ReportStateRow

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


async def _report(engine: AsyncEngine, key: str, classification: str = "complaint", agency: str = "dlh") -> None:
    report_id = new_id()
    async with writing(engine) as (connection, recorded_at):
        await connection.execute(
            insert(ReportRow).values(
                id=report_id, source="test", source_key=key, number=key, title="Sampah", body="Sampah menumpuk",
                channel="app", reporter="", address="", submitted_at=JUNE, recorded_at=recorded_at, sample=False,
            )
        )  # fmt: skip
        await connection.execute(
            insert(ReportStateRow).values(
                report_id=report_id, recorded_at=recorded_at, superseded_at=FOREVER, submitted_at=JUNE, channel="app",
                agency_code=agency, classification=classification, status="waiting", reporter="", decided={}, sample=False,
            )
        )  # fmt: skip


async def test_a_moment_waits_for_what_was_stamped_before_it(engine: AsyncEngine) -> None:
    async with writing(engine) as (_, recorded_at):
        waiting = asyncio.create_task(known_moment(engine))
        await asyncio.sleep(0.2)
        assert not waiting.done()
    assert await waiting > recorded_at


async def test_row_level_security_follows_the_scope(engine: AsyncEngine) -> None:
    await _report(engine, "1")
    await _report(engine, "2", classification="supervision", agency="dlh")
    await _report(engine, "3", classification="supervision", agency="dishub")
    seen: dict[str, list[str]] = {}
    for name, scope in {
        "analyst": Scope(),
        "inspector": Scope(supervision=True),
        "dlh": Scope(supervision=True, agencies=("dlh",)),
    }.items():
        async with reading_as(engine, scope) as connection:
            seen[name] = sorted((await connection.execute(select(col(ReportRow.number)))).scalars())
    assert seen == {"analyst": ["1"], "inspector": ["1", "2", "3"], "dlh": ["1", "2"]}


async def test_a_reader_cannot_write_nor_read_what_is_not_for_agents(engine: AsyncEngine) -> None:
    for statement in ("DELETE FROM report", "SELECT * FROM principal", "SELECT * FROM audit_log"):
        with pytest.raises(DBAPIError):
            async with reading_as(engine, Scope(supervision=True)) as connection:
                await connection.execute(text(statement))


async def test_the_audit_log_only_grows(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            insert(AuditLogRow).values(id=new_id(), at=JUNE, action="test", subject="report/1", detail={})
        )
    for statement in ("UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"):
        with pytest.raises(DBAPIError, match="only grows"):
            async with engine.begin() as connection:
                await connection.execute(text(statement))
