"""Documents give their text, headings and head, or say why not."""

from pathlib import Path

import pytest
from docx import Document as WordDocument
from pypdf import PdfWriter

from pesut.city.documents import split_passages
from pesut.intake.files.kinds import UnusableFileError
from pesut.intake.files.papers import read_paper
from pesut.intake.kinds.documents import guessed_kind


def test_markdown_with_a_head(tmp_path: Path) -> None:
    path = tmp_path / "perda.md"
    path.write_text("---\ncode: perda-1\nkind: regulation\n---\n# Perda Sampah\n\n## Pasal 1\n\nSampah dipilah.\n")
    cells = read_paper(path)
    assert (cells["code"], cells["kind"], cells["title"]) == ("perda-1", "regulation", "Perda Sampah")
    assert [(part.heading, part.text) for part in split_passages(str(cells["text"]))] == [
        ("Pasal 1", "Sampah dipilah.")
    ]


def test_plain_text_in_windows_encoding(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_bytes("Nota “penting” — café".encode("cp1252"))
    assert read_paper(path) == {"title": None, "text": "Nota “penting” — café"}


def test_word_keeps_headings_and_tables_in_order(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_heading("Rencana Kerja", 0)
    document.add_heading("Anggaran", 2)
    document.add_paragraph("Rincian:")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Drainase", "Rp5 miliar"
    document.save(str(tmp_path / "r.docx"))
    cells = read_paper(tmp_path / "r.docx")
    assert cells["title"] == "Rencana Kerja"
    assert cells["text"] == "# Rencana Kerja\n\n## Anggaran\n\nRincian:\n\nDrainase | Rp5 miliar"


def _pdf(path: Path, text: str, password: str = "") -> Path:
    """A PDF of one page, written by hand so that it holds real text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"%PDF-1.4\n"
    offsets: list[int] = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(body)
    body += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % each for each in offsets)
    path.write_bytes(body + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    if password:
        writer = PdfWriter(clone_from=path)
        writer.encrypt(password, algorithm="RC4-128")
        writer.write(path)
    return path


def test_pdf(tmp_path: Path) -> None:
    assert read_paper(_pdf(tmp_path / "a.pdf", "Peraturan Wali Kota"))["text"] == "Peraturan Wali Kota"


def test_what_is_no_paper_is_refused(tmp_path: Path) -> None:
    cases = {
        "locked by a password": _pdf(tmp_path / "locked.pdf", "x", "secret"),
        "holds no text": _pdf(tmp_path / "scan.pdf", ""),
        "damaged PDF": _written(tmp_path / "broken.pdf", b"%PDF-1.7\nnothing"),
        "no YAML": _written(tmp_path / "head.md", b"---\na: [\n---\ntext"),
        "is a table": _written(tmp_path / "t.json", b'[{"a": 1}]'),
        "is called .pdf": _written(tmp_path / "text.pdf", b"only text"),
    }
    for reason, path in cases.items():
        with pytest.raises(UnusableFileError, match=reason):
            read_paper(path)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Peraturan Daerah No 2", "regulation"),
        ("SK Wali Kota", "decision"),
        ("RPJMD 2025", "plan"),
        ("Laporan kinerja", "report"),
    ],
)
def test_papers_say_what_they_are(title: str, kind: str) -> None:
    assert guessed_kind(title) == kind
