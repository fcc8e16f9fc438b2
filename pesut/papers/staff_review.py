"""Telaahan staf: Persoalan, Praanggapan, Fakta, Analisis, Simpulan, Saran."""

from collections.abc import Iterator

from pesut.contracts import ReviewOption
from pesut.papers.appendix import attachment
from pesut.papers.document import Block, Entries, Entry, Heading, Paragraph, Sentence, Signature
from pesut.papers.dossier import Dossier
from pesut.papers.parts import day_of, head, listed, said, sentence

TITLE = "TELAAHAN STAF"


def body(dossier: Dossier) -> Iterator[Block]:
    review = dossier.review
    yield head(
        dossier,
        to=(dossier.government.head,),
        sender="",
        day=day_of(dossier, None),
        subject=dossier.title,
        attached=attachment(dossier),
    )
    yield Heading(text="I. Persoalan")
    yield Paragraph(sentence=sentence(review.problem))
    for title, points in (
        ("II. Praanggapan", review.assumptions),
        ("III. Fakta yang Mempengaruhi", review.facts),
        ("IV. Analisis", review.analysis),
    ):
        yield Heading(text=title)
        yield listed(points, ordered=True) if points else Paragraph(sentence=Sentence(text="Tidak ada."))
    yield Heading(text="V. Simpulan")
    yield Paragraph(sentence=sentence(review.conclusion))
    yield Heading(text="VI. Saran")
    for number, option in enumerate(review.options, start=1):
        yield from _option(number, option)
    yield Signature()


def _option(number: int, option: ReviewOption) -> Iterator[Block]:
    yield Heading(level=2, text=f"{number}. {option.title}")
    yield Paragraph(sentence=sentence(option.action))
    points = {
        "Tenggat": option.deadline,
        "Anggaran": option.budget,
        "Dasar hukum": option.legal_basis,
        "Kaitan dengan rencana": option.plan_link,
        "Dampak yang diharapkan": option.expected_effect,
        "Sasaran": option.target,
        "Risiko": option.risk,
        "Keberatan terkuat": option.counter_argument,
    }
    entries = [Entry(name=name, value=(sentence(point),)) for name, point in points.items() if point]
    if option.agency_name:
        entries.insert(0, Entry(name="Pelaksana", value=said(option.agency_name)))
    yield Entries(entries=tuple(entries))
