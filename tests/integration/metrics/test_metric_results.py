"""What compiled metrics answer is what straightforward Python answers over the same rows, for any query, as of any moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.rows import dict_row
from sqlalchemy.engine import URL

from pesut.catalog.compiler import compile_metric
from pesut.catalog.loader import load_catalog
from pesut.catalog.models import Catalog
from pesut.contracts import Comparison, Dimension, Filter, Grain, Having, MetricQuery, Operator, Order, Period, Show
from pesut.errors import MetricQueryError
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


def _moments(zone: Any, grain: Grain | None) -> st.SearchStrategy[datetime]:
    """Calendar bounds mostly, since that is what people ask for; odd moments now and then."""
    months = st.integers(0, 35).map(lambda month: datetime(2024 + month // 12, month % 12 + 1, 1, tzinfo=zone))
    if grain is Grain.HOUR:
        return st.integers(0, 24 * 20).map(lambda hours: datetime(2026, 3, 20, tzinfo=UTC) + timedelta(hours=hours))
    days = st.integers(0, 900).map(lambda number: datetime.combine(date(2024, 3, 1) + timedelta(number), time(), zone))
    odd = st.integers(0, 900 * 86400).map(lambda seconds: datetime(2024, 3, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    return st.one_of(months, months, days, odd)


@st.composite
def queries(draw: st.DrawFn, catalog: Catalog, zone: Any) -> MetricQuery:
    metric = draw(st.sampled_from(catalog.metrics))
    offered = sorted(catalog.dimensions_of(metric))
    groups = draw(
        st.lists(st.sampled_from([each for each in offered if each is not Dimension.REGION]), max_size=2, unique=True)
    )
    filters = draw(st.lists(st.sampled_from(offered).flatmap(_filter), max_size=2))
    grain, period = None, None
    if draw(st.integers(0, 5)):
        finest = max(list(Grain).index(base.finest_grain) for base in catalog.bases(metric))
        grain = draw(st.sampled_from([None, None, *list(Grain)[finest:]]))
        bounds = sorted(draw(st.lists(_moments(zone, grain), min_size=2, max_size=2, unique=True)))
        if grain is Grain.DAY:
            bounds[1] = min(bounds[1], bounds[0] + timedelta(days=40))
        period = Period(start=bounds[0], end=bounds[1])
    show = (
        draw(st.sampled_from([Show.VALUE, Show.VALUE, *Show]))
        if period
        else draw(st.sampled_from([Show.VALUE, Show.SHARE, Show.PER_CAPITA]))
    )
    comparison = draw(st.sampled_from([None, *Comparison])) if period else None
    orders = [
        "value",
        *(["change", "change_ratio"] if comparison else []),
        *(["period"] if grain else []),
        *(["name"] if groups else []),
    ]
    return MetricQuery(
        metric=metric.code, period=period, group_by=tuple(groups), grain=grain, filters=tuple(filters), show=show,
        comparison=comparison,
        having=draw(st.none() | st.builds(Having, operator=st.sampled_from(Operator), value=st.sampled_from([0, 0.5, 3, 200.25]))),
        order=draw(st.none() | st.builds(Order, by=st.sampled_from(orders), descending=st.booleans())),
        limit=draw(st.none() | st.integers(1, 4)),
    )  # fmt: skip


def _filter(dimension: Dimension) -> st.SearchStrategy[Filter]:
    values = st.lists(st.sampled_from(VALUES[dimension]), min_size=1, max_size=2, unique=True).map(tuple)
    return st.builds(Filter, dimension=st.just(dimension), values=values, exclude=st.booleans())


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data(), as_of=st.sampled_from(AS_OF))
def test_any_query_answers_what_python_answers(
    data: st.DataObject, as_of: datetime, world: World, database: psycopg.Connection
) -> None:
    query = data.draw(queries(CATALOG_READ, world.city.zone))
    try:
        compiled = compile_metric(query, CATALOG_READ, world.city, as_of)
    except MetricQueryError:
        return
    sql, parameters = render(compiled.statement)
    cursor = database.cursor(row_factory=dict_row)
    rows = cursor.execute(sql, {name: decode(value) for name, value in parameters.items()}).fetchall()  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert rows == Oracle(world, CATALOG_READ, query, as_of).rows()
