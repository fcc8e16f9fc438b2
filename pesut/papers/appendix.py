"""The appendix of evidence: what each number rests on, with its rows."""

from collections.abc import Iterator

from pesut.decisions.exhibits import Exhibit
from pesut.papers.document import Block, Column, Entries, Heading, Paragraph, Sentence, Table
from pesut.papers.dossier import Dossier
from pesut.papers.parts import entry

TITLE = "LAMPIRAN: BUKTI"
_WIDEST_NUMBER = 14  # characters of a column of numbers against those of a text's


def attachment(dossier: Dossier) -> str:
    """What stands in the head of a letter about it."""
    return f"1 berkas ({len(dossier.exhibits)} bukti)" if dossier.exhibits else "-"


def appendix(dossier: Dossier) -> tuple[Block, ...]:
    return tuple(block for each in dossier.exhibits for block in _exhibit(each))


def _exhibit(exhibit: Exhibit) -> Iterator[Block]:
    yield Heading(level=2, text=f"{exhibit.label}. {exhibit.title}", anchor=exhibit.label)
    known = (
        ("Tentang", exhibit.about),
        ("Sumber", "; ".join(exhibit.sources)),
        ("Diamati", exhibit.observed),
        ("Diketahui sampai", exhibit.as_of),
        ("Nomor bukti", exhibit.evidence_id),
        ("SHA-256", exhibit.digest),
        ("Keterangan", "data contoh" if exhibit.sample else ""),
    )
    yield Entries(entries=tuple(entry(name, value) for name, value in known if value))
    if not exhibit.rows:
        yield _remark("Tidak ada baris yang ditemukan.")
        return
    yield _table(exhibit)
    if exhibit.row_count > len(exhibit.rows):
        yield _remark(f"{len(exhibit.rows)} baris pertama dari {exhibit.row_count}.")


def _remark(text: str) -> Paragraph:
    return Paragraph(sentence=Sentence(text=text))


def _table(exhibit: Exhibit) -> Table:
    """Columns as wide as what they hold, within reason."""
    lengths = [max(len(row[place]) for row in exhibit.rows) for place in range(len(exhibit.columns))]
    columns = (
        Column(title=each.title, numeric=each.numeric, share=_share(each.numeric, max(length, len(each.title))))
        for each, length in zip(exhibit.columns, lengths, strict=True)
    )
    return Table(columns=tuple(columns), cells=exhibit.rows)


def _share(numeric: bool, length: int) -> int:
    return min(max(length, 8), _WIDEST_NUMBER if numeric else 3 * _WIDEST_NUMBER)
