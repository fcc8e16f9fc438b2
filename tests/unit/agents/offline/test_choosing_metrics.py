"""Which metric a question means: by items, ratios, rates per head, means per day, and words that name two things."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("satu guru pegang berapa murid, rasionya", "pupils_per_teacher"),
        ("jalan rusak di palaran berapa persen dari panjang jalan", "road_damaged_share region=64.72.01"),
        ("PAD 2025 berapa persen dari target pad", "revenue_achievement 2025-01-01..2026-01-01"),
    ],
)
def test_two_metrics_and_their_relation_are_their_ratio(samarinda: Planner, question: str, expected: str) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


def test_an_item_of_a_whole_is_a_share_of_it(samarinda: Planner) -> None:
    assert said(samarinda("PBB berapa persen dari PAD tahun 2025")) == [
        "metric revenue_received item=property_tax 2025-01-01..2026-01-01 by:item show:share"
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "kasus DBD per 100.000 penduduk tahun 2025",
            "disease_cases_per_capita item=dengue 2025-01-01..2026-01-01",
        ),
        (
            "kasus DBD per 1.000 penduduk tahun 2025",
            "disease_cases item=dengue 2025-01-01..2026-01-01 show:per_capita",
        ),
    ],
)
def test_a_rate_is_for_as_many_heads_as_were_said(samarinda: Planner, question: str, expected: str) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


def test_a_mean_per_day_is_the_catalogs_ratio_to_days(samarinda: Planner) -> None:
    assert said(samarinda("rata-rata berapa ton sampah per hari pada Oktober 2026")) == [
        "metric waste_delivered_daily 2026-10-01..2026-11-01"
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Berapa inflasi tahunan terbaru?", "inflation_yearly"),
        ("hujan paling lebat per jam tahun 2025", "rainfall_max 2025-01-01..2026-01-01"),
        ("lama penanganan terlama laporan tahun 2025", "handling_hours_max 2025-01-01..2026-01-01"),
    ],
)
def test_words_of_the_metrics_own_name_ask_for_no_steps_or_ranks(
    samarinda: Planner, question: str, expected: str
) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("rata-rata waktu tunggu puskesmas bulan lalu", "clinic_waiting_mean 2026-10-01..2026-11-01"),
        ("waktu tunggu puskesmas bulan lalu", "clinic_waiting_mean 2026-10-01..2026-11-01 by:item"),
        ("rata-rata harga pangan bulan lalu", "food_price_mean 2026-10-01..2026-11-01 by:item"),
        ("siswa per guru sekarang", "pupils_per_teacher"),
    ],
)
def test_values_are_put_together_only_where_that_says_something(
    samarinda: Planner, question: str, expected: str
) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("KTP yang dicetak bulan lalu", "id_documents item=ktp 2026-10-01..2026-11-01"),
        ("identity cards issued last month", "id_documents item=ktp 2026-10-01..2026-11-01"),
        ("benanga tahun 2025 airnya paling tinggi berapa", "water_level_max item=benanga 2025-01-01..2026-01-01"),
        ("telur bulan lalu harganya naik tidak dari tahun lalu", "food_price_mean item=egg 2026-10-01..2026-11-01 against:last_year"),
        ("laporan gangguan air bersih bulan lalu", "reports_count category=water_supply 2026-10-01..2026-11-01"),
    ],
)  # fmt: skip
def test_words_that_name_two_things_are_read_with_those_beside_them(
    samarinda: Planner, question: str, expected: str
) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


def test_in_another_city_too(halimun: Planner) -> None:
    assert said(halimun("hasil panen dan luas tanam tahun 2025, rasionya")) == [
        "metric produktivitas 2025-01-01..2026-01-01"
    ]
    assert said(halimun("hasil panen per 1.000 jiwa tahun 2025")) == ["metric panen_per_jiwa 2025-01-01..2026-01-01"]
    assert said(halimun("median penanganan keluhan hama bulan lalu")) == [
        "metric lama_tangani category=hama 2026-10-01..2026-11-01"
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("berapa penduduk miskin", ["metric poor_people"]),
        ("warga miskin ada brp org", ["metric poor_people"]),
        ("berapa persen penduduk miskin", ["metric poverty_rate"]),
        ("sisa duit dinkes bln ini brp", ["metric budget_remaining agency=dinkes 2026-01-01..2026-11-24T12"]),
        ("berapa sisa anggaran tahun 2025", ["metric budget_remaining 2025-01-01..2026-01-01"]),
        ("laporan per 1000 penduduk bulan lalu", ["metric reports_per_capita 2026-10-01..2026-11-01"]),
        (
            "Apa keluhan terbanyak bulan lalu?",
            ["metric reports_count 2026-10-01..2026-11-01 by:category order:down limit:5"],
        ),
        ("banjir paling dalam thn 2026 brp cm", ["metric flood_depth_max 2026-01-01..2026-11-24T12"]),
        ("laporan yg paling cepat beres thn 2026 brp lama", ["metric handling_hours_min 2026-01-01..2026-11-24T12"]),
        (
            "jembatan mahakam bln lalu paling lambat brp kecepatannya",
            ["metric vehicle_speed_min item=mahakam_bridge 2026-10-01..2026-11-01"],
        ),
        (
            "Berapa curah hujan harian tertinggi tahun 2025?",
            ["metric rainfall_total 2025-01-01..2026-01-01 each:day order:down limit:1"],
        ),
        ("pad thn ini dibanding target gmn", ["metric revenue_achievement 2026-01-01..2026-11-24T12"]),
    ],
)
def test_the_words_of_a_mayor_find_their_metric(samarinda: Planner, question: str, expected: list[str]) -> None:
    assert said(samarinda(question)) == expected
