"""How long reports have waited, what there is none of, which rose or fell, and the foremost of each part."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("berapa laporan yang belum selesai lebih dari 30 hari", ["metric reports_open 1990-01-01..2026-10-25T12"]),
        (
            "berapa laporan belum ditangani di Palaran kurang dari 7 hari",
            ["metric reports_waiting region=64.72.01 2026-11-17T12..2026-11-24T12"],
        ),
        (
            "laporan yang rata-rata penanganannya lebih dari 10 hari per kecamatan",
            ["metric handling_hours_mean 2026-10-26..2026-11-24T12 by:district having:>240"],
        ),
        ("laporan paling lama yang belum ditangani", ["report status=waiting oldest"]),
        (
            "kelurahan mana yang tidak punya laporan banjir tahun ini",
            ["metric reports_count category=flood 2026-01-01..2026-11-24T12 by:village having:<=0"],
        ),
        (
            "kecamatan tanpa laporan pungli bulan lalu, mana saja",
            ["metric reports_count category=levy 2026-10-01..2026-11-01 by:district having:<=0"],
        ),
        (
            "kecamatan mana yang laporannya turun dibanding bulan lalu",
            [
                "metric reports_count 2026-11-01..2026-11-24T12 by:district against:previous_period having:change<0 order:change_up"
            ],
        ),
        (
            "kecamatan mana saja yang laporannya naik",
            [
                "metric reports_count 2026-10-26..2026-11-24T12 by:district against:previous_period having:change>0 order:change_down"
            ],
        ),
        (
            "kecamatan mana yang laporannya turun paling banyak",
            [
                "metric reports_count 2026-10-26..2026-11-24T12 by:district against:previous_period order:change_up limit:1"
            ],
        ),
        (
            "komoditas apa yang naik bulan ini",
            [
                "metric food_price_mean 2026-11-01..2026-11-24T12 by:item against:previous_period having:change>0 order:change_down"
            ],
        ),
        (
            "apakah harga per komoditas naik bulan ini",
            ["metric food_price_mean 2026-11-01..2026-11-24T12 by:item against:previous_period"],
        ),
        (
            "Laporan banjir sebelum dan sesudah Lebaran berapa?",
            [
                "metric reports_count category=flood 2026-03-23..2026-04-06",
                "metric reports_count category=flood 2026-03-07..2026-03-21",
            ],
        ),
        (
            "berapa laporan yang selesai dan berapa yang belum bulan lalu",
            ["metric reports_count 2026-10-01..2026-11-01 by:status"],
        ),
        ("laporan selesai vs belum", ["metric reports_count 2026-10-26..2026-11-24T12 by:status"]),
        (
            "top 3 kategori di tiap kecamatan",
            ["metric reports_count 2026-10-26..2026-11-24T12 by:category,district order:down limit:3 within:district"],
        ),
        (
            "5 keluhan terbanyak per kecamatan",
            ["metric reports_count 2026-10-26..2026-11-24T12 by:category,district order:down limit:5 within:district"],
        ),
        (
            "keluhan terbanyak tiap kelurahan di Palaran",
            ["metric reports_count region=64.72.01 2026-10-26..2026-11-24T12 by:village order:down limit:5"],
        ),
        (
            "kecamatan dengan laporan terbanyak tiap bulan tahun ini",
            ["metric reports_count 2026-01-01..2026-11-24T12 by:district each:month order:down limit:1 within:period"],
        ),
        (
            "hujan paling deras tahun ini kapan dan di mana",
            ["metric rainfall_total 2026-01-01..2026-11-24T12 by:item each:day order:down limit:1 within:whole"],
        ),
        ("kategori apa yang paling cepat selesai", ["metric handling_hours_mean by:category order:up limit:1"]),
        (
            "kategori apa yang paling lama ditangani",
            ["metric handling_hours_mean 2026-10-26..2026-11-24T12 by:category order:down limit:1"],
        ),
        (
            "berapa persen anggaran dinas PU sudah kepakai",
            ["metric budget_absorption agency=dpupr 2026-01-01..2026-11-24T12"],
        ),
        (
            "pak sekda tanya, berapa warga yg lapor sampah di palaran bulan ini",
            ["metric reporters_count region=64.72.01 category=waste 2026-11-01..2026-11-24T12"],
        ),
        ("Apakah laporan lampu jalan lebih banyak siang hari dibanding malam hari?", "no_data"),
        ("siapa yang lapor soal pungli", "not_allowed"),
        ("is the river level above the warning threshold now", ["metric water_level_max by:item having:>=7.9"]),
        ("laporan dekat pasar segiri", ["metric reports_count region=64.72.03.1005 2026-10-26..2026-11-24T12"]),
    ],
)
def test_a_question_becomes_a_plan(samarinda: Planner, question: str, expected: list[str] | str) -> None:
    assert said(samarinda(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "keluhan yang belum selesai lebih dari 2 minggu",
            ["metric jumlah_keluhan status!=rampung 1990-01-01..2026-11-10T12"],
        ),
        (
            "desa mana yang tidak ada keluhan hama bulan lalu",
            ["metric jumlah_keluhan category=hama 2026-10-01..2026-11-01 by:village having:<=0"],
        ),
        (
            "desa mana yang keluhannya turun dibanding bulan lalu",
            [
                "metric jumlah_keluhan 2026-11-01..2026-11-24T12 by:village against:previous_period having:change<0 order:change_up"
            ],
        ),
        (
            "3 keluhan teratas di tiap kecamatan",
            ["metric jumlah_keluhan 2026-10-26..2026-11-24T12 by:category,district order:down limit:3 within:district"],
        ),
        (
            "keluhan hama sebelum dan sesudah Lebaran",
            [
                "metric jumlah_keluhan category=hama 2026-03-23..2026-04-06",
                "metric jumlah_keluhan category=hama 2026-03-07..2026-03-21",
            ],
        ),
        ("keluhan tertua yang belum disentuh", ["report status=baru oldest"]),
    ],
)
def test_in_another_city_too(halimun: Planner, question: str, expected: list[str] | str) -> None:
    assert said(halimun(question)) == expected


def test_the_age_of_reports_is_told(samarinda: Planner) -> None:
    plan = samarinda("berapa laporan yang belum selesai lebih dari 30 hari")
    assert plan.assumptions == ("Umur laporan dihitung sejak diajukan: sampai 25 Oktober 2026 12.00.",)


def test_a_place_without_a_threshold_is_told(samarinda: Planner) -> None:
    plan = samarinda("apakah air sungai mahakam di atas siaga")
    assert plan.notes == ("Tinggi muka air tertinggi di Mahakam di Pasar Pagi tidak memiliki ambang dalam katalog.",)


def test_that_urgency_is_not_told_apart_is_said(samarinda: Planner) -> None:
    plan = samarinda("tampilkan 3 laporan darurat terbaru")
    assert plan.notes == ("Laporan tidak dipilah menurut kegawatannya; yang ditampilkan semuanya.",)


def test_a_bare_negation_asks_for_the_rest_only_at_the_end(samarinda: Planner) -> None:
    assert said(samarinda("berapa laporan yang tidak punya kategori bulan lalu")) == [
        "metric reports_count 2026-10-01..2026-11-01"
    ]
