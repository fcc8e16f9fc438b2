"""Each number of a sentence leads to the row that it comes from."""

from api.web.sentences import Piece, Source, sentence
from pesut.contracts import Claim, ClaimKind

LABELS = {"id-1": "E1", "id-2": "E2"}


def _said(text: str, rendered: str, *evidence: str) -> Claim:
    return Claim(text=text, kind=ClaimKind.FACT, evidence=evidence, rendered=rendered)


def test_a_number_leads_to_its_row_and_a_name_nowhere() -> None:
    claim = _said("Tertinggi {E1.rows[2].name|text} ({E1.rows[2].value|measure}).", "Tertinggi Watu (7 ekor).", "id-1")
    assert sentence(claim, LABELS).pieces == (
        Piece("Tertinggi "), Piece("Watu"), Piece(" ("), Piece("7 ekor", "/bukti/id-1?baris=3"), Piece(")."),
    )  # fmt: skip
    assert sentence(claim, LABELS).sources == ()


def test_evidence_without_a_number_is_named_at_the_end() -> None:
    claim = _said("Ada {E1.row_count|integer}: {E2.rows[0].text|quote}", "Ada 5: “x”", "id-1", "id-2")
    said = sentence(claim, LABELS)
    assert [piece.href for piece in said.pieces if piece.href] == ["/bukti/id-1"]
    assert said.sources == (Source("E2", "/bukti/id-2"),)
