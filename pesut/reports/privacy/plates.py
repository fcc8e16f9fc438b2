"""Vehicle plates: letters of an area, up to four digits, up to three letters (Perkap 7/2021)."""

import re
from collections.abc import Iterator

from pesut.reports.privacy.kinds import PersonalKind, Span
from pesut.reports.privacy.lexicon import lexicon
from pesut.reports.privacy.look import Look

REACH = 24  # characters before a plate in which a word for a vehicle may stand

_PLATE = re.compile(
    r"(?<![\w/-])(?P<area>[A-Za-z]{1,2})[ .-]{0,3}(?P<number>[1-9]\d{0,3})(?:[ .-]{0,3}(?P<end>[A-Za-z]{1,3}))?(?!\w)"
)
_VEHICLES = frozenset(
    {
        "kendaraan", "mobil", "motor", "sepeda", "truk", "truck", "angkot",
        "tronton", "bus", "pickup", "pikap", "dump", "taksi", "ojek", "avanza", "xenia", "innova", "beat", "vario",
    }
)  # fmt: skip
_PLATES = frozenset({"plat", "pelat", "nopol", "bernopol", "pol", "polisi"})
_BLOCK = re.compile(
    r"\b(?:blok|block|gang|gg|tipe|type|kelas|kls|ruang|pasal|no|perum\w*|jalur|koridor)\.? *$", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+")


def find_plates(look: Look) -> Iterator[Span]:
    """In capitals with two digits and more, otherwise with three; with fewer after a word for a vehicle; without an end only after
    a word for a plate.
    """
    if look.digits:
        for match in _PLATE.finditer(look.text):
            if _is_a_plate(look, match):
                yield Span(*match.span(), PersonalKind.PLATE)


def _is_a_plate(look: Look, match: re.Match[str]) -> bool:
    area, number, end = match["area"], match["number"], match["end"] or ""
    if area.lower() not in lexicon().plate_areas or end.lower() in lexicon().not_plate_ends:
        return False
    before = look.before(match.start(), REACH)
    if _BLOCK.search(before) or not ((area + end).isupper() or (area + end).islower()):
        return False
    said = frozenset(_WORD.findall(before.lower()))
    if said & (_PLATES | _VEHICLES):
        return bool(end) or bool(said & _PLATES)
    return bool(end) and len(number) >= (2 if (area + end).isupper() and look.capitals_tell else 3)
