"""Lembar disposisi: the sheet that goes with the paper from desk to desk."""

from collections.abc import Iterator

from pesut.papers.document import Block, Entries, Heading, Paragraph, Sentence, Signature
from pesut.papers.dossier import Dossier, Ruling
from pesut.papers.parts import day_of, entry, orders_table, secrecy

TITLE = "LEMBAR DISPOSISI"


def body(dossier: Dossier, ruling: Ruling) -> Iterator[Block]:
    yield Entries(
        ruled=True,
        entries=(
            entry("Surat dari"),
            entry("Nomor surat"),
            entry("Tanggal surat", day_of(dossier, None)),
            entry("Diterima tanggal"),
            entry("Nomor agenda"),
            entry("Sifat", secrecy(dossier)),
            entry("Hal", dossier.title),
        ),
    )
    yield Heading(text="Diteruskan kepada")
    yield orders_table(ruling, initials=True)
    yield Heading(text="Catatan")
    yield Paragraph(sentence=Sentence(text=ruling.note or "Tidak ada catatan."))
    if ruling.expected:
        yield Paragraph(sentence=Sentence(text=f"Hasil yang diharapkan: {ruling.expected}."))
    yield Signature(office=dossier.government.head)
