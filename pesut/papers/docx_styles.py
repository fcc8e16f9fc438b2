"""How a Word document looks: an A4 page and its styles, of which none is kept that no paper uses."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (python-docx leaves its XML elements open.)

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Emu, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT, LANGUAGE = "Arial", "id-ID"
QUIET, WARNING, INK = RGBColor(0x4A, 0x4A, 0x4A), RGBColor(0x8A, 0x1C, 0x0F), RGBColor(0, 0, 0)
PAGE_WIDTH, PAGE_HEIGHT = Cm(21), Cm(29.7)
LEFT, RIGHT, ABOVE = Cm(3), Cm(2.2), Cm(2.4)
LINE_WIDTH: Length = Emu(PAGE_WIDTH - LEFT - RIGHT)
RULED = "Table Grid"
_KEPT_TABLES = {RULED, "Normal Table"}
_NEEDLESS = ("stylesWithEffects", "customXml")


def lay_out(document: Document) -> None:
    """A4 with room for a punch on the left; styles; and the rest of the library's template put away."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.top_margin = section.bottom_margin = ABOVE
    _put_away(document)
    _set_styles(document)


def _put_away(document: Document) -> None:
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.delete()
    needless = [key for key, each in document.part.rels.items() if each.reltype.endswith(_NEEDLESS)]
    for key in needless:
        del document.part.rels[key]
    package: Any = document.part.package
    for key in [key for key, each in package.rels.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]


def _set_styles(document: Document) -> None:
    normal = _style(document, "Normal", size=11, after=4)
    normal.paragraph_format.line_spacing = 1.1
    language: Any = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    _properties(normal).append(language)
    title = _style(document, "Title", size=13, bold=True, centered=True, before=10, after=10)
    _without_rule(title)
    _style(document, "Heading 1", size=11, bold=True, before=12, after=4)
    _style(document, "Heading 2", size=11, bold=True, before=8, after=4)
    _style(document, "List Number", size=11, after=3)
    _style(document, "Kop", size=14, bold=True, centered=True)
    _style(document, "Alamat Kop", size=9, centered=True, after=6)
    _style(document, "Isi Tabel", size=9.5, before=2, after=2)
    _style(document, "Kecil", size=8, color=QUIET)
    _style(document, "Jeda", size=4)
    _style(document, "Peringatan", size=8, bold=True, centered=True, color=WARNING)


def _style(  # noqa: PLR0913 - one for each trait
    document: Document,
    name: str,
    *,
    size: float,
    bold: bool = False,
    centered: bool = False,
    before: int = 0,
    after: int = 0,
    color: RGBColor = INK,
) -> ParagraphStyle:
    known = name in [each.name for each in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    font, layout = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, color
    _name_for_all_scripts(style)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if centered else None
    return style


def _without_rule(style: ParagraphStyle) -> None:
    element: Any = style.element
    for rule in element.pPr.findall(qn("w:pBdr")):
        element.pPr.remove(rule)


def _name_for_all_scripts(style: ParagraphStyle) -> None:
    """In place of the theme's fonts."""
    fonts = _properties(style).get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _properties(style: ParagraphStyle) -> Any:
    element: Any = style.element
    return element.get_or_add_rPr()
