"""Text that does nothing but be read: what people wrote must not steer the page that shows it."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

_UNSEEN = {"Cc", "Cf", "Cs"}  # control, format (text direction among them), halves of a sign
_NO_SIGNS = "\ufffe\uffff"
_JOINERS = "\u200c\u200d"  # some scripts need them between letters


def inert(text: str) -> str:
    """On one line, composed (NFC), without characters that are not seen but turn, hide or break others."""
    kept = "".join(sign if _seen(sign) else " " for sign in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", kept).strip()


def _seen(sign: str) -> bool:
    return sign in _JOINERS or (unicodedata.category(sign) not in _UNSEEN and sign not in _NO_SIGNS)


Text = Annotated[str, AfterValidator(inert)]
"""Plain text of a paper; no writer reads anything into it."""
