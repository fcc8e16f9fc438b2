"""The sample city in a real database: whole or not at all, once, and as known at any moment."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.catalog.store import current_catalog
from pesut.city.gazetteer import gazetteer_at
from pesut.contracts import Scope
from pesut.database.access import reading_as
from pesut.database.engine import connect
from pesut.errors import ConflictError
from pesut.reports.privacy.vault import Vault
from pesut.sample.load import Progress, SampleCounts, load_sample
from pesut.settings import SAMARINDA

SCALE = 0.02
VAULT = Vault([bytes(32)])
PAST = [
    datetime(2026, 10, 22, 6, tzinfo=UTC),
    datetime(2026, 3, 31, 16, 30, tzinfo=UTC),
    datetime(2025, 9, 1, tzinfo=UTC),
]
NOW = datetime(2026, 11, 24, 8, 41, tzinfo=UTC)


@pytest.fixture(scope="module")
async def loaded(module_url: str) -> AsyncGenerator[tuple[AsyncEngine, SampleCounts]]:
    engine = connect(module_url)
    yield engine, await load_sample(engine, SAMARINDA, scale=SCALE, vault=VAULT, now=NOW)
    await engine.dispose()


async def _one(engine: AsyncEngine, statement: str, **values: object) -> int:
    async with engine.connect() as connection:
        return (await connection.execute(text(statement), values)).scalar_one()


async def test_what_is_counted_is_there_and_marked(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    engine, counts = loaded
    tables = {
        "series": counts.series,
        "observation": counts.observations,
        "observation_month": counts.months,
        "report": counts.reports,
        "report_state": counts.report_states,
        "report_event": counts.report_events,
        "sample_truth": counts.reports,
    }
    assert counts.reports == 400
    for table, rows in tables.items():
        assert await _one(engine, f"SELECT count(*) FROM {table}") == rows > 0
    for table in ("observation", "observation_month", "report", "report_state", "budget_line", "budget_realisation"):
        assert await _one(engine, f"SELECT count(*) FROM {table} WHERE NOT sample") == 0


async def test_a_second_load_changes_nothing(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    engine, counts = loaded
    told: list[Progress] = []
    assert await load_sample(engine, SAMARINDA, scale=SCALE, vault=VAULT, progress=told.append) == counts
    assert told == []
    assert await _one(engine, "SELECT count(*) FROM report") == counts.reports


async def test_another_scale_is_refused(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    with pytest.raises(ConflictError, match=r"scale 0\.02"):
        await load_sample(loaded[0], SAMARINDA, scale=1, vault=VAULT)


@pytest.mark.parametrize("moment", PAST)
async def test_a_past_moment_knows_nothing_of_what_came_later(
    loaded: tuple[AsyncEngine, SampleCounts], moment: datetime
) -> None:
    engine, _ = loaded
    visible = "FROM report_state s WHERE recorded_at <= :moment AND superseded_at > :moment"
    known = await _one(engine, f"SELECT count(*) {visible}", moment=moment)
    assert 0 < known == await _one(engine, "SELECT count(*) FROM report WHERE recorded_at <= :moment", moment=moment)
    later = "(submitted_at > :moment OR responded_at > :moment OR closed_at > :moment)"
    assert await _one(engine, f"SELECT count(*) {visible} AND {later}", moment=moment) == 0
    doubled = f"SELECT count(*) FROM (SELECT report_id {visible} GROUP BY 1 HAVING count(*) > 1) AS twice"
    assert await _one(engine, doubled, moment=moment) == 0


async def test_corrections_change_what_was_known(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    engine, _ = loaded
    corrected = "SELECT count(*) FROM observation WHERE superseded_at < '9000-01-01'"
    assert await _one(engine, corrected) > 50
    successors = (
        "SELECT count(*) FROM observation a JOIN observation b ON a.series_id = b.series_id AND a.observed_at = b.observed_at"
        " AND a.superseded_at = b.recorded_at AND a.value <> b.value"
    )
    assert await _one(engine, successors) == await _one(engine, corrected)
    assert await _one(engine, "SELECT count(*) FROM budget_line WHERE superseded_at < '9000-01-01'") > 50


@pytest.mark.parametrize("moment", [*PAST, datetime(2026, 11, 1, 2, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)])
async def test_the_rollup_is_as_the_rows_were_known(loaded: tuple[AsyncEngine, SampleCounts], moment: datetime) -> None:
    """Every month that had ended by the moment has the sums of the rows known at the moment, and no others."""
    engine, _ = loaded
    differing = """
        WITH visible AS (SELECT * FROM observation WHERE recorded_at <= :moment AND superseded_at > :moment),
        ended AS (SELECT date_trunc('month', CAST(:moment AS timestamptz) AT TIME ZONE 'Asia/Makassar') AS month),
        sums AS (
            SELECT series_id, date_trunc('month', observed_at AT TIME ZONE 'Asia/Makassar')::date AS month, count(*) AS n,
                   sum(value) AS total, min(value) AS minimum, max(value) AS maximum
            FROM visible WHERE observed_at AT TIME ZONE 'Asia/Makassar' < (SELECT month FROM ended) GROUP BY 1, 2
        ), rolled AS (
            SELECT * FROM observation_month WHERE recorded_at <= :moment AND superseded_at > :moment
            AND month < (SELECT month FROM ended)
        )
        SELECT count(*) FROM sums FULL JOIN rolled USING (series_id, month)
        WHERE (sums.n, sums.total, sums.minimum, sums.maximum)
            IS DISTINCT FROM (rolled.n, rolled.total, rolled.minimum, rolled.maximum)
    """
    assert await _one(engine, differing, moment=moment) == 0


async def test_the_city_was_known_in_the_past(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    engine, _ = loaded
    gazetteer = await gazetteer_at(engine, PAST[-1])
    assert len(gazetteer.regions) == 70
    _, catalog = await current_catalog(engine, PAST[-1])
    assert catalog.metric("water_level_max")
    assert await _one(engine, "SELECT count(*) FROM document WHERE recorded_at <= :moment", moment=PAST[-1]) > 0
    assert await _one(engine, "SELECT count(*) FROM document WHERE recorded_at < issued_on") == 0


async def test_agents_cannot_read_the_truth(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with reading_as(loaded[0], Scope(supervision=True)) as connection:
            await connection.execute(text("SELECT * FROM sample_truth"))


async def test_supervision_is_hidden_without_its_scope(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    counts: list[int] = []
    for scope in (Scope(), Scope(supervision=True)):
        async with reading_as(loaded[0], scope) as connection:
            counts.append((await connection.execute(text("SELECT count(*) FROM report"))).scalar_one())
    assert counts[0] < counts[1] == loaded[1].reports


async def test_a_load_that_dies_leaves_nothing_and_can_begin_again(engine: AsyncEngine) -> None:
    def die(progress: Progress) -> None:
        if progress.stage == "reports":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load_sample(engine, SAMARINDA, scale=0.01, vault=VAULT, now=NOW, progress=die)
    for table in ("series", "observation", "report", "budget_line", "sample_truth"):
        assert await _one(engine, f"SELECT count(*) FROM {table}") == 0
    assert (await load_sample(engine, SAMARINDA, scale=0.01, vault=VAULT, now=NOW)).reports == 200
    keys = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'report_state'::regclass AND convalidated"
    assert await _one(engine, keys) == 1


async def test_a_citys_own_data_are_not_mixed_with_samples(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO report (id, source, source_key, number, title, body, channel, reporter, submitted_at, address,"
                " recorded_at, sample) VALUES (gen_random_uuid(), 'x', '1', '1', '', '', 'app', '', now(), '', now(), false)"
            )
        )
    with pytest.raises(ConflictError, match="of its own"):
        await load_sample(engine, SAMARINDA, scale=0.01, vault=VAULT)


async def test_the_live_city_is_fresh(engine: AsyncEngine) -> None:
    await load_sample(engine, SAMARINDA, scale=0.01, vault=VAULT)
    newest = """
        SELECT string_agg(code, ', ') FROM (
            SELECT d.code FROM dataset d JOIN indicator i ON i.dataset_code = d.code
            JOIN series s ON s.indicator_code = i.code JOIN observation o ON o.series_id = s.id
            GROUP BY d.code, d.staleness_seconds HAVING max(o.observed_at) < now() - d.staleness_seconds * interval '1 second'
        ) AS stale
    """
    async with engine.connect() as connection:
        assert (await connection.execute(text(newest))).scalar_one() is None
        ahead = await connection.execute(text("SELECT max(recorded_at) FROM observation"))
        assert datetime.now(UTC) - ahead.scalar_one() < timedelta(hours=2)


async def test_planted_personal_data_are_sealed_and_counted(loaded: tuple[AsyncEngine, SampleCounts]) -> None:
    planted = """
        SELECT count(*) FROM sample_truth t JOIN report_state s USING (report_id)
        WHERE s.superseded_at > '9998-01-01' AND t.truth -> 'personal' IS NOT NULL
    """
    counted = f"{planted} AND (s.decided -> 'personal_data' -> 'found') @> (t.truth -> 'personal')"
    many = await _one(loaded[0], planted)
    assert many > 20
    assert await _one(loaded[0], counted) > 0.9 * many
    sealed = "SELECT count(*) FROM report_original o JOIN report r ON r.id = o.report_id AND r.body LIKE '%[%]%'"
    assert await _one(loaded[0], sealed) >= await _one(loaded[0], counted)
