"""Which words of a text are quoted."""

from agents.reasoners.base import ReadPurpose, ReadRequest, Source
from agents.reasoners.offline.extracting import read
from pesut.contracts import Language


def _quoted(text: str, topic: str) -> list[str]:
    source = Source(id="one", text=text)
    request = ReadRequest(texts=(source,), purpose=ReadPurpose.EXCERPT, language=Language.ID, topic=topic)
    return [text[span.start : span.end] for span in read(request).spans]


def test_a_sum_of_money_ends_no_sentence() -> None:
    text = "Subsidi dimulai Senin. Harga cabai kembali ke Rp62.000 dua minggu setelah subsidi berakhir. Lalu turun."
    assert _quoted(text, "harga cabai") == ["Harga cabai kembali ke Rp62.000 dua minggu setelah subsidi berakhir."]


def test_a_shortened_word_ends_no_sentence() -> None:
    text = "Tolong. Lampu di Jl. Pramuka No. 5 mati sejak Minggu! Terima kasih."
    assert _quoted(text, "lampu mati") == ["Lampu di Jl. Pramuka No. 5 mati sejak Minggu!"]


def test_a_telephone_number_is_not_quoted_but_a_sum_is() -> None:
    assert not _quoted("Hubungi saya di 0812-3456-7890 soal lampu mati.", "lampu mati")
    sum_said = "Lampu mati di 40 titik, anggarannya Rp12.500.000.000 tahun ini."
    assert _quoted(sum_said, "lampu mati") == [sum_said]
