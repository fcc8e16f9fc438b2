"""Parts that papers share: head, origin, signature, and the sentences of a staff review."""

from collections.abc import Iterable, Iterator

from pesut.contracts import Language, ReviewPoint
from pesut.papers.document import Column, Entries, Entry, Items, Origin, Sentence, Table
from pesut.papers.dossier import Dossier, Ruling
from pesut.placeholders.dates import written_date, written_moment

SAMPLE = "DATA CONTOH: angka, laporan, dan dokumen di naskah ini buatan, bukan data resmi."
DRAFT = "KONSEP: belum diputuskan dan masih dapat berubah."
_UNSIGNED = "Pesut tidak menandatangani naskah; ruang tanda tangan, nomor, dan paraf diisi oleh pejabat."


def said(text: str) -> tuple[Sentence, ...]:
    return (Sentence(text=text),)


def sentence(point: ReviewPoint) -> Sentence:
    """A point of a review as a whole sentence."""
    text = point.rendered.rstrip()
    return Sentence(text=text if text.endswith((".", "!", "?")) else f"{text}.", exhibits=point.evidence)


def listed(points: Iterable[ReviewPoint], *, ordered: bool = False) -> Items:
    return Items(items=tuple(sentence(point) for point in points), ordered=ordered)


def entry(name: str, value: str = "") -> Entry:
    return Entry(name=name, value=said(value) if value else ())


def head(dossier: Dossier, *, to: tuple[str, ...], sender: str, day: str, subject: str, attached: str) -> Entries:
    """The head of a letter. Its number is given by who sends it, so it stays open."""
    return Entries(
        entries=(
            Entry(name="Yth.", value=tuple(Sentence(text=each) for each in to)),
            entry("Dari", sender),
            entry("Tanggal", day),
            entry("Nomor"),
            entry("Sifat", secrecy(dossier)),
            entry("Lampiran", attached),
            entry("Hal", subject),
        )
    )


def secrecy(dossier: Dossier) -> str:
    """Of the classes of Permendagri 1/2023; what rests on cases under supervision is for few."""
    return "Terbatas" if dossier.restricted else "Biasa"


def day_of(dossier: Dossier, ruling: Ruling | None) -> str:
    """The day of the ruling, or that of the text."""
    moment = ruling.at if ruling else dossier.written_at
    return written_date(moment.astimezone(dossier.government.zone), Language.ID)


def orders_table(ruling: Ruling, *, initials: bool = False) -> Table:
    """Who is to do what by when; with room for initials on a sheet that goes from desk to desk."""
    columns = (
        Column(title="No.", share=3),
        Column(title="Perangkat daerah", share=11),
        Column(title="Instruksi", share=16),
        Column(title="Tenggat", share=8),
        *((Column(title="Paraf", share=5),) if initials else ()),
    )
    return Table(
        columns=columns,
        cells=tuple(
            (
                f"{order.number}.",
                order.agency_name,
                order.instruction,
                written_date(order.deadline, Language.ID),
                *(("",) if initials else ()),
            )
            for order in ruling.orders
        ),
    )


def notices(dossier: Dossier) -> tuple[str, ...]:
    given = ((SAMPLE, dossier.sample), (DRAFT, dossier.ruling is None))
    return tuple(text for text, holds in given if holds)


def origin(dossier: Dossier) -> Origin:
    return Origin(address=dossier.address, lines=tuple(_origin_lines(dossier)))


def _origin_lines(dossier: Dossier) -> Iterator[str]:
    zone, ruling = dossier.government.zone, dossier.ruling
    yield f"Keputusan {dossier.decision_id}, naskah versi {dossier.version}. {_UNSIGNED}"
    if ruling is None:
        yield f"Konsep per {written_moment(dossier.written_at.astimezone(zone), Language.ID)}; belum diputuskan."
    else:
        verdict = "Disetujui" if ruling.approved else "Ditolak"
        moment = written_moment(ruling.at.astimezone(zone), Language.ID)
        yield f"{verdict} oleh {dossier.government.head} pada {moment}. SHA-256 rekaman: {ruling.seal}"
