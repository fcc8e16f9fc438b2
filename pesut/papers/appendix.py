"""The appendix of evidence: what each number rests on, with its rows."""

from collections.abc import Iterator, Sequence

from pesut.decisions.exhibits import Exhibit
from pesut.papers.document import Block, Column, Entries, Heading, Paragraph, Sentence, Table
from pesut.papers.dossier import Dossier
from pesut.papers.parts import entry

TITLE = "LAMPIRAN: BUKTI"
_NARROWEST, _WORD, _LINE, _LONG = 8, 18, 24, 100  # characters


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
    columns = tuple(
        Column(
            title=each.title, numeric=each.numeric, share=_share([each.title, *(row[place] for row in exhibit.rows)])
        )
        for place, each in enumerate(exhibit.columns)
    )
    return Table(columns=columns, cells=exhibit.rows)


def _share(texts: Sequence[str]) -> int:
    """As wide as what the column holds, within reason, but not narrower than its longest word wants."""
    longest, word = max(map(len, texts)), max(len(word) for text in texts for word in (text.split() or [""]))
    return max(min(word, _WORD) * 3 // 2, min(longest, _LINE if longest < _LONG else 2 * _LINE), _NARROWEST)
