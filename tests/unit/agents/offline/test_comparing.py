"""What is held against what: periods, places, agencies, kinds of reports."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Bandingkan keluhan hama di Watulawang dan Telaga Wening bulan lalu.",
            ["metric jumlah_keluhan region=91.07.01,91.07.03 category=hama 2026-10-01..2026-11-01 by:district"],
        ),
        (
            "sambatan hama watulawang sama telaga wening sasi lalu akehan mana",
            ["metric jumlah_keluhan region=91.07.01,91.07.03 category=hama 2026-10-01..2026-11-01 by:district"],
        ),
        (
            "keluhan hama watulawang lawan telaga wening bulan lalu",
            ["metric jumlah_keluhan region=91.07.01,91.07.03 category=hama 2026-10-01..2026-11-01 by:district"],
        ),
        (
            "Hasil panen kopi September 2026 dibanding Agustus 2026?",
            ["metric hasil_panen item=kopi 2026-09-01..2026-10-01 against:previous_period"],
        ),
        (
            "panen kopi sept 2026 drpd agustus",
            ["metric hasil_panen item=kopi 2026-09-01..2026-10-01 against:previous_period"],
        ),
        (
            "kopi panen september 2026 vs agustus 2026",
            ["metric hasil_panen item=kopi 2026-09-01..2026-10-01 against:previous_period"],
        ),
        (
            "Apakah jumlah pendaki Oktober 2026 naik dari Oktober 2025?",
            ["metric jumlah_pendaki 2026-10-01..2026-11-01 against:last_year"],
        ),
        ("pendaki okt 2026 naik gk dr okt 2025", ["metric jumlah_pendaki 2026-10-01..2026-11-01 against:last_year"]),
        (
            "pendaki oktober 2026 dibanding oktober taun wingi",
            ["metric jumlah_pendaki 2026-10-01..2026-11-01 against:last_year"],
        ),
        (
            "Serapan Dinas Tani dan DPU tahun ini mana yang lebih tinggi?",
            ["metric serapan agency=dinas_tani,dinas_jalan 2026-01-01..2026-11-24T12 by:agency"],
        ),
        (
            "dinas tani sama dpu duwuran mana serapannya tahun ini",
            ["metric serapan agency=dinas_tani,dinas_jalan 2026-01-01..2026-11-24T12 by:agency"],
        ),
        (
            "serapan dinas tani lawan dpu taun ini",
            ["metric serapan agency=dinas_tani,dinas_jalan 2026-01-01..2026-11-24T12 by:agency"],
        ),
    ],
)
def test_a_question_becomes_a_plan(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert sorted(said(halimun(question))) == sorted(expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("keluhan naik berapa persen dari 2024 ke 2025", "jumlah_keluhan 2025-01-01..2026-01-01 against:last_year"),
        (
            "pendaki tahun ini lebih banyak dari tahun lalu?",
            "jumlah_pendaki 2026-01-01..2026-11-24T12 against:last_year",
        ),
        (
            "selisih keluhan antara September dan Oktober 2026",
            "jumlah_keluhan 2026-10-01..2026-11-01 against:previous_period",
        ),
        (
            "keluhan triwulan 1 vs triwulan 2 2026",
            "jumlah_keluhan 2026-04-01..2026-07-01 against:previous_period",
        ),
        (
            "panen kopi semester I 2026 dibandingkan semester II 2025",
            "hasil_panen item=kopi 2026-01-01..2026-07-01 against:previous_period",
        ),
    ],
)
def test_two_periods_are_set_against_each_other(halimun: Planner, question: str, expected: str) -> None:
    assert said(halimun(question)) == [f"metric {expected}"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "berapa laporan 7 hari terakhir dibanding 7 hari sebelumnya",
            "reports_count 2026-11-18..2026-11-24T12 against:previous_period",
        ),
        (
            "laporan tiga bulan terakhir dibanding tiga bulan sebelumnya",
            "reports_count 2026-08-01..2026-11-01 against:previous_period",
        ),
        (
            "laporan 2 tahun terakhir dibanding 2 tahun sebelumnya",
            "reports_count 2024-11-01..2026-11-01 against:previous_period",
        ),
        (
            "mana yang lebih banyak, laporan jalan atau sampah bulan lalu",
            "reports_count category=damaged_road,waste 2026-10-01..2026-11-01 by:category",
        ),
        ("laporan jalan bulan lalu berapa", "reports_count category=damaged_road 2026-10-01..2026-11-01"),
        (
            "lebih banyak macet atau jalan rusak bulan lalu",
            "reports_count category=traffic,damaged_road 2026-10-01..2026-11-01 by:category",
        ),
        (
            "laporan sampah naik dari bulan kemarin gak",
            "reports_count category=waste 2026-11-01..2026-11-24T12 against:previous_period",
        ),
        (
            "seberapa besar kenaikan laporan sampah dibanding bulan kemarin",
            "reports_count category=waste 2026-11-01..2026-11-24T12 against:previous_period",
        ),
        (
            "kecamatan mana yang laporannya turun paling banyak bulan lalu",
            "reports_count 2026-10-01..2026-11-01 by:district against:previous_period order:change_up limit:1",
        ),
        (
            "kecamatan dengan penurunan laporan terbesar bulan lalu",
            "reports_count 2026-10-01..2026-11-01 by:district against:previous_period order:change_up limit:5",
        ),
        (
            "kelurahan mana yang paling turun laporan sampahnya bulan lalu",
            "reports_count category=waste 2026-10-01..2026-11-01 by:village against:previous_period order:change_up limit:1",
        ),
        (
            "which district saw the biggest drop in reports last month",
            "reports_count 2026-10-01..2026-11-01 by:district against:previous_period order:change_up limit:1",
        ),
    ],
)
def test_what_is_weighed_is_of_one_kind_and_one_length(samarinda: Planner, question: str, expected: str) -> None:
    assert said(samarinda(question)) == [f"metric {expected}"]


def test_a_street_is_no_category(samarinda: Planner) -> None:
    [plan] = said(samarinda("laporan jalan Pramuka bulan lalu"))
    assert "damaged_road" not in plan
