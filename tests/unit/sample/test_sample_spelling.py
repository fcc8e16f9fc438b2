"""Spelling changes words, never names, and tidies what was put together."""

import pytest

from pesut.sample.dice import Dice, generator
from pesut.sample.report_spec import Mention, Style, Words
from pesut.sample.spelling import Speller, clean

WORDS = Words(
    symbols={},
    kernels={},
    dayparts={0: "malam"},
    mentions={"village": Mention(weight=1, texts=("di {village}",))},
    short={"tidak": ("gk",), "jalan": ("jln",)},
    local={"air": ("banyu",), "tidak": ("kada",)},
    emoji=("🙏",),
)


def _spelt(text: str, **habits: float) -> set[str]:
    speller = Speller(WORDS, Dice(generator(1, "test")))
    return {speller.spell(text, Style(weight=1, **habits)) for _ in range(50)}


@pytest.mark.parametrize(
    ("rough", "tidy"),
    [
        ("air  mati , lama . . tolong  ", "air mati, lama. tolong"),
        ("kapan?. terima kasih", "kapan? terima kasih"),
        ("rusak parah, . mohon", "rusak parah. mohon"),
        ("air sudah sudah selutut", "air sudah selutut"),
        ("foto-foto di di sini.", "foto-foto di di sini."),
    ],
)
def test_stops_spaces_and_doubled_words_are_tidied(rough: str, tidy: str) -> None:
    assert clean(rough) == tidy


def test_names_are_not_put_into_other_words() -> None:
    assert _spelt("air di Air Putih tidak jalan", local=1) == {"Banyu di Air Putih kada jalan"}


def test_a_careful_reporter_begins_sentences_with_a_capital() -> None:
    assert _spelt("air mati. kapan jalan?") == {"Air mati. Kapan jalan?"}


def test_habits_show() -> None:
    assert _spelt("jalan rusak, tidak diaspal", short=1, lower=1, unpunctuated=1) == {"jln rusak gk diaspal"}
    assert _spelt("jalan rusak", capitals=1) == {"JALAN RUSAK"}
    assert all(text.endswith("🙏") for text in _spelt("jalan rusak", emoji=1))


def test_typos_leave_words_recognisable() -> None:
    for text in _spelt("banjirnya parah", typos=1):
        assert abs(len(text) - len("banjirnya parah")) <= 2
        assert set(text.lower()) <= set("banjirnya parah")
