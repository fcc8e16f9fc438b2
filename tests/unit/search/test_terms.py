"""Which words of a question are looked for."""

import pytest

from pesut.catalog.models import Term
from pesut.contracts import LocalText
from pesut.search.terms import MOST_WORDS, called_by_the_city, terms_of

WORDS = {"banyu": "air", "kada": "tidak", "handak": "ingin"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Laporan warga tentang banjir di Sungai Pinang", (("banjir",), ("sungai",), ("pinang",))),
        ("banyu mati, banyu keruh", (("banyu", "air"), ("mati",), ("keruh",))),
        ("air", (("air", "banyu"),)),
        ("apa saja keluhan mereka?", (("apa",), ("saja",), ("keluhan",), ("mereka",))),
        ("?! a 🥲", ()),
    ],
)
def test_telling_words_stay_with_what_they_are_called_elsewhere(
    text: str, expected: tuple[tuple[str, ...], ...]
) -> None:
    assert terms_of(text, WORDS) == expected


def test_a_long_question_is_looked_for_by_its_first_words() -> None:
    assert len(terms_of(" ".join(f"kata{number}" for number in range(100)), {})) == MOST_WORDS


CATEGORIES = [
    Term(code="road", name=LocalText(id="Jalan rusak", en="Damaged roads"), synonyms=("pothole", "potholes", "lubang")),
    Term(code="light", name=LocalText(id="Lampu jalan", en="Street lights")),
]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Are there potholes? And broken STREET LIGHTS?", "Jalan rusak Lampu jalan"),
        ("lubang", "Jalan rusak"),
        ("sublubangan, streetlights", ""),
        ("", ""),
    ],
)
def test_a_category_is_recognised_by_any_of_its_whole_names(text: str, named: str) -> None:
    assert called_by_the_city(text, CATEGORIES) == named
