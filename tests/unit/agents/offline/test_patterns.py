"""Questions about what many reports together tell, in both cities."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Apa yang tidak biasa minggu ini?", ["pattern unusual_reports 2026-11-23..2026-11-24T12"]),
        (
            "ada laporan yg aneh gk di palaran bln lalu",
            ["pattern unusual_reports region=64.72.01 2026-10-01..2026-11-01"],
        ),
        (
            "adakah anomali laporan sampah kemarin",
            ["pattern unusual_reports category=waste 2026-11-23..2026-11-24"],
        ),
        ("Apa tema keluhan bulan ini?", ["pattern report_themes 2026-11-01..2026-11-24T12 size"]),
        (
            "tema apa yg sedang tumbuh di Sungai Pinang",
            ["pattern report_themes region=64.72.08 2026-10-26..2026-11-24T12 growth"],
        ),
        ("tema baru minggu ini", ["pattern report_themes 2026-11-23..2026-11-24T12 new"]),
        (
            "what are the largest themes of complaints this month?",
            ["pattern report_themes 2026-11-01..2026-11-24T12 size"],
        ),
        ("siapa yang terlambat?", ["pattern report_handling 2026-08-26..2026-11-24T12"]),
        ("laporan mana yang akan terlambat?", ["pattern overdue_reports"]),
        ("laporan DLH mana yg bakal telat", ["pattern overdue_reports agency=dlh"]),
        ("kelurahan mana yang jarang melapor?", ["pattern silent_places 2026-08-26..2026-11-24T12"]),
        (
            "apakah keluhan banjir terkait hujan?",
            ["pattern crosscheck flood_rain 2026-08-26..2026-11-24T12"],
        ),
        (
            "apakah laporan banjir di Sungai Pinang bulan lalu sesuai dengan tinggi muka air?",
            ["pattern crosscheck flood_water_level region=64.72.08 2026-10-01..2026-11-01"],
        ),
        (
            "laporan pju sejalan gk dg lampu padam tahun ini",
            ["pattern crosscheck dark_streets 2026-01-01..2026-11-24T12"],
        ),
        (
            "are flood reports linked to rainfall?",
            ["pattern crosscheck flood_rain 2026-08-26..2026-11-24T12"],
        ),
        ("di mana titik rawan jalan rusak?", ["pattern hot_spots category=damaged_road 2025-11-25..2026-11-24T12"]),
        (
            "titik rawan banjir tahun ini di mana saja",
            ["pattern hot_spots category=flood 2026-01-01..2026-11-24T12"],
        ),
        (
            "where are the hot spots of waste reports this year?",
            ["pattern hot_spots category=waste 2026-01-01..2026-11-24T12"],
        ),
        ("anything unusual in the reports?", ["pattern unusual_reports 2026-11-18..2026-11-24T12"]),
    ],
)
def test_samarinda(samarinda: Planner, question: str, expected: list[str]) -> None:
    assert said(samarinda(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Apa yang tidak biasa bulan lalu?", ["pattern unusual_reports 2026-10-01..2026-11-01"]),
        (
            "apakah laporan longsor sesuai kejadian longsor tahun ini?",
            ["pattern crosscheck longsor 2026-01-01..2026-11-24T12"],
        ),
        ("keluhan hama mana yang akan telat?", ["pattern overdue_reports category=hama"]),
        ("desa mana yang diam tahun ini?", ["pattern silent_places 2026-01-01..2026-11-24T12"]),
        (
            "keluhan hama apa yang tidak wajar kemarin",
            ["pattern unusual_reports category=hama 2026-11-23..2026-11-24"],
        ),
    ],
)
def test_another_city(halimun: Planner, question: str, expected: list[str]) -> None:
    assert said(halimun(question)) == expected


def test_where_after_a_pattern_asks_for_its_spots(samarinda: Planner) -> None:
    assert said(samarinda("di mana?", "apakah keluhan banjir bulan lalu terkait hujan?")) == [
        "pattern hot_spots category=flood 2026-10-01..2026-11-01"
    ]
    assert said(samarinda("di mana?", "adakah anomali laporan sampah kemarin")) == [
        "pattern hot_spots category=waste 2026-11-23..2026-11-24"
    ]


def test_what_is_measured_is_not_read_as_reports(samarinda: Planner) -> None:
    assert "unusual_reports" not in str(said(samarinda("apakah tinggi muka air Benanga tidak biasa sekarang?")))


def test_why_looks_for_what_is_out_of_the_ordinary(samarinda: Planner) -> None:
    steps = said(samarinda("kenapa laporan banjir naik bulan lalu?"))

    assert "pattern unusual_reports category=flood 2026-10-01..2026-11-01" in steps
    assert "pattern crosscheck flood_water_level 2026-10-01..2026-11-01" in steps
    assert "pattern crosscheck flood_rain 2026-10-01..2026-11-01" in steps


def test_a_relation_to_nothing_measured_is_no_crosscheck(samarinda: Planner) -> None:
    for question in ("berapa laporan terkait air mati bulan lalu?", "apakah laporan banjir ditangani sesuai target?"):
        assert "crosscheck" not in str(said(samarinda(question)))
