"""A question is answered in full whatever small talk surrounds it."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said

OCTOBER = "2026-10-01..2026-11-01"


@pytest.mark.parametrize(
    "question",
    [
        "Mohon disampaikan jumlah keluhan hama yang diterima pada bulan lalu",
        "minta data keluhan hama yg masuk bulan lalu, maksudnya jumlahnya",
        "brp sih keluhan hama yg tercatat bln lalu",
        "maaf mau tanya, berapa keluhan hama bulan lalu ya? makasih",
        "min, brp keluhan hama bln lalu? trims",
    ],
)
def test_polite_and_telling_words_are_no_matter(question: str, halimun: Planner) -> None:
    plan = halimun(question)
    assert said(plan) == [f"metric jumlah_keluhan category=hama {OCTOBER}"]
    assert plan.notes == ()


def test_units_of_time_are_no_matter(halimun: Planner) -> None:
    plan = halimun("keluhan hama triwulan III 2026 dibanding triwulan yang sama tahun lalu")
    assert said(plan) == ["metric jumlah_keluhan category=hama 2026-07-01..2026-10-01 against:last_year"]
    assert plan.notes == ()


def test_english_small_words_are_no_matter(samarinda: Planner) -> None:
    plan = samarinda("How many flood reports were still submitted by people from Palaran in last month's days?")
    assert said(plan) == [f"metric reports_count region=64.72.01 category=flood {OCTOBER}"]
    assert plan.notes == ()


def test_a_polite_word_is_no_application(samarinda: Planner) -> None:
    assert said(samarinda("Mohon jumlah seluruh laporan warga bulan lalu")) == [f"metric reports_count {OCTOBER}"]


def test_a_particle_does_not_hide_a_turn_of_phrase(halimun: Planner) -> None:
    assert said(halimun("keluhan yang lewat balai desa bulan lalu berapa persennya")) == [
        f"metric jumlah_keluhan channel=balai {OCTOBER} by:channel show:share"
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "apa yang disarankan",
        "sebaiknya kita berbuat apa",
        "apa yang sebaiknya kita lakukan",
        "apa yang perlu disiapkan",
    ],
)
def test_however_advice_is_asked_for(asked: str, halimun: Planner) -> None:
    plan = halimun(f"Berapa keluhan hama bulan lalu, dan {asked}?")
    assert any(step.kind == "recommend" for step in plan.steps)
    assert plan.notes == ()
