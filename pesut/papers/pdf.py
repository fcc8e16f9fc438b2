"""A paper as tagged PDF of A4 pages (PDF/UA-1), set by Typst with the fonts that it brings."""

from functools import lru_cache
from pathlib import Path

import orjson
import typst

from pesut.papers import code
from pesut.papers.document import Paper
from pesut.papers.glyphs import STAND_IN, shown

TEMPLATE = Path(__file__).with_name("paper.typ")
_NOTE = f"{STAND_IN} menggantikan tanda yang tidak dapat dicetak; naskah Word memuatnya."


def write_pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes. What it says reaches Typst as data, never as markup."""
    drawn = Paper.model_validate_json(shown(paper.model_dump_json()))
    body = drawn.model_dump(mode="json") | {
        "code": code.as_svg(paper.origin.address),
        "alternative": paper.origin.alternative,
        "note": _NOTE if drawn != paper else "",
    }
    made = typst.compile(
        _template(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": orjson.dumps(body).decode()},
        pdf_standards=["ua-1"],
        timestamp=paper.moment,
    )
    assert isinstance(made, bytes)
    return made


@lru_cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()
