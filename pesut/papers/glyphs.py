"""What the fonts of the PDF can show, asked of them sign by sign, and a stand-in for what they cannot."""

import re
from functools import cache

import typst

STAND_IN = "□"
_PROBE = b'#set document(title: "-")\n#sys.inputs.sign'
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # say how the sign before them looks
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def shown(text: str) -> str:
    """The text with a stand-in for each run of signs that no font of the PDF has."""
    text = _SELECTORS.sub("", text)
    missing = {sign for sign in set(_FOREIGN.findall(text)) if not _displayable(sign)}
    if not missing:
        return text
    run = "|".join(re.escape(sign) for sign in sorted(missing))
    return re.sub(f"(?:{run})+", STAND_IN, text)


@cache
def _displayable(sign: str) -> bool:
    try:
        typst.compile(_PROBE, format="pdf", ignore_system_fonts=True, sys_inputs={"sign": sign}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
