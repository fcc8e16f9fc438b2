"""What the compiler makes of a query, and what it refuses, without a server."""

from datetime import UTC, datetime

import orjson
import pytest

from pesut.catalog.compiler import compile_metric
from pesut.catalog.loader import load_catalog
from pesut.catalog.models import Catalog
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
    ValueFormat,
)
from pesut.errors import MetricQueryError
from pesut.evidence.rendering import render
from tests.integration.metrics.world import CATALOG, city

CITY = city("Asia/Makassar")
AS_OF = datetime(2026, 11, 24, 2, tzinfo=UTC)
YEAR = Period(start=datetime(2026, 1, 1, tzinfo=CITY.zone), end=datetime(2027, 1, 1, tzinfo=CITY.zone))
NEXT_YEAR = Period(start=datetime(2027, 1, 1, tzinfo=CITY.zone), end=datetime(2028, 1, 1, tzinfo=CITY.zone))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CATALOG)


def _sql(query: MetricQuery, catalog: Catalog) -> str:
    return render(compile_metric(query, catalog, CITY, AS_OF).statement).sql


@pytest.mark.parametrize(
    ("query", "said", "remedy"),
    [
        (MetricQuery(metric="aduan warga"), "no metric 'aduan warga'", "reports"),
        (MetricQuery(metric="levels_max"), "no metric", "level_max"),
        (MetricQuery(metric="reports", group_by=(Dimension.ITEM,)), "not known by item", "category"),
        (MetricQuery(metric="ceiling", filters=(Filter(dimension=Dimension.REGION, values=("9",)),)), "not known by region", "program"),
        (MetricQuery(metric="waste_per_report", group_by=(Dimension.STATUS,)), "not known by status", "district"),
        (MetricQuery(metric="reports", filters=(Filter(dimension=Dimension.CATEGORY, values=("flod",)),)), "no category 'flod'", "flood"),
        (MetricQuery(metric="level_max", filters=(Filter(dimension=Dimension.ITEM, values=("g9",)),)), "no item 'g9'", "g1"),
        (MetricQuery(metric="waste_total", period=YEAR, grain=Grain.HOUR), "not known by hour", "day, month"),
        (MetricQuery(metric="absorption", period=YEAR, grain=Grain.WEEK), "not known by week", "month"),
        (MetricQuery(metric="level_max", period=YEAR, grain=Grain.HOUR), "more than 3000 steps", "coarser"),
        (MetricQuery(metric="reports", period=NEXT_YEAR), "has not begun", "period that has"),
        (MetricQuery(metric="level_mean", show=Show.SHARE), "do not add up", "count or a sum"),
        (MetricQuery(metric="done_share", show=Show.PER_CAPITA), "divided by inhabitants", "counts and sums"),
        (MetricQuery(metric="people", period=YEAR, show=Show.CUMULATIVE), "do not add up over time", "by period"),
        (
            MetricQuery(metric="reports", period=YEAR, grain=Grain.MONTH, show=Show.CUMULATIVE, comparison=Comparison.PREVIOUS_PERIOD),
            "running total has no previous", "last year",
        ),
        (MetricQuery(metric="reports", period=YEAR, order=Order(by="change")), "needs a comparison", "value"),
        (MetricQuery(metric="reports", period=YEAR, order=Order(by="period")), "needs a grain", "value"),
        (MetricQuery(metric="reports", order=Order(by="name")), "needs a dimension", "value"),
        (MetricQuery(metric="level_max", having=Having(operator=Operator.ABOVE, value=1, threshold="flood")), "no threshold", "alert"),
        (MetricQuery(metric="level_max", having=Having(operator=Operator.ABOVE, value=5, threshold="alert")), "is 400, not 5", "own value"),
    ],
)  # fmt: skip
def test_what_a_metric_does_not_offer_is_refused_with_a_remedy(
    query: MetricQuery, said: str, remedy: str, catalog: Catalog
) -> None:
    with pytest.raises(MetricQueryError) as refused:
        compile_metric(query, catalog, CITY, AS_OF)
    assert said in refused.value.detail
    assert remedy in refused.value.remedy


