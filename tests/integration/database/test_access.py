"""Row-level security shows each scope what it may see, in every table that hangs on what is restricted."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Scope, new_id
from pesut.database.access import reading_as
from pesut.database.tables import (
    FOREVER,
    DatasetRow,
    IndicatorRow,
    ObservationMonthRow,
    ObservationRow,
    ReportRow,
    ReportStateRow,
    SeriesRow,
)

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
AGENCIES = ("open", "dlh", "dishub")  # what is of the last two is restricted
TABLES = ("series", "observation", "observation_month", "report", "report_state")
NOBODY, ONE, ALL = Scope(), Scope(supervision=True, agencies=("dlh",)), Scope(supervision=True)


@pytest.fixture
async def guarded(engine: AsyncEngine) -> AsyncEngine:
    """In each of TABLES a row that all may see, and one of each agency that few may."""
    version = {"recorded_at": JUNE, "superseded_at": FOREVER, "sample": False}
    async with engine.begin() as connection:
        await connection.execute(
            insert(DatasetRow).values(code="d", title="d", agency_code="dlh", access="restricted", staleness_seconds=1)
        )
        await connection.execute(insert(IndicatorRow).values(code="i", dataset_code="d", name="i", unit="m"))
        for number, agency in enumerate(AGENCIES, start=1):
            hidden, report = number > 1, new_id()
            series = {"id": number, "indicator_code": "i", "region_code": "9", "item": agency}
            await connection.execute(insert(SeriesRow).values(**series, agency_code=agency, restricted=hidden))
            value = {"series_id": number, **version}
            await connection.execute(insert(ObservationRow).values(**value, observed_at=JUNE, value=number))
            await connection.execute(
                insert(ObservationMonthRow).values(
                    **value, month=date(2026, 6, 1), n=1, total=1, minimum=1, maximum=1, last=1,
                    first_observed_at=JUNE, last_observed_at=JUNE,
                )
            )  # fmt: skip
            await connection.execute(
                insert(ReportRow).values(
                    id=report, source="t", source_key=agency, number=agency, title="-", body="-", channel="app",
                    reporter="", address="", submitted_at=JUNE, recorded_at=JUNE, sample=False,
                )
            )  # fmt: skip
            await connection.execute(
                insert(ReportStateRow).values(
                    report_id=report, submitted_at=JUNE, agency_code=agency, channel="app", reporter="", decided={},
                    status="waiting", classification="supervision" if hidden else "complaint", **version,
                )
            )  # fmt: skip
    return engine


async def _counts(engine: AsyncEngine, scope: Scope, tables: Sequence[str] = TABLES) -> dict[str, int]:
    async with reading_as(engine, scope) as connection:
        return {
            table: (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() for table in tables
        }


@pytest.mark.parametrize(
    ("scope", "seen"), [(NOBODY, 1), (Scope(agencies=("dlh",)), 1), (ONE, 2), (Scope(supervision=True, agencies=()), 1), (ALL, 3)]
)  # fmt: skip
async def test_each_scope_sees_what_it_may(guarded: AsyncEngine, scope: Scope, seen: int) -> None:
    assert await _counts(guarded, scope) == dict.fromkeys(TABLES, seen)


@pytest.mark.parametrize("table", TABLES)
async def test_who_sees_everything_is_asked_nothing_for_each_row(guarded: AsyncEngine, table: str) -> None:
    async with reading_as(guarded, ALL) as connection:
        plan = (await connection.execute(text(f"EXPLAIN SELECT * FROM {table}"))).scalars().all()
    assert not [line for line in plan if "Filter" in line or "Plan" in line]


async def test_a_table_guarded_for_readers_is_guarded_for_all_who_read(guarded: AsyncEngine) -> None:
    async with guarded.begin() as connection:
        for statement in (
            "CREATE TABLE later AS SELECT 1 AS one",
            "ALTER TABLE later ENABLE ROW LEVEL SECURITY",
            "GRANT SELECT ON later TO pesut_reader",
            "CREATE POLICY visible ON later FOR SELECT TO pesut_reader USING (false)",
        ):
            await connection.execute(text(statement))
    assert await _counts(guarded, ALL, ["later"]) == {"later": 0}
    assert await _counts(guarded, NOBODY, ["later"]) == {"later": 0}
