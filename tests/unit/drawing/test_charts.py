"""Charts as SVG: whatever the zone of the machine and the language of the reader."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agents.presenting.charts import chart
from pesut.city.loader import read_city
from pesut.contracts import Comparison, Dimension, Evidence, Grain, Language, MetricQuery, Period
from pesut.drawing.charts import draw_chart

CITY = read_city(Path(__file__).parents[2] / "cities" / "lembah_halimun")
YEAR = Period(start=datetime(2026, 1, 1, tzinfo=CITY.zone), end=datetime(2027, 1, 1, tzinfo=CITY.zone))
Make = Callable[..., Evidence]


def _drawn(evidence: Evidence, language: Language = Language.ID, width: int = 640) -> str:
    made = chart(evidence, CITY, language)
    assert made is not None
    svg = draw_chart(made, evidence, CITY.zone, language, width)
    assert svg is not None
    return svg


def _texts(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", svg)


@pytest.fixture
def by_district(make_evidence: Make) -> Evidence:
    query = MetricQuery(metric="jumlah_keluhan", period=YEAR, group_by=(Dimension.DISTRICT,))
    rows = [{"district": str(n), "district_name": name, "value": n} for n, name in ((1204, "Watu <&>"), (3, "Telaga"))]
    return make_evidence("E1", query, rows)


def test_bars_carry_their_names_and_values_as_the_reader_writes_them(by_district: Evidence) -> None:
    assert {"Telaga", "Watu &lt;&amp;&gt;", "1.204", "3"} <= set(_texts(_drawn(by_district)))
    assert "1,204" in _texts(_drawn(by_district, Language.EN))


def test_a_drawing_is_as_wide_as_asked_and_brings_no_style_or_script(by_district: Evidence) -> None:
    svg = _drawn(by_district, width=318)
    assert re.search(r'<svg[^>]* width="318"', svg)
    assert "var(--series-1)" in svg
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|href=", svg)


def test_hours_are_told_by_the_citys_clock(make_evidence: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    query = MetricQuery(metric="suhu_terendah", period=YEAR, grain=Grain.HOUR)
    rows = [{"period": f"2026-05-01T{hour:02d}:00:00+00:00", "value": hour} for hour in (1, 2, 3)]
    assert any("1 Mei 08.00" in text for text in _texts(_drawn(make_evidence("E1", query, rows))))


def test_months_have_the_readers_names(make_evidence: Make) -> None:
    query = MetricQuery(metric="jumlah_pendaki", period=YEAR, grain=Grain.MONTH)
    evidence = make_evidence("E1", query, [{"period": f"2026-0{month}-01", "value": month} for month in range(4, 9)])
    assert {"Mei 2026", "Agu 2026"} & set(_texts(_drawn(evidence)))
    assert "May 2026" in _texts(_drawn(evidence, Language.EN))


def test_what_is_compared_stands_after_what_is_asked_for(make_evidence: Make) -> None:
    query = MetricQuery(
        metric="jumlah_keluhan", period=YEAR, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR
    )
    rows = [{"district": "1", "district_name": "Telaga", "value": 5, "previous": 4, "change": 1, "change_ratio": 0.25}]
    texts = _texts(_drawn(make_evidence("E1", query, rows * 2)))
    assert texts.index("periode ini") < texts.index("pembanding")


def test_a_list_that_no_chart_fits_is_left_to_its_table(make_evidence: Make) -> None:
    query = MetricQuery(metric="jumlah_keluhan", period=YEAR, group_by=(Dimension.DISTRICT,))
    evidence = make_evidence("E1", query, [{"district_name": str(n), "value": n} for n in range(40)])
    made = chart(evidence, CITY, Language.ID)
    assert made is not None
    assert draw_chart(made, evidence, ZoneInfo("UTC"), Language.ID, 640) is None
