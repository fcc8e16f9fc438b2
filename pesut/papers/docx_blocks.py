"""The blocks of a paper in a Word document."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu, Length, Pt
from docx.table import _Cell  # pyright: ignore[reportPrivateUsage]

from pesut.papers.document import Block, Entries, Entry, Heading, Items, Paragraph, Sentence, Signature, Table
from pesut.papers.docx_parts import (
    add_grid,
    counted_by,
    keep_rows_whole,
    line_to_write_on,
    number_from_one,
    repeat_on_each_page,
    small,
    styled_as,
    write_sentence,
)
from pesut.papers.docx_styles import LINE_WIDTH, RULED

NAME_WIDTH, SIGNATURE_WIDTH, SIGNATURE_SPACE = Cm(4.2), Cm(7.5), Cm(1.8)
BY_HAND = "…" * 16


def add_block(document: Document, block: Block) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, level=block.level)
        case Paragraph():
            write_sentence(document.add_paragraph(), block.sentence)
        case Items():
            _add_items(document, block)
        case Entries():
            _add_entries(document, block)
        case Table():
            _add_table(document, block)
        case Signature():
            _add_signature(document, block)


def _add_items(document: Document, block: Items) -> None:
    """A list of its own, whose numbers begin with 1."""
    style = "List Number" if block.ordered else "List Bullet"
    count = number_from_one(document) if block.ordered else None
    for each in block.items:
        paragraph = document.add_paragraph(style=style)
        if count is not None:
            counted_by(paragraph, count)
        write_sentence(paragraph, each)


def _add_entries(document: Document, block: Entries) -> None:
    table = add_grid(document, (NAME_WIDTH, Emu(LINE_WIDTH - NAME_WIDTH)), style=RULED if block.ruled else None)
    for entry in block.entries:
        name, value = table.add_row().cells
        name.paragraphs[0].add_run(entry.name)
        _write_value(value, entry, ruled=block.ruled)
    keep_rows_whole(table)
    document.add_paragraph(style="Jeda")


def _write_value(cell: _Cell, entry: Entry, *, ruled: bool) -> None:
    if not entry.value and not ruled:
        line_to_write_on(cell)
    for number, each in enumerate(entry.value):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        mark = f"{number + 1}. " if len(entry.value) > 1 else ""
        write_sentence(paragraph, Sentence(text=mark + each.text, exhibits=each.exhibits))


def _add_table(document: Document, block: Table) -> None:
    table, style = add_grid(document, _widths(block), style=RULED), document.styles["Isi Tabel"].style_id
    _write_row(table.add_row().cells, [each.title for each in block.columns], block, style, bold=True)
    repeat_on_each_page(table.rows[0])
    for cells in block.cells:
        _write_row(table.add_row().cells, cells, block, style)
    keep_rows_whole(table)
    document.add_paragraph(style="Jeda")


def _widths(block: Table) -> list[Length]:
    whole = sum(each.share for each in block.columns)
    return [Emu(LINE_WIDTH * each.share // whole) for each in block.columns]


def _write_row(cells: Sequence[_Cell], texts: Sequence[str], block: Table, style: str, *, bold: bool = False) -> None:
    """`style` is the id of the cells' style: looking it up by its name for each cell takes longer than all the rest."""
    for cell, text, column in zip(cells, texts, block.columns, strict=True):
        paragraph = cell.paragraphs[0]
        styled_as(paragraph, style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if column.numeric else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.add_run(text).bold = bold or None


def _add_signature(document: Document, block: Signature) -> None:
    """By hand: the office where it is open, the signature, and whose it is."""
    office, room, hint = document.add_paragraph(), document.add_paragraph(), document.add_paragraph()
    for paragraph in (office, room, hint):
        paragraph.paragraph_format.left_indent = Emu(LINE_WIDTH - SIGNATURE_WIDTH)
        paragraph.paragraph_format.keep_with_next = paragraph is not hint
    office.paragraph_format.space_before = Pt(18)
    office.add_run(f"{block.office}," if block.office else BY_HAND)
    room.paragraph_format.space_before = SIGNATURE_SPACE
    room.add_run(BY_HAND)
    small(hint, "nama, pangkat, NIP" if block.office else "jabatan di atas; nama, pangkat, NIP")
