"""Mends text that passed through careless systems, without guessing at what people wrote."""

import html
import re
import unicodedata
from html.entities import html5

# Only entities that are closed by a semicolon: "sampah&parah" is no pilcrow.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK = re.compile(r"\\r\\n|\\n|\\r|\r\n|\r|\x85|\u2028|\u2029")
_FOLDER = re.compile(r"[A-Za-z]:\\|\\\\")  # the \n of C:\new is no line break
_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
# What UTF-8 looks like when it was read as Windows-1252.
_MOJIBAKE = re.compile(
    r"[ÂÃ][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]|â[\u0080-\u009f€‚„†‡][\u0080-\u00bf\u0152-\u2122]|ðŸ"
)


def repaired(text: str) -> str:
    """`text` with escaped line breaks and entities resolved, mojibake undone where that is certain, control and invisible
    characters removed, and Unicode composed (NFC). Idempotent; a lone surrogate becomes U+FFFD.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _undo_mojibake(text)).replace("\N{NO-BREAK SPACE}", " ")
    text = _unescaped(text) if "&" in text else text
    if not _FOLDER.search(text):
        text = _BREAK.sub("\n", text)
    if text.isascii() and text.isprintable():
        return text.strip()
    text = "".join(map(_seen, _UNSEEN.sub("", text)))
    return unicodedata.normalize("NFC", text.replace("\N{NO-BREAK SPACE}", " ")).strip()


def one_line(text: str) -> str:
    """`text` repaired, with every run of white space made one space: for names, codes and titles."""
    return " ".join(repaired(text).split())


def _seen(sign: str) -> str:
    if sign in "\n\t" or sign.isprintable():
        return sign
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return " " if category.startswith("Z") else ""


def _unescaped(text: str) -> str:
    """Entities resolved, also those that were escaped twice ("&amp;lt;")."""
    for _ in range(3):
        resolved = _ENTITY.sub(_entity, text)
        if resolved == text:
            break
        text = resolved
    return text


def _entity(match: re.Match[str]) -> str:
    entity = match.group()
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else entity


def _undo_mojibake(text: str) -> str:
    """Read the bytes again as UTF-8 where all of the text can be, and that leaves fewer odd signs."""
    for _ in range(2):
        if not _MOJIBAKE.search(text):
            break
        try:
            mended = b"".join(map(_as_byte, text)).decode()
        except UnicodeError:
            break
        text = mended
    return text


def _as_byte(sign: str) -> bytes:
    """The byte that Windows-1252 as browsers read it shows as `sign`; raises UnicodeEncodeError for others."""
    return bytes([ord(sign)]) if "\x80" <= sign <= "\x9f" else sign.encode("cp1252")
