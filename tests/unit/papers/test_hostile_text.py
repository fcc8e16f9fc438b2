"""What people wrote is read and does nothing: no markup, no sign that turns others, nothing beyond the page."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesut.contracts.paper import PaperFormat, PaperKind
from pesut.papers.composing import compose
from pesut.papers.dossier import dossier_of
from pesut.papers.issuing import write
from tests.unit.papers.conftest import ROW, MakeRecord
from tests.unit.papers.test_papers import SEAL, docx_text, pdf_pages

MARKUP = r'#eval("1") *tebal* _miring_ $x^2$ @acuan <w:p/> {E1.rows[0].value} \\ `kode` [tautan] // & "kutip" ~'
ENDLESS = "banjir" * 60
EMOJI = "air naik \N{WATER WAVE}\N{FIRE} \u6f22\u5b57"
TURNED = "nomor \N{RIGHT-TO-LEFT OVERRIDE}4321\N{POP DIRECTIONAL FORMATTING}\x00\x07 habis"
MARGIN = 2  # points that a sign may lean out


@pytest.mark.parametrize("kind", PaperKind)
def test_markup_is_shown_as_it_was_written(make_record: MakeRecord, kind: PaperKind) -> None:
    record = make_record(title=MARKUP)
    wanted = "".join(MARKUP.split())
    dossier = dossier_of(record, SEAL)
    assert wanted in "".join(docx_text(dossier, kind).split())
    assert wanted in "".join("".join(pdf_pages(dossier, kind)).split())


@pytest.mark.parametrize("kind", PaperKind)
def test_a_word_without_an_end_stays_on_the_page(make_record: MakeRecord, kind: PaperKind) -> None:
    rows: list[Any] = [ROW | {"item_name": ENDLESS}]
    orders = tuple(each.model_copy(update={"instruction": ENDLESS}) for each in make_record().orders)
    record = make_record({"title": ENDLESS, "conclusion": ENDLESS}, rows, title=ENDLESS, orders=orders)
    content = write(compose(kind, dossier_of(record, SEAL)), PaperFormat.PDF)
    pages: Any = pypdfium2.PdfDocument(content)
    for page in pages:
        signs = page.get_textpage()
        boxes = [signs.get_charbox(number) for number in range(signs.count_chars())]
        assert max(right for _, _, right, _ in boxes) < page.get_width() - MARGIN
        assert min(bottom for _, bottom, _, _ in boxes) > MARGIN


def test_signs_without_a_glyph_have_a_stand_in_and_word_keeps_them(make_record: MakeRecord) -> None:
    dossier = dossier_of(make_record({"conclusion": EMOJI}), SEAL)
    pages = " ".join(pdf_pages(dossier, PaperKind.STAFF_REVIEW))
    assert "air naik □ □." in pages
    assert "naskah Word memuatnya" in pages
    assert EMOJI in docx_text(dossier, PaperKind.STAFF_REVIEW)


def test_no_sign_turns_or_hides_another(make_record: MakeRecord) -> None:
    dossier = dossier_of(make_record({"conclusion": TURNED}), SEAL)
    assert "nomor 4321 habis." in docx_text(dossier, PaperKind.STAFF_REVIEW)
    assert "nomor 4321 habis." in " ".join(pdf_pages(dossier, PaperKind.STAFF_REVIEW))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(said=st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_was_written_can_be_printed(make_record: MakeRecord, said: str) -> None:
    paper = compose(PaperKind.STAFF_REVIEW, dossier_of(make_record(title=said), SEAL))
    assert write(paper, PaperFormat.PDF).startswith(b"%PDF")
    with ZipFile(BytesIO(write(paper, PaperFormat.DOCX))) as package:
        assert package.testzip() is None
