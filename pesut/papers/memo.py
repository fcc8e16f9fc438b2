"""Nota dinas: what was decided, to the agencies that carry it out."""

from collections.abc import Iterator

from pesut.papers.appendix import attachment
from pesut.papers.document import Block, Heading, Items, Paragraph, Sentence, Signature
from pesut.papers.dossier import Dossier, Ruling
from pesut.papers.parts import day_of, head, orders_table, sentence

TITLE = "NOTA DINAS"


def body(dossier: Dossier, ruling: Ruling) -> Iterator[Block]:
    review, office = dossier.review, dossier.government.head
    agencies = tuple(dict.fromkeys(f"Pimpinan {order.agency_name}" for order in ruling.orders))
    yield head(
        dossier,
        to=agencies,
        sender=office,
        day=day_of(dossier, ruling),
        subject=f"Tindak lanjut keputusan: {dossier.title}",
        attached=attachment(dossier),
    )
    yield Heading(text="Dasar")
    yield Paragraph(sentence=sentence(review.problem))
    yield Paragraph(sentence=sentence(review.conclusion))
    yield Heading(text="Keputusan")
    yield _say(f"Setelah mempelajari telaahan stafnya, {office} menyetujui saran berikut.")
    chosen = dict.fromkeys(order.option for order in ruling.orders)
    options = [review.options[place] for place in chosen]
    yield Items(items=tuple(_titled(each.title, sentence(each.action)) for each in options), ordered=True)
    if ruling.note:
        yield _say(f"Catatan: {ruling.note}")
    yield Heading(text="Pelaksanaan")
    yield _say("Perangkat daerah berikut diminta melaksanakannya dan melaporkan kemajuan serta bukti pelaksanaannya.")
    yield orders_table(ruling)
    if ruling.expected:
        yield _say(f"Hasil yang diharapkan: {ruling.expected}.")
    yield _say("Demikian untuk dilaksanakan.")
    yield Signature(office=office)


def _say(text: str) -> Paragraph:
    return Paragraph(sentence=Sentence(text=text))


def _titled(title: str, action: Sentence) -> Sentence:
    return Sentence(text=f"{title}. {action.text}", exhibits=action.exhibits)
