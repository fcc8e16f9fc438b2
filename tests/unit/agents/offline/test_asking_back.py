"""Where only the matter is missing, one question back; its options keep all that was said."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    "question",
    ["Berapa jumlahnya bulan lalu?", "naik apa turun?", "Bandingkan Kawah dengan Garung Kidul", "Kawah bulan lalu?"],
)
def test_a_question_without_matter_is_asked_back(halimun: Planner, question: str) -> None:
    plan = halimun(question)
    assert plan.clarify
    assert "Jumlah keluhan" in [option.label for option in plan.clarify.options]


def test_the_option_keeps_places_and_comparison(halimun: Planner) -> None:
    asked = "Bandingkan Kawah dengan Garung Kidul bulan lalu"
    plan = halimun(asked)
    assert plan.clarify
    chosen = next(option for option in plan.clarify.options if option.label == "Jumlah keluhan")
    expected = ["metric jumlah_keluhan region=91.07.02,91.07.04 2026-10-01..2026-11-01 by:district"]
    assert said(halimun(chosen.question)) == expected
    assert (
        said(halimun("jumlah keluhan", plan_question := "Bandingkan Kawah dengan Garung Kidul bulan lalu")) == expected
    )
    assert plan_question


def test_small_talk_is_not_asked_back(halimun: Planner) -> None:
    assert said(halimun("halo")) == "out_of_scope"


@pytest.mark.parametrize(
    "question",
    [
        "Berapa banyak bulan lalu?",
        "pira sasi wingi",
        "Berapa bulan kemarin?",
        "Desa mana paling tinggi?",
        "desa sing paling akeh ngendi",
        "Mana desa tertinggi?",
        "Bagaimana perkembangan Kecamatan Kawah?",
        "kawah gimana",
        "kondisi Kawah bagaimana?",
        "Berapa untuk Dinas Tani tahun ini?",
        "dinas tani taun ini pira",
        "total Dinas Tani tahun ini",
        "Bandingkan tahun ini dengan tahun lalu.",
        "taun ini dibanding taun wingi gmn",
        "banding tahun ini sama tahun kemarin",
    ],
)
def test_nothing_is_guessed_where_the_matter_is_missing(halimun: Planner, question: str) -> None:
    assert said(halimun(question)) == "clarify"


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("harganya brp", {"Harga pangan Beras premium", "Harga pangan Cabai rawit"}),
        ("Bagaimana kinerja kita?", {"Jumlah laporan warga", "Pagu anggaran"}),
        ("Berapa korban tahun lalu?", {"Warga terdampak banjir", "Korban meninggal kecelakaan"}),
        ("antreannya brp skrg", {"Waktu tunggu puskesmas", "Permohonan adminduk menunggu"}),
        ("Berapa tunggakan sekarang?", {"Laporan belum ditangani", "Permohonan adminduk menunggu"}),
        ("Berapa yang rusak tahun ini?", {"Panjang jalan rusak", "Ruang kelas rusak"}),
        ("Berapa perbaikan bulan lalu?", {"Lampu jalan diperbaiki", "Lubang jalan ditutup"}),
        ("Berapa indeks kita tahun 2025?", {"Indeks pembangunan manusia", "Indeks SPBE"}),
    ],
)
def test_a_word_that_several_metrics_share_is_asked_back(samarinda: Planner, question: str, offered: set[str]) -> None:
    plan = samarinda(question)
    assert plan.clarify
    assert offered <= {option.label for option in plan.clarify.options}


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("apa yang harus saya prioritaskan 7 hari terakhir", ""),
        ("ringkas keadaan samarinda seberang 7 hari terakhir", "region=64.72.02 "),
        ("apa kabar palaran 7 hari terakhir?", "region=64.72.01 "),
        ("Overview: what needs my attention in the last 7 days", ""),
    ],
)
def test_an_overview_tells_what_is_reported_unusual_and_late(samarinda: Planner, question: str, where: str) -> None:
    week = "2026-11-18..2026-11-24T12"
    assert said(samarinda(question)) == [
        f"metric reports_count {where}{week} against:previous_period",
        f"metric reports_count {where}{week} by:category order:down limit:5",
        f"pattern unusual_reports {where}{week}",
        f"pattern overdue_reports {where}".strip(),
    ]


def test_a_question_for_the_state_of_the_city_offers_an_overview(samarinda: Planner) -> None:
    clarify = samarinda("Bagaimana keadaan kota sekarang?").clarify
    assert clarify is not None
    assert clarify.options[0].label == "Ringkasan keadaan"
    assert len(samarinda(clarify.options[0].question).steps) == 4
