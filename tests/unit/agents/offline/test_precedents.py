"""Earlier decisions in a draft and in an answer: each once, with what came of it where that is known, word for word."""

from collections.abc import Callable
from typing import Any

from agents.reasoners.offline.writing.naming import Pointer
from agents.reasoners.offline.writing.papers import paper_claims, precedents
from pesut.contracts import DocumentQuery, Evidence, Language
from pesut.placeholders import Sources, render

DECISIONS = DocumentQuery(text="hama", kinds=("decision",))


def passage(code: str, heading: str, text: str, **more: Any) -> dict[str, Any]:
    row = {"code": code, "title": f"Keputusan {code}", "kind": "decision", "number": "", "issued_on": "2026-03-02"}
    return row | {"heading": heading, "passage": text} | more


ROWS = [
    passage("satu", "Keputusan", "Petak yang terserang disemprot serentak."),
    passage(
        "satu",
        "Hasil",
        "Keluhan turun dari 120 menjadi 40. Sasaran paling banyak 50 tercapai. Biaya seluruhnya wajar. Petani di hulu merasa puas.",
    ),
    passage("dua", "Lain", "Catatan rapat tentang hal lain disimpan."),
    passage("dua", "Keputusan", "Benih tahan hama dibagikan gratis.", number="5/2026"),
]


def test_what_came_of_it_is_told_before_what_was_decided(
    make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]
) -> None:
    evidence = make_evidence("E1", DECISIONS, ROWS)
    said = [render(text, make_sources(evidence)) for text in precedents(Pointer(evidence, Language.ID))]
    assert said == [
        "Sudah diputuskan pada 2 Maret 2026, Keputusan satu. Hasilnya: "
        "“Keluhan turun dari 120 menjadi 40. Sasaran paling banyak 50 tercapai. Biaya seluruhnya wajar. Petani di hulu merasa puas.”",
        "Sudah diputuskan pada 2 Maret 2026, Keputusan dua (5/2026): “Benih tahan hama dibagikan gratis.”",
    ]


def test_a_question_about_decisions_is_answered_with_their_outcomes(make_evidence: Callable[..., Evidence]) -> None:
    claims = paper_claims(make_evidence("E1", DECISIONS, ROWS), Language.ID)
    assert ["Hasilnya" in claim.text for claim in claims] == [True, False]
    other = paper_claims(make_evidence("E1", DocumentQuery(text="hama"), ROWS), Language.ID)
    assert not any("Hasilnya" in claim.text for claim in other)


def test_a_long_outcome_ends_with_a_sentence(
    make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]
) -> None:
    long = passage("satu", "Hasil", " ".join(["Keluhan di desa hulu turun lagi."] * 40))
    evidence = make_evidence("E1", DECISIONS, [long])
    (said,) = [render(text, make_sources(evidence)) for text in precedents(Pointer(evidence, Language.ID))]
    assert said.endswith("turun lagi.”")
    assert 600 < len(said) < 800
