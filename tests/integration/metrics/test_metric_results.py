"""What compiled metrics answer is what straightforward Python answers over the same rows, for any query, as of any moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from sqlalchemy.engine import URL

from pesut.catalog.compiler import compile_metric
from pesut.catalog.compiler.semantics import FINENESS, adds_up_over_time, can_be_per_capita, is_share_of_whole
from pesut.catalog.loader import load_catalog
from pesut.catalog.models import Catalog, Metric
from pesut.contracts import (
    Comparison,
    Dimension,
    Filter,
    Grain,
    Having,
    MetricQuery,
    Operator,
    Order,
    Period,
    Show,
    Within,
)
from pesut.evidence.rendering import decode, render
from tests.integration.metrics.oracle import Oracle
from tests.integration.metrics.world import AS_OF, CATALOG, World, load, make_world

CATALOG_READ = load_catalog(CATALOG, ["a1", "a2"])
VALUES: dict[Dimension, list[str]] = {
    Dimension.REGION: ["9", "9.0", "9.1", "9.0.0", "9.0.4", "9.1.1"],
    Dimension.DISTRICT: ["9.0", "9.1", "9.2"],
    Dimension.VILLAGE: ["9.0.0", "9.1.3", "9.0.4"],
    Dimension.AGENCY: ["a1", "a2"],
    Dimension.CATEGORY: ["flood", "road", "waste"],
    Dimension.STATUS: ["waiting", "done"],
    Dimension.CHANNEL: ["app", "sms"],
    Dimension.CLASSIFICATION: ["complaint", "supervision"],
    Dimension.ITEM: ["g1", "g2", "g3"],
    Dimension.PROGRAM: ["p1", "p2"],
}


def _database(server_url: URL, migrated: URL, world: World) -> Iterator[psycopg.Connection]:
    name, address = f"test_{uuid4().hex[:12]}", server_url.set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name} TEMPLATE {migrated.database}")  # pyright: ignore[reportArgumentType, reportCallIssue]
        url = address.set(database=name).render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True, options="-c timezone=UTC") as connection:
            load(world, connection)
            yield connection
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")  # pyright: ignore[reportArgumentType, reportCallIssue]


@pytest.fixture(scope="module", params=[(1, "Asia/Makassar"), (2, "Europe/Berlin")], ids=["makassar", "berlin"])
def world(request: pytest.FixtureRequest) -> World:
    seed, zone = request.param
    return make_world(seed, zone)


@pytest.fixture(scope="module")
def database(server_url: URL, migrated: URL, world: World) -> Iterator[psycopg.Connection]:
    yield from _database(server_url, migrated, world)


def _moments(zone: ZoneInfo, grain: Grain | None) -> st.SearchStrategy[datetime]:
    """Calendar bounds mostly, since that is what people ask for; odd moments now and then."""
    months = st.integers(9, 35).map(lambda month: datetime(2024 + month // 12, month % 12 + 1, 1, tzinfo=zone))
    if grain is Grain.HOUR:
        return st.integers(0, 24 * 20).map(lambda hours: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(hours=hours))
    days = st.integers(0, 770).map(lambda number: datetime.combine(date(2024, 10, 1) + timedelta(number), time(), zone))
    odd = st.integers(0, 770 * 86400).map(
        lambda seconds: datetime(2024, 10, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    )
    return st.one_of(months, months, days, odd)


@st.composite
def queries(draw: st.DrawFn, catalog: Catalog, zone: ZoneInfo) -> MetricQuery:
    """Any query that the compiler takes, but for periods that have not begun."""
    metric = draw(st.sampled_from(catalog.metrics))
    offered = sorted(catalog.dimensions_of(metric))
    groups = draw(
        st.lists(st.sampled_from([each for each in offered if each is not Dimension.REGION]), max_size=2, unique=True)
    )
    filters = draw(
        st.sampled_from((0, 0, 1, 1, 2)).flatmap(
            lambda size: st.lists(st.sampled_from(offered).flatmap(_filter), min_size=size, max_size=size)
        )
    )
    grain, period = draw(_spans(metric, catalog, zone))
    comparison = draw(st.sampled_from([None, *Comparison])) if period else None
    limit = draw(st.none() | st.integers(1, 4))
    return MetricQuery(
        metric=metric.code,
        period=period,
        group_by=tuple(groups),
        grain=grain,
        filters=tuple(filters),
        show=draw(st.sampled_from(_shows(metric, grain, comparison, period=period is not None))),
        comparison=comparison,
        having=draw(
            st.sampled_from((None, None, None, 0, 3, 200.25)).flatmap(lambda value: _having(value, comparison))
        ),
        order=draw(
            st.none()
            | st.builds(Order, by=st.sampled_from(_orders(grain, comparison, groups)), descending=st.booleans())
        ),
        limit=limit,
        limit_within=draw(st.sampled_from(_within(grain, groups, limit))),
    )


@st.composite
def _spans(draw: st.DrawFn, metric: Metric, catalog: Catalog, zone: ZoneInfo) -> tuple[Grain | None, Period | None]:
    if draw(st.integers(0, 5)) == 0:
        return None, None
    finest = max(FINENESS[base.finest_grain] for base in catalog.bases(metric))
    grain = draw(st.sampled_from([None, None, *list(Grain)[finest:]]))
    start, end = sorted(draw(st.lists(_moments(zone, grain), min_size=2, max_size=2, unique=True)))
    return grain, Period(start=start, end=min(end, start + timedelta(days=40)) if grain is Grain.DAY else end)


def _shows(metric: Metric, grain: Grain | None, comparison: Comparison | None, *, period: bool) -> list[Show]:
    """The plain value as often as all else together."""
    shows = [Show.SHARE] * is_share_of_whole(metric) + [Show.PER_CAPITA] * can_be_per_capita(metric)
    if adds_up_over_time(metric) and period and not (grain and comparison is Comparison.PREVIOUS_PERIOD):
        shows.append(Show.CUMULATIVE)
    return [Show.VALUE] * max(len(shows), 1) + shows


def _orders(grain: Grain | None, comparison: Comparison | None, groups: list[Dimension]) -> list[str]:
    compared = ["change", "change_ratio"] if comparison else []
    return ["value", *compared, *(["period"] if grain else []), *(["name"] if groups else [])]


def _having(value: float | None, comparison: Comparison | None) -> st.SearchStrategy[Having | None]:
    if value is None:
        return st.none()
    held = st.sampled_from(["value", "change"] if comparison else ["value"])
    return st.builds(Having, operator=st.sampled_from(Operator), value=st.just(value), of=held)


def _within(grain: Grain | None, groups: list[Dimension], limit: int | None) -> list[Dimension | Within | None]:
    if limit is None:
        return [None]
    return [None, None, Within.WHOLE, *groups, *([Within.PERIOD] if grain else [])]


def _filter(dimension: Dimension) -> st.SearchStrategy[Filter]:
    values = st.lists(st.sampled_from(VALUES[dimension]), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(Filter, dimension=st.just(dimension), values=values, exclude=st.booleans())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), as_of=st.sampled_from(AS_OF))
def test_any_query_answers_what_python_answers(
    data: st.DataObject, as_of: datetime, world: World, database: psycopg.Connection
) -> None:
    query = data.draw(queries(CATALOG_READ, world.city.zone))
    assume(query.period is None or query.period.start < as_of)
    compiled = compile_metric(query, CATALOG_READ, world.city, as_of)
    sql, parameters = render(compiled.statement)
    cursor = database.cursor(row_factory=dict_row)
    rows = cursor.execute(sql, {name: decode(value) for name, value in parameters.items()}).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert rows == Oracle(world, CATALOG_READ, query, as_of).rows()
