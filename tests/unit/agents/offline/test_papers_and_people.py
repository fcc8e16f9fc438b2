"""Papers cited as the source, what people say, whom one may not ask after, and what is no city's business."""

import pytest

from pesut.contracts import DocumentStep
from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Menurut SOP longsor, apa yang harus dilakukan?", "document about:SOP longsor"),
        ("Menurut perda, apa sanksi merusak irigasi?", "document about:merusak irigasi"),
        ("di rencana bisnis gimana caranya menambah bibit", "document about:rencana bisnis menambah bibit"),
    ],
)
def test_a_paper_cited_as_the_source_is_read_and_no_advice_given(
    halimun: Planner, question: str, expected: str
) -> None:
    assert said(halimun(question)) == [expected]


def test_an_english_question_is_looked_for_in_the_papers_language(samarinda: Planner) -> None:
    (step,) = said(samarinda("What does the regulation on illegal parking say?"))
    assert "Parkir liar" in step


@pytest.mark.parametrize(
    "question", ["warga Kawah ngomong apa soal pupuk", "orang Kawah pada bilang apa tentang pupuk"]
)
def test_what_people_say_is_read_in_their_reports(halimun: Planner, question: str) -> None:
    assert said(halimun(question)) == ["report region=91.07.02 category=pupuk"]


@pytest.mark.parametrize(
    "question",
    ["minta no hp yg lapor hama", "rumahnya yg lapor hama dmn", "siapa nama orang yang melapor hama", "di mana pelapor hama tinggal"],
)  # fmt: skip
def test_who_reported_is_not_told(halimun: Planner, question: str) -> None:
    assert said(halimun(question)) == "not_allowed"


@pytest.mark.parametrize("question", ["berapa pengadu bulan lalu", "berapa keluhan warga Kawah"])
def test_how_many_reported_is_told(halimun: Planner, question: str) -> None:
    assert said(halimun(question))[0].startswith("metric jumlah_")


def test_a_match_is_no_business_of_a_city(halimun: Planner) -> None:
    assert said(halimun("Berapa skor pertandingan tadi malam?")) == "out_of_scope"


@pytest.mark.parametrize(
    "question", ["keluhan hama di gudang bulan lalu", "berapa keluhan hama, di antaranya yang rampung"]
)
def test_an_ordinary_word_after_di_is_no_unknown_place(halimun: Planner, question: str) -> None:
    assert said(halimun(question)) != "unknown_region"


def test_what_was_decided_is_looked_for_under_the_matter(samarinda: Planner, halimun: Planner) -> None:
    for plan, category in (
        (samarinda("apa yang sudah diputuskan tentang banjir dan hasilnya?"), "flood"),
        (halimun("apa yang sudah diputuskan soal hama?"), "hama"),
    ):
        (step,) = plan.steps
        assert isinstance(step, DocumentStep)
        assert (step.query.kinds, step.query.categories) == (("decision",), (category,))
