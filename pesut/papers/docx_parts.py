"""Small parts of a Word document, down to its XML."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportPrivateUsage=false
# (python-docx leaves its XML elements open.)

from collections.abc import Sequence
from typing import Any, Literal

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Length, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from pesut.papers.document import Sentence
from pesut.papers.docx_styles import QUIET

Side = Literal["top", "bottom"]
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # the order that the schema wants


def small(paragraph: Paragraph, text: str) -> None:
    paragraph.style = "Kecil"
    paragraph.add_run(text)


def styled_as(paragraph: Paragraph, style_id: str) -> None:
    paragraph._p.style = style_id


def add_grid(document: Document, widths: Sequence[Length], *, style: str | None = None) -> Table:
    """A table without rows, whose columns have these widths."""
    table = document.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def write_sentence(paragraph: Paragraph, sentence: Sentence) -> None:
    """The words, then what they rest on."""
    paragraph.add_run(sentence.text)
    if sentence.exhibits:
        marks = paragraph.add_run(f"\N{NO-BREAK SPACE}[{', '.join(sentence.exhibits)}]")
        marks.font.size, marks.font.color.rgb = Pt(9), QUIET


def add_field(paragraph: Paragraph, name: str) -> None:
    """A number that Word reckons itself."""
    paragraph._p.append(_element("w:fldSimple", instr=name))


def ruled_off(paragraph: Paragraph, side: Side) -> None:
    """With a line on this side."""
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz="8", space="4", color="auto"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def line_to_write_on(cell: _Cell) -> None:
    """A cell with nothing but a line below."""
    ruled_off(cell.paragraphs[0], "bottom")


def repeat_on_each_page(row: _Row) -> None:
    """Marks the head of a table."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_rows_whole(table: Table) -> None:
    """No row is cut between two pages."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def number_from_one(document: Document) -> int:
    """A fresh count of the style "List Number"."""
    style: Any = document.styles["List Number"].element
    numbering: Any = document.part.numbering_part.element
    counted = numbering.num_having_numId(style.pPr.numPr.numId.val)
    fresh = numbering.add_num(counted.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


def counted_by(paragraph: Paragraph, count: int) -> None:
    properties: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = count


def described(picture: Any, text: str) -> None:
    """With words for who cannot see the picture."""
    picture._inline.docPr.set("descr", text)


def _element(name: str, **attributes: str) -> Any:
    element: Any = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
