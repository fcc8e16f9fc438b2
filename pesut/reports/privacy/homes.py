"""The house number of an address that somebody tells as their own. Street and neighbourhood stay: handling a report needs them."""

import re
from collections.abc import Iterator

from pesut.reports.privacy.kinds import PersonalKind, Span
from pesut.reports.privacy.lexicon import lexicon, one_of
from pesut.reports.privacy.look import Look

_I = one_of(lexicon().myself)
_OWN = re.compile(
    rf"\b(?:alamat(?: rumah| lengkap| ktp| saya| sy| kami| tinggal)*|(?:rumah|rmh) (?:{_I}|kami)|(?:ber)?tempat tinggal|tinggal|domisili (?:di|{_I}|kami)"
    r"|berdomisili|beralamat(?:kan)?)(?: (?:saya|kami|di|ada|berada|sekarang|itu)){0,4} ?[:=]? ?",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:blok [a-z]{1,3}[ ./-]{0,2}\d{0,3}(?:[ ,./-]{0,2}(?:no|nomor|nomer)?[ .]{0,2}\d{1,4})?|(?:no|nomor|nomer)[ .]{1,2}\d{1,4}[a-z]?)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[!?\n;]|(?<![Jj]l)(?<![Gg]g)(?<![Nn]o)(?<![Kk]el)(?<![Kk]ec)\. (?=[A-Z])")
_ANNOUNCING = frozenset(
    {"alamat", "rumah", "rmh", "tinggal", "bertempat", "domisili", "berdomisili", "beralamat", "beralamatkan"}
)
REACH = 80  # characters


def find_homes(look: Look) -> Iterator[Span]:
    if not look.digits or look.words.isdisjoint(_ANNOUNCING):
        return
    text = look.text
    for told in _OWN.finditer(text):
        until = min(len(text), told.end() + REACH)
        if end := _ENDS.search(text, told.end(), until):
            until = end.start()
        if house := _HOUSE.search(text, told.end(), until):
            yield Span(*house.span(), PersonalKind.HOME)
