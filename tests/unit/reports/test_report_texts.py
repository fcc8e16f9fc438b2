"""How a classifier reads a report's text."""

import pytest

from pesut.reports.classification.texts import ReportText, addressed, reader_of


def test_everyday_spelling_and_local_words_are_evened_out() -> None:
    read = reader_of({"banyu": "air"}).read(
        ReportText("Banyu MATI!!", "yg di dpn rmh parahhhh, lihat https://x.id/a 0812")
    )
    assert read.title == "air mati"
    assert read.rest == "air mati yang di dpn rmh parah lihat"


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Yth. Dinas Perhubungan Kota Batang, lampu mati", "Dinas Perhubungan Kota Batang"),
        ("Kepada Yth. Bapak Kepala Dinas Kesehatan: obat habis", "Dinas Kesehatan"),
        ("kpd yth bu camat, jalan rusak", "camat"),
        ("kepada siapa saya mengadu? jalan rusak", ""),
        ("jalan rusak, mohon dinas terkait", ""),
        ("", ""),
    ],
)
def test_whom_a_text_addresses(text: str, whom: str) -> None:
    assert addressed(text)[0] == whom


def test_the_matter_stays_without_the_salutation() -> None:
    read = reader_of({}).read(ReportText("", "Yth. Dinas Pasar, lapak roboh"))
    assert (read.addressee, read.rest) == ("dinas pasar", "lapak roboh")
    assert read.unaddressed.addressee == ""


@pytest.mark.parametrize("body", ["", "😭😭", "<b></b>", "12345", "x" * 50_000])
def test_odd_texts_are_read(body: str) -> None:
    assert reader_of({}).read(ReportText("", body)).addressee == ""
