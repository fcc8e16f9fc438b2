"""What is said of rows beyond a value and of the foremost rows of each part; and when a threshold calls for action."""

from datetime import datetime
from typing import Any

import pytest

from agents.reasoners.offline.writing.figures import figure_claims
from pesut.catalog.thresholds import crossings
from pesut.city.loader import read_folder
from pesut.city.models import Gazetteer
from pesut.contracts import (
    Comparison,
    Dimension,
    Evidence,
    Grain,
    Having,
    Language,
    Measure,
    MetricQuery,
    Operator,
    Order,
    Period,
    Row,
    Scope,
    ValueFormat,
    Within,
    digest_of,
    new_id,
)
from pesut.placeholders import Sources, render
from pesut.settings import SAMARINDA

FOLDER = read_folder(SAMARINDA)
CATALOG = FOLDER.catalog
PLACES = Gazetteer(regions=tuple(FOLDER.regions), agencies=tuple(FOLDER.agencies))
WITA = FOLDER.city.zone
NOW = datetime(2026, 11, 24, 12, tzinfo=WITA)
NOVEMBER = Period(start=datetime(2026, 11, 1, tzinfo=WITA), end=datetime(2026, 11, 21, tzinfo=WITA))
REPORTS = Measure(
    metric="reports_count", name_id="Laporan", name_en="Reports", unit="laporan", format=ValueFormat.INTEGER, decimals=0
)


def _evidence(rows: list[Row], measure: Measure = REPORTS, **query: Any) -> Evidence:
    asked = MetricQuery(metric=measure.metric, period=NOVEMBER, **query)
    return Evidence(
        id=new_id(), run_id=new_id(), label="E1", kind="metric", query=asked, sql="SELECT 1", parameters={}, datasets=(),
        measure=measure, as_of=NOW, row_count=len(rows), result=tuple(rows), digest=digest_of(rows), catalog_version="c",
        code_version="0", scope=Scope(),
    )  # fmt: skip


def _first(evidence: Evidence) -> str:
    claim = figure_claims(evidence, CATALOG, Language.ID)[0]
    return render(claim.text, Sources({"E1": evidence}, CATALOG, PLACES, FOLDER.city, Language.ID, NOW))


def _village(name: str, **values: Any) -> Row:
    return {"village": f"1-{name}", "village_name": name, **values}


def _fell(rows: list[Row]) -> Evidence:
    having = Having(operator=Operator.BELOW, value=0, of="change")
    return _evidence(
        rows,
        group_by=(Dimension.VILLAGE,),
        having=having,
        comparison=Comparison.PREVIOUS_PERIOD,
        order=Order(by="change"),
    )


def test_those_that_fell_are_counted_and_named() -> None:
    rows = [
        _village(name, value=3, previous=3 + by, change=-by, change_ratio=-0.5) for name, by in (("A", 4), ("B", 1))
    ]
    assert _first(_fell(rows)) == (
        "Laporan pada 1–20 November 2026: 2 turun dibanding 1–20 Oktober 2026, yaitu A (3 laporan, turun 4 laporan) dan "
        "B (3 laporan, turun 1 laporan)."
    )


def test_that_none_fell_is_said() -> None:
    assert _first(_fell([])) == "Laporan pada 1–20 November 2026: tidak ada yang turun dibanding 1–20 Oktober 2026."


def test_places_without_any_are_named_without_their_zeros() -> None:
    having = Having(operator=Operator.AT_MOST, value=0)
    rows = [_village(name, value=0) for name in ("A", "B")]
    said = _first(_evidence(rows, group_by=(Dimension.VILLAGE,), having=having))
    assert said == "Laporan pada 1–20 November 2026 nihil di 2 tempat: A dan B."


def test_the_foremost_of_each_part_stand_under_its_name() -> None:
    rows: list[Row] = [
        {"category": c, "category_name": c, **_village(v, value=n)}
        for v, c, n in (("A", "x", 5), ("A", "y", 4), ("B", "y", 2))
    ]
    groups, within = (Dimension.CATEGORY, Dimension.VILLAGE), Dimension.VILLAGE
    said = _first(_evidence(rows, group_by=groups, order=Order(), limit=2, limit_within=within))
    assert said == (
        "Laporan pada 1–20 November 2026, yang teratas — A: x (5 laporan) dan y (4 laporan); B: y (2 laporan)."
    )


def test_the_first_of_all_is_told_with_its_day() -> None:
    rows = [_village("A", period="2026-11-03", value=9)]
    groups = (Dimension.VILLAGE,)
    said = _first(_evidence(rows, group_by=groups, grain=Grain.DAY, order=Order(), limit=1, limit_within=Within.WHOLE))
    assert said == "Laporan pada 1–20 November 2026: tertinggi A, 3 November 2026 (9 laporan)."


@pytest.mark.parametrize(("day", "alarming"), [("2026-11-23", True), ("2026-11-02", False)])
def test_a_threshold_calls_for_action_while_its_day_is_near(day: str, *, alarming: bool) -> None:
    rain = Measure(metric="rainfall_total", name_id="Hujan", name_en="Rain", unit="mm", decimals=1)
    until_now = Period(start=NOVEMBER.start, end=NOW)
    rows: list[Row] = [{"period": day, "value": 90.0}]
    evidence = _evidence(rows, rain, grain=Grain.DAY)
    evidence = evidence.model_copy(update={"query": evidence.query.model_copy(update={"period": until_now})})
    found = crossings(evidence, CATALOG)
    assert [each.alarming for each in found] == [alarming]
