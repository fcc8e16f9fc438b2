"""Tools answer from what was known at the run's moment, under the asker's scope, and their evidence replays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from pesut.catalog.loader import catalog_version, load_catalog
from pesut.city.models import Agency, Gazetteer, Region, RegionLevel
from pesut.contracts import (
    AgencyQuery,
    BudgetQuery,
    Comparison,
    Dimension,
    Filter,
    Grain,
    MetricQuery,
    Period,
    Scope,
)
from pesut.database.moment import known_moment, writing
from pesut.database.tables import FOREVER, ReportStateRow
from pesut.errors import MetricQueryError
from pesut.evidence import replay
from pesut.intake.observations import write_observations
from tests.integration.evidence.runs import start_run
from tests.integration.metrics.world import AS_OF, CATALOG, World, load, make_world
from tools.agencies import find_agencies
from tools.budgets import find_budget_lines
from tools.context import ToolContext
from tools.metrics import query_metric

YEAR = Period(start=datetime(2025, 1, 1, tzinfo=UTC), end=datetime(2026, 1, 1, tzinfo=UTC))
MONTHLY = MetricQuery(
    metric="reports", period=YEAR, grain=Grain.MONTH, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR
)


@pytest.fixture
def world() -> World:
    return make_world(7, "Asia/Makassar")


@pytest.fixture
async def context(engine: AsyncEngine, database_url: str, world: World) -> ToolContext:
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        load(world, connection)
    catalog = load_catalog(CATALOG)
    regions = tuple(
        Region(code=row.code, level=RegionLevel(row.level), name=row.name, parent=row.parent_code)
        for row in world.regions
        if row.superseded_at == FOREVER
    )
    agencies = (Agency(code="a1", name="Dinas I"), Agency(code="a2", name="Dinas Dua"))
    return ToolContext(
        engine=engine,
        city=world.city,
        catalog=catalog,
        catalog_version=catalog_version(catalog),
        gazetteer=Gazetteer(regions=regions, agencies=agencies),
        scope=Scope(supervision=True),
        as_of=AS_OF[-1],
        run_id=await start_run(engine),
    )


async def _now(context: ToolContext) -> ToolContext:
    """The same run, at a moment later than everything that was written."""
    return replace(context, as_of=await known_moment(context.engine))


async def _decide_again(engine: AsyncEngine, report_id: UUID, **decided: object) -> None:
    """A new version of what is decided of a report."""
    async with writing(engine) as (connection, now):
        holds = (col(ReportStateRow.report_id) == report_id, col(ReportStateRow.superseded_at) == FOREVER)
        row = (await connection.execute(select(ReportStateRow).where(*holds))).mappings().one()
        await connection.execute(update(ReportStateRow).where(*holds).values(superseded_at=now))
        await connection.execute(insert(ReportStateRow).values({**row, **decided, "recorded_at": now}))


async def test_evidence_of_reports_replays_after_a_correction(context: ToolContext, world: World) -> None:
    context = await _now(context)
    evidence = await query_metric(context, MONTHLY, key="reports", label="E1")
    placed = next(
        row for row in world.reports
        if row.superseded_at == FOREVER and row.region_code == "9.0" and YEAR.start < row.submitted_at < YEAR.end
    )  # fmt: skip
    await _decide_again(context.engine, placed.report_id, region_code="9.1")

    again = await replay(context.engine, evidence)
    assert (again.same, again.digest, again.difference) == (True, evidence.digest, ())
    assert await query_metric(context, MONTHLY, key="reports", label="E7") == evidence
    later = await query_metric(await _now(context), MONTHLY, key="later", label="E2")
    moved = [new["district"] for old, new in zip(evidence.result, later.result, strict=True) if old != new]
    assert later.digest != evidence.digest
    assert sorted(map(str, moved)) == ["9.0", "9.1"]


@pytest.mark.parametrize("period", [YEAR, None], ids=["rollup", "latest"])
async def test_evidence_of_observations_replays_after_a_correction(context: ToolContext, period: Period | None) -> None:
    query = MetricQuery(metric="waste_total", period=period)
    moment = YEAR.start + timedelta(days=60) if period else datetime.now(UTC) - timedelta(minutes=5)
    row = {"indicator": "waste", "region": "9.0", "observed_at": moment.isoformat()}
    await write_observations(context.engine, context.city, [row | {"value": "10.5"}], source="test", key="1")
    context = await _now(context)
    evidence = await query_metric(context, query, key="waste", label="E1")
    await write_observations(context.engine, context.city, [row | {"value": "11"}], source="test", key="2")

    assert (await replay(context.engine, evidence)).same
    later = await query_metric(await _now(context), query, key="later", label="E2")
    before, after = evidence.result[0]["value"], later.result[0]["value"]
    assert isinstance(before, float)
    assert isinstance(after, float)
    assert after - before == pytest.approx(0.5)


async def test_evidence_says_where_it_comes_from_and_how_fresh_it_is(context: ToolContext, world: World) -> None:
    evidence = await query_metric(context, MetricQuery(metric="level_max"), key="level", label="E1")
    assert [(each.code, each.agency_name) for each in evidence.datasets] == [("gauges", "Dinas I")]
    gauges = {series.id for series in world.series if series.indicator_code == "level"}
    visible = [row for row in world.observations if row.series_id in gauges and row.visible(context.as_of)]
    newest = max(row.observed_at for row in visible if row.observed_at <= context.as_of)
    (fresh,) = evidence.freshness
    assert fresh.newest == newest
    assert fresh.stale is (context.as_of - newest > timedelta(hours=3))
    assert evidence.observed
    assert evidence.observed.end == newest + timedelta(microseconds=1)
    assert evidence.measure
    assert (evidence.measure.unit, evidence.measure.decimals) == ("m", 1)
    assert "_first" not in evidence.result[0]


async def test_restricted_rows_count_only_for_who_may_see_them(context: ToolContext, world: World) -> None:
    scopes = {
        "all": Scope(supervision=True),
        "a1": Scope(supervision=True, agencies=("a1",)),
        "none": Scope(),
    }
    query = MetricQuery(metric="reports", period=YEAR)
    counted = {
        name: (await query_metric(replace(context, scope=scope), query, key=name, label="E1")).result[0]["value"]
        for name, scope in scopes.items()
    }
    reports = [row for row in world.reports if row.visible(context.as_of) and YEAR.start <= row.submitted_at < YEAR.end]
    open_ = [row for row in reports if row.classification != "supervision"]
    own = [row for row in reports if row.classification == "supervision" and row.agency_code == "a1"]
    assert counted == {"all": len(reports), "a1": len(open_) + len(own), "none": len(open_)}
    assert len(own) > 0


async def test_restricted_series_are_hidden_in_every_path(context: ToolContext) -> None:
    async with context.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE series SET restricted = true WHERE indicator_code = 'waste'")
    hidden = replace(context, scope=Scope())
    month = Period(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 1, 20, tzinfo=UTC))
    queries = [MetricQuery(metric="waste_total", period=each) for each in (YEAR, month, None)]
    queries += [MetricQuery(metric="waste_stock", period=YEAR, grain=Grain.MONTH)]
    for number, query in enumerate(queries):
        seen = await query_metric(context, query, key=f"seen{number}", label="E1")
        unseen = await query_metric(hidden, query, key=f"unseen{number}", label="E1")
        assert seen.row_count > 0
        assert (unseen.row_count, unseen.freshness[0].newest) == (0, None)


@pytest.mark.parametrize(
    ("filter_", "nearest"),
    [
        (Filter(dimension=Dimension.REGION, values=("9.0.5",)), "9.0.0"),
        (Filter(dimension=Dimension.AGENCY, values=("a9",)), "a1"),
        (Filter(dimension=Dimension.CATEGORY, values=("floods",)), "flood"),
    ],
)
async def test_codes_that_nothing_has_are_refused(context: ToolContext, filter_: Filter, nearest: str) -> None:
    query = MetricQuery(metric="reports", filters=(filter_,))
    with pytest.raises(MetricQueryError) as refused:
        await query_metric(context, query, key="k", label="E1")
    assert nearest in refused.value.remedy


async def test_budget_lines_tell_what_is_left(context: ToolContext, world: World) -> None:
    query = BudgetQuery(year=2026, categories=("flood",), limit=100)
    evidence = await find_budget_lines(context, query, key="budget", label="E1")
    expected = {}
    for line in world.lines:
        if line.year == 2026 and line.visible(context.as_of) and "flood" in line.categories:
            spent = [
                row.amount for row in world.realisations
                if (row.year, row.code) == (line.year, line.code) and row.visible(context.as_of)
            ]  # fmt: skip
            expected[line.code] = (line.ceiling, sum(spent), line.ceiling - sum(spent))
    assert {row["code"]: (row["ceiling"], row["realised"], row["left"]) for row in evidence.result} == expected
    left = [row["left"] for row in evidence.result]
    assert left == sorted(left, key=lambda value: -float(str(value)))
    assert [dataset.code for dataset in evidence.datasets] == ["budget"]


async def test_agencies_are_found_by_code_and_by_category(context: ToolContext) -> None:
    async with context.engine.begin() as connection:
        await connection.exec_driver_sql("""UPDATE agency SET categories = '["flood"]' WHERE code = 'a2'""")
    for query, codes in (
        (AgencyQuery(), ["a1", "a2"]),
        (AgencyQuery(codes=("a1",)), ["a1"]),
        (AgencyQuery(categories=("flood", "road")), ["a2"]),
        (AgencyQuery(codes=("a1",), categories=("flood",)), ["a1", "a2"]),
    ):
        evidence = await find_agencies(context, query, key=query.model_dump_json(), label="E1")
        assert [row["code"] for row in evidence.result] == codes
        assert [row["name"] for row in evidence.result if row["code"] == "a1"] == ["Dinas I"] * ("a1" in codes)
