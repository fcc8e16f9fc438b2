"""A paper as a Word document that a person can go on writing in."""

from io import BytesIO

import docx
from docx.document import Document
from docx.shared import Cm, Emu

from pesut.papers import code
from pesut.papers.document import Paper
from pesut.papers.docx_blocks import add_block
from pesut.papers.docx_parts import add_field, add_grid, described, keep_rows_whole, ruled_off, small
from pesut.papers.docx_styles import LINE_WIDTH, lay_out
from pesut.papers.zipping import sealed

CODE_WIDTH, BESIDE = Cm(2.6), Cm(3)


def write_docx(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    document = docx.Document()
    _describe(document, paper)
    lay_out(document)
    _add_margins(document, paper)
    _add_letterhead(document, paper)
    for block in paper.body:
        add_block(document, block)
    _add_origin(document, paper)
    if paper.appendix:
        document.add_heading(paper.appendix_title, level=1).paragraph_format.page_break_before = True
        for block in paper.appendix:
            add_block(document, block)
    out = BytesIO()
    document.save(out)
    return sealed(out.getvalue())


def _describe(document: Document, paper: Paper) -> None:
    """What the file tells of itself; its times are the paper's own."""
    about, moment = document.core_properties, paper.moment.replace(tzinfo=None)
    about.title = f"{paper.title}: {paper.subject}"[:255]
    about.author = about.last_modified_by = "Pesut"
    about.comments = paper.origin.address[:255]
    about.created = about.modified = moment
    about.language = "id-ID"
    about.revision = 1


def _add_margins(document: Document, paper: Paper) -> None:
    """Notices above and the foot below each page."""
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.style = "Peringatan"
    for number, notice in enumerate(paper.notices):
        if number:
            above.add_run().add_break()
        above.add_run(notice)
    small(below, f"{paper.foot} · halaman ")
    add_field(below, "PAGE")
    below.add_run(" dari ")
    add_field(below, "NUMPAGES")


def _add_letterhead(document: Document, paper: Paper) -> None:
    for line in paper.letterhead:
        document.add_paragraph(line, style="Kop")
    ruled_off(document.add_paragraph(paper.postal_address, style="Alamat Kop"), "bottom")
    document.add_paragraph(paper.title, style="Title")


def _add_origin(document: Document, paper: Paper) -> None:
    rule = document.add_paragraph(style="Jeda")
    ruled_off(rule, "top")
    rule.paragraph_format.keep_with_next = True
    table = add_grid(document, (BESIDE, Emu(LINE_WIDTH - BESIDE)))
    picture, words = table.add_row().cells
    keep_rows_whole(table)
    drawn = picture.paragraphs[0].add_run().add_picture(BytesIO(code.as_png(paper.origin.address)), width=CODE_WIDTH)
    described(drawn, paper.origin.alternative)
    for number, line in enumerate((*paper.origin.lines, paper.origin.address)):
        small(words.paragraphs[0] if number == 0 else words.add_paragraph(), line)
