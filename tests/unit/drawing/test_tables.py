"""Results as people read them: names instead of codes, units once, times by the city's clock."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from pesut.contracts import BudgetQuery, Comparison, Dimension, Evidence, Grain, Language, MetricQuery, Period
from pesut.drawing.tables import table_of
from pesut.drawing.wording import Wording

WORDING = Wording(Language.ID, ZoneInfo("Asia/Jakarta"), str)
YEAR = Period(start=datetime(2026, 1, 1, tzinfo=WORDING.zone), end=datetime(2027, 1, 1, tzinfo=WORDING.zone))
Make = Callable[..., Evidence]


def test_codes_give_way_to_their_names_and_numbers_come_last(make_evidence: Make) -> None:
    query = MetricQuery(
        metric="jumlah_keluhan", period=YEAR, group_by=(Dimension.DISTRICT,), comparison=Comparison.LAST_YEAR
    )
    row = {"value": 1204, "change": 204, "district": "91.07.03", "previous": 1000, "change_ratio": 0.204,
           "district_name": "Telaga Wening"}  # fmt: skip
    table = table_of(make_evidence("E1", query, [row]), WORDING)
    titles = [column.title for column in table.columns]
    assert titles == ["Kecamatan", "Nilai (keluhan)", "Sebelumnya (keluhan)", "Selisih (keluhan)", "Perubahan"]
    assert table.rows == (("Telaga Wening", "1.204", "1.000", "204", "20,4%"),)
    assert [column.numeric for column in table.columns] == [False, True, True, True, True]


def test_times_and_what_is_not_known(make_evidence: Make) -> None:
    query = MetricQuery(metric="suhu_terendah", period=YEAR, grain=Grain.HOUR)
    rows = [
        {"period": "2026-05-01T01:00:00+00:00", "value": 1.5},
        {"period": "2026-05-01T02:00:00+00:00", "value": None},
    ]
    table = table_of(make_evidence("E1", query, rows), WORDING)
    assert table.rows == (("1 Mei 2026 pukul 08.00 WIB", "1,5"), ("1 Mei 2026 pukul 09.00 WIB", "–"))


def test_money_is_written_whole(make_evidence: Make) -> None:
    table = table_of(
        make_evidence("E1", BudgetQuery(year=2026), [{"name": "Talud", "year": 2026, "left": 1_250_000}]), WORDING
    )
    assert table.rows == (("Talud", "2026", "Rp1.250.000"),)