def test_ceilings_of_a_coming_year_can_be_asked_for(catalog: Catalog) -> None:
    assert "budget_line" in _sql(MetricQuery(metric="ceiling", period=NEXT_YEAR), catalog)


def test_a_catalog_without_population_gives_no_rate_per_head(catalog: Catalog) -> None:
    without = catalog.model_copy(update={"population": None})
    with pytest.raises(MetricQueryError, match="names no population"):
        compile_metric(MetricQuery(metric="reports", show=Show.PER_CAPITA), without, CITY, AS_OF)


def test_the_rollup_serves_whole_months_and_the_rows_what_is_left(catalog: Catalog) -> None:
    assert "observation_month" in _sql(MetricQuery(metric="waste_total", period=YEAR, grain=Grain.MONTH), catalog)
    assert "UNION ALL" in _sql(MetricQuery(metric="waste_total", period=YEAR), catalog)
    for query in (
        MetricQuery(metric="waste_total", period=YEAR, grain=Grain.WEEK),
        MetricQuery(metric="level_p90", period=YEAR),
        MetricQuery(metric="waste_stock", period=YEAR),
        MetricQuery(metric="waste_total"),
    ):
        assert "observation_month" not in _sql(query, catalog)


def test_a_latest_value_is_probed_per_series(catalog: Catalog) -> None:
    sql = _sql(MetricQuery(metric="waste_total", group_by=(Dimension.DISTRICT,)), catalog)
    assert "LATERAL" in sql
    assert "DISTINCT ON" not in sql


def test_a_threshold_of_some_items_is_held_against_these_alone(catalog: Catalog) -> None:
    having = Having(operator=Operator.AT_LEAST, value=400, threshold="alert")
    rendered = render(compile_metric(MetricQuery(metric="level_max", having=having), catalog, CITY, AS_OF).statement)
    assert ["g1", "g2"] in rendered.parameters.values()


def test_codes_never_become_sql(catalog: Catalog) -> None:
    hostile = "9.0 OR true --"
    query = MetricQuery(metric="reports", filters=(Filter(dimension=Dimension.REGION, values=(hostile,)),))
    rendered = render(compile_metric(query, catalog, CITY, AS_OF).statement)
    assert hostile not in rendered.sql
    assert [hostile] in rendered.parameters.values()


def test_parameters_survive_json(catalog: Catalog) -> None:
    query = MetricQuery(
        metric="done_share", period=YEAR, grain=Grain.MONTH, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR,
        having=Having(operator=Operator.ABOVE, value=0.25), limit=3,
    )  # fmt: skip
    parameters = render(compile_metric(query, catalog, CITY, AS_OF).statement).parameters
    assert orjson.loads(orjson.dumps(parameters)) == parameters
    assert {"numeric": "0.25"} in parameters.values()


@pytest.mark.parametrize(
    ("metric", "show", "expected"),
    [
        ("reports", Show.VALUE, ("", ValueFormat.INTEGER, 0)),
        ("reports", Show.SHARE, ("", ValueFormat.PERCENT, 1)),
        ("reports", Show.PER_CAPITA, ("per 1.000 penduduk", ValueFormat.DECIMAL, 2)),
        ("waste_total", Show.PER_CAPITA, ("ton per 1.000 penduduk", ValueFormat.DECIMAL, 2)),
        ("waste_total", Show.VALUE, ("ton", ValueFormat.DECIMAL, 2)),
    ],
)
def test_the_measure_says_how_the_value_is_shown(
    metric: str, show: Show, expected: tuple[str, ValueFormat, int], catalog: Catalog
) -> None:
    measure = compile_metric(MetricQuery(metric=metric, show=show), catalog, CITY, AS_OF).measure
    assert (measure.unit, measure.format, measure.decimals) == expected


def test_rates_rest_on_the_population_too(catalog: Catalog) -> None:
    for query in (MetricQuery(metric="report_rate"), MetricQuery(metric="reports", show=Show.PER_CAPITA)):
        datasets = compile_metric(query, catalog, CITY, AS_OF).datasets
        assert [dataset.code for dataset in datasets] == ["reports", "people"]
