"""Which words carry matter, and which only ask, join or tell of telling."""

import pytest

from pesut.language.corrections import Corrections
from pesut.language.matter import content_words, is_light
from pesut.language.tokens import tokens_of, words_of


@pytest.mark.parametrize(
    "word", ["disampaikan", "menerima", "tercatat", "sebutkan", "ngelapor", "maksudnya", "submitted", "still", "from"]
)
def test_verbs_of_telling_and_small_words_are_light(word: str) -> None:
    assert is_light(word)


@pytest.mark.parametrize("word", ["pendapatan", "wisatawan", "panen", "hotel", "penerimaan", "terendam", "harvest"])
def test_things_are_not_light_whatever_their_root(word: str) -> None:
    assert not is_light(word)


def test_only_the_matter_of_a_question_is_left() -> None:
    tokens = tokens_of("Mohon disampaikan berapa wisatawan yang tercatat datang bulan lalu", {})
    assert "wisatawan" in [token.word for token in content_words(tokens)]
    assert not {"mohon", "disampaikan", "tercatat", "datang"} & {token.word for token in content_words(tokens)}


def test_a_possessive_is_the_word_itself_but_a_contraction_is_not() -> None:
    assert words_of("last month's reports", {}) == ("last", "month", "reports")
    assert words_of("how's the water", {}) == ("how's", "the", "water")


def test_a_word_formed_from_an_ordinary_one_is_no_misspelling() -> None:
    corrections = Corrections({"tercapai", "tercepat"})
    assert corrections.guesses("tercatat", slips=2) == ()
    assert corrections.guesses("tercappai") == ("tercapai",)
