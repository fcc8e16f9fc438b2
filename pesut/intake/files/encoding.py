"""How the bytes of a text file are to be read."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from pesut.intake.files.kinds import UnusableFileError

SAMPLE = 256 * 1024
CHUNK = 1024 * 1024
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CANDIDATES = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]  # what Indonesian offices' programs write besides UTF-8
_CONTROLS = dict.fromkeys({*range(32)} - {9, 10, 12, 13, 27})
FEW = 0.02  # share of control characters above which text is no text


@dataclass(frozen=True)
class Encoding:
    """`errors` is "replace" where a file is UTF-8 but for a few broken bytes; `note` says so to people."""

    name: str
    errors: str = "strict"
    note: str = ""


def detect(path: Path) -> Encoding:
    """The encoding of the whole file. Raises UnusableFileError for bytes that are no text."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    encoding = _marked(sample) or _utf8(path) or _guessed(sample)
    _check_text(path, sample.decode(encoding.name, errors="replace"))
    return encoding


def _marked(sample: bytes) -> Encoding | None:
    return next((Encoding(name) for mark, name in _MARKS.items() if sample.startswith(mark)), None)


def _utf8(path: Path) -> Encoding | None:
    """UTF-8, also when a few of its bytes are broken: a whole file must not turn to mojibake for one of them."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    good, broken = 0, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(chunk)
            lost = text.count("\N{REPLACEMENT CHARACTER}")
            broken += lost
            good += len(text) - len(text.encode("ascii", "ignore")) - lost
    if broken == 0:
        return Encoding("utf-8")
    if good > 10 * broken:
        return Encoding("utf-8", errors="replace", note=f"{broken} broken characters were replaced")
    return None


def _guessed(sample: bytes) -> Encoding:
    for name in ("utf-16-le", "utf-16-be"):
        zeros = sample[1::2] if name == "utf-16-le" else sample[::2]
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return Encoding(name)
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    name = best.encoding if best is not None else "cp1252"
    return Encoding(name, errors="replace")


def _check_text(path: Path, text: str) -> None:
    odd = len(text) - len(text.translate(_CONTROLS))
    if odd > FEW * len(text):
        raise UnusableFileError(f"{path.name} holds binary data, no text.", remedy="Export it as CSV, XLSX or JSON.")
