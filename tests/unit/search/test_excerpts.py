"""An excerpt is a piece of the text, word for word, that speaks to the question where any does."""

from hypothesis import given
from hypothesis import strategies as st

from pesut.search.excerpts import LONGEST, nearest_excerpt

TEXT = (
    "Selamat pagi pak wali. Kami warga RT 12 sudah lama menunggu. Lampu jalan di depan masjid padam sejak minggu lalu! "
    "Anak-anak takut lewat. Selain itu sampah di ujung gang menumpuk dan berbau. Parit juga mampet sehingga air naik ke jalan "
    "setiap hujan. Terima kasih atas perhatiannya, semoga segera ditindaklanjuti."
)


def _of(text: str, query: str, longest: int = LONGEST) -> str:
    return nearest_excerpt(text, query, longest).of(text)


def test_it_is_the_sentence_nearest_to_the_question() -> None:
    assert _of(TEXT, "penerangan lampu padam", 70) == "Lampu jalan di depan masjid padam sejak minggu lalu!"
    assert _of(TEXT, "tumpukan sampah bau", 70) == "Selain itu sampah di ujung gang menumpuk dan berbau."


def test_it_goes_on_as_far_as_there_is_room() -> None:
    assert _of(TEXT, "lampu", 90) == "Lampu jalan di depan masjid padam sejak minggu lalu! Anak-anak takut lewat."


def test_without_a_question_it_is_the_beginning() -> None:
    assert _of(TEXT, "", 60).startswith("Selamat pagi pak wali.")
    assert _of("", "lampu") == _of("  \n ", "lampu") == ""


def test_a_sentence_without_end_is_cut_between_words() -> None:
    endless = "jalan rusak dan berlubang " * 40 + "lampu padam " + "tolong diperbaiki " * 40
    assert "lampu padam" in _of(endless, "lampu padam")
    assert {*_of(endless, "lampu padam").split()} <= {*endless.split()}


@given(text=st.text(max_size=600), query=st.text(max_size=40), longest=st.integers(10, 120))
def test_it_lies_within_the_text_and_the_limit(text: str, query: str, longest: int) -> None:
    excerpt = nearest_excerpt(text, query, longest)
    assert 0 <= excerpt.start <= excerpt.end <= len(text)
    assert excerpt.length <= longest
    assert excerpt.of(text) == excerpt.of(text).strip()
    assert excerpt.length or not text.strip(" \t\r\n.!?;\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029")
