"""An edit keeps every number in its evidence, and is kept as a difference against the draft."""

from typing import Any

import pytest

from agents.answer.check import ensure_supported
from pesut.contracts import StaffReview
from pesut.contracts.decision import Change
from pesut.decisions.edits import changed, difference, with_difference
from pesut.errors import InvalidInputError
from pesut.placeholders import Sources, render

FACT = "/facts/0/text"


def replace(path: str, value: Any) -> Change:
    return Change(op="replace", path=path, value=value)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (
            "Tercatat 120 keluhan sepanjang Oktober 2026",
            "Tercatat {E1.rows[0].value|measure} sepanjang {E1.period|period}",
        ),
        ("Naik 20% dalam setahun", "Naik {E1.rows[0].change_ratio|percent} dalam setahun"),
        ("Ada {E1.rows[0].value|integer} aduan", "Ada {E1.rows[0].value|integer} aduan"),
    ],
)
def test_a_sentence_may_be_edited_as_it_is_read(said: str, kept: str, review: StaffReview, sources: Sources) -> None:
    edited = changed(review, [replace(FACT, said)], sources)
    assert edited.facts[0].text == kept
    assert edited.facts[0].evidence == ("E1",)
    ensure_supported(review, edited, sources)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (FACT, "Ada 121 keluhan"),
        (FACT, "Ada 1120 keluhan"),
        (FACT, "Ada 120 keluhan dan 120.5 ton padi hilang"),
        (FACT, "Ada seratus dua puluh keluhan"),
        (FACT, "Keluhan turun 20%"),
        (FACT, "Ada {E9.rows[0].value|integer} keluhan"),
        ("/options/0/action/text", "Kirim 40 penyuluh"),
        ("/options/0/title", "Kirim 40 penyuluh"),
        ("/conclusion/text", "Anggarkan Rp2 miliar"),
    ],
)
def test_a_number_without_evidence_is_refused(path: str, said: str, review: StaffReview, sources: Sources) -> None:
    with pytest.raises(InvalidInputError, match=r"does not carry|does not hold|no evidence"):
        ensure_supported(review, changed(review, [replace(path, said)], sources), sources)


@pytest.mark.parametrize(
    "change",
    [
        Change(op="replace", path="/facts/7/text", value="Entah"),
        Change(op="remove", path="/problem"),
        Change(op="replace", path="/problem/text", value=" "),
        Change(op="add", path="/facts/-", value="bukan butir"),
        Change(op="remove", path="/facts/0"),
        Change(op="add", path="/signature", value="ttd"),
        Change(op="replace", path="/facts/0/text", value="Ada {E1.rows[0].value"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(change: Change, review: StaffReview, sources: Sources) -> None:
    with pytest.raises(InvalidInputError):
        changed(review, [change], sources)


@pytest.mark.parametrize(
    "change",
    [
        Change(op="remove", path="/options/1"),
        Change(op="replace", path="/options/0/agency", value="dinas_antariksa"),
        Change(
            op="add", path="/options/0/budget", value={"text": "Ada {E1.rows[0].value|measure}", "evidence": ["E1"]}
        ),
        Change(op="add", path="/facts/-", value={"text": "Petani cemas"}),
    ],
)
def test_what_the_checker_would_drop_is_refused(change: Change, review: StaffReview, sources: Sources) -> None:
    with pytest.raises(InvalidInputError):
        ensure_supported(review, changed(review, [change], sources), sources)


def test_words_of_people_are_theirs(review: StaffReview, sources: Sources) -> None:
    changes = [
        replace("/conclusion/text", "Penyuluh lebih dibutuhkan daripada pestisida"),
        Change(op="add", path="/assumptions/-", value={"text": "Musim tanam tidak bergeser"}),
        replace("/options/1/agency", "badan_bencana"),
    ]
    edited = changed(review, changes, sources)
    ensure_supported(review, edited, sources)
    assert edited.assumptions[1].text == "Musim tanam tidak bergeser"


def test_a_difference_gives_the_text_back(review: StaffReview, sources: Sources) -> None:
    edited = changed(
        review, [replace(FACT, "Tercatat 120 keluhan"), Change(op="remove", path="/assumptions/0")], sources
    )
    patch = difference(review, edited)
    assert {operation["path"] for operation in patch} == {"/facts/0/text", "/assumptions/0"}
    assert with_difference(review, patch) == edited
    assert difference(review, review) == []
    assert render(edited.facts[0].text, sources) == "Tercatat 120 keluhan"
