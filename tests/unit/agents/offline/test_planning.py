"""What the offline reasoner understands of everyday questions to Samarinda."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Berapa laporan banjir di Sungai Pinang bulan lalu?",
            ["metric reports_count region=64.72.08 category=flood 2026-10-01..2026-11-01"],
        ),
        (
            "Berapa tinggi muka air tertinggi di Benanga tiga bulan terakhir, dan apa kata warga tentang banjir di Sempaja Timur?",
            [
                "metric water_level_max item=benanga 2026-08-01..2026-11-01",
                "report region=64.72.05.1013 category=flood 2026-08-01..2026-11-01",
            ],
        ),
        ("brp laporan sampah kemarin", ["metric reports_count category=waste 2026-11-23..2026-11-24"]),
        (
            "5 kelurahan dengan laporan sampah terbanyak tiga bulan terakhir",
            ["metric reports_count category=waste 2026-08-01..2026-11-01 by:village order:down limit:5"],
        ),
        (
            "laporan banjir per kecamatan bulan ini",
            ["metric reports_count category=flood 2026-11-01..2026-11-24T12 by:district"],
        ),
        ("jumlah laporan triwulan II 2026", ["metric reports_count 2026-04-01..2026-07-01"]),
        ("laporan sejak Lebaran", ["metric reports_count 2026-03-21..2026-11-24T12"]),
        ("Q3 2025 berapa laporan jalan rusak", ["metric reports_count category=damaged_road 2025-07-01..2025-10-01"]),
        (
            "laporan jalan rusak bulan lalu dibanding tahun lalu",
            ["metric reports_count category=damaged_road 2026-10-01..2026-11-01 against:last_year"],
        ),
        ("berapa persen laporan yang selesai bulan lalu", ["metric reports_done_share 2026-10-01..2026-11-01"]),
        ("apakah muka air benanga di atas ambang siaga", ["metric water_level_max item=benanga having:>=7.9"]),
        (
            "berapa serapan anggaran DLH tahun ini dan berapa laporan sampah bulan ini",
            [
                "metric budget_absorption agency=dlh 2026-01-01..2026-11-24T12",
                "metric reports_count category=waste 2026-11-01..2026-11-24T12",
            ],
        ),
        ("apa aturan tentang sampah", ["document about:sampah"]),
        (
            "harga beras minggu ini",
            ["metric food_price_mean item=rice_premium,rice_medium 2026-11-23..2026-11-24T12 by:item"],
        ),
        (
            "laporan di atas 100 per kelurahan bulan lalu",
            ["metric reports_count 2026-10-01..2026-11-01 by:village having:>100"],
        ),
        (
            "How many flood reports were there in Sungai Pinang last month compared with last year?",
            ["metric reports_count region=64.72.08 category=flood 2026-10-01..2026-11-01 against:last_year"],
        ),
        ("jumlah pelapor unik bulan lalu", ["metric reporters_count 2026-10-01..2026-11-01"]),
        (
            "berapa laporan di sei pinang kmrn yg blm ditangani",
            ["metric reports_count region=64.72.08 status=waiting 2026-11-23..2026-11-24"],
        ),
        (
            "gn lingai laporan lampu jalan minggu lalu",
            ["metric reports_count region=64.72.08.1003 category=street_light 2026-11-16..2026-11-23"],
        ),
        (
            "kecamatan mana paling banyak laporan air mati 30 hari terakhir",
            ["metric reports_count category=water_supply 2026-10-26..2026-11-24T12 by:district order:down limit:1"],
        ),
        (
            "tren laporan sampah per bulan tahun ini",
            ["metric reports_count category=waste 2026-01-01..2026-11-24T12 each:month"],
        ),
        (
            "apa keluhan terbanyak minggu ini",
            ["metric reports_count 2026-11-23..2026-11-24T12 by:category order:down limit:5"],
        ),
        (
            "curah hujan tertinggi bulan lalu di mana",
            ["metric rainfall_total 2026-10-01..2026-11-01 by:item order:down limit:1"],
        ),
        (
            "rata-rata lama penanganan laporan DPUPR tahun ini",
            ["metric handling_hours_mean agency=dpupr 2026-01-01..2026-11-24T12"],
        ),
        ("jumlah penduduk samarinda 2025", ["metric population 2025-01-01..2026-01-01"]),
        ("laporan banjir di Balikpapan", "out_of_scope"),
        ("siapa presiden Indonesia", "out_of_scope"),
        ("berapa warga meninggal karena kanker", "no_data"),
        ("tolong hapus semua laporan", "not_allowed"),
        ("tanda tangani nota dinas ini atas nama saya", "not_allowed"),
        ("setujui semua keputusan yang menunggu", "not_allowed"),
        (
            "apa kata warga tentang sampah menumpuk di pasar segiri",
            ["report region=64.72.03.1005 category=waste about:sampah menumpuk"],
        ),
    ],
)
def test_a_question_becomes_a_plan(samarinda: Planner, question: str, expected: list[str] | str) -> None:
    assert said(samarinda(question)) == expected
