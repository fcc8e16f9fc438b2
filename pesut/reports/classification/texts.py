"""A report's text as a classifier reads it: fields apart, everyday spelling evened out, the one addressed told from the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pesut.language.spelling import spelling_of
from pesut.language.tokens import folded

LONGEST = 4_000  # characters: what a report is about is said before
_WORD = re.compile(r"[^\W\d_]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "parahhhh"
_LINK = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+")
# "Yth. Dinas Perhubungan Kota X," as a reporter writes, or as an operator of SP4N-LAPOR! puts it in front when passing on.
_ADDRESS = re.compile(
    r"\b(?:(?:kpd|kepada)\b[.:]?\s*)?(?:yth|ytc)\b[.:]?\s*(?:(?:kpd|kepada|yth|bapak|ibu|bpk|pak|bu|kepala)\b[.:/]?\s*)*"
    r"(?P<name>[^,;:!?\n]{3,90}?)\s*(?:[,;:!?\n]|$)",
    re.IGNORECASE,
)
_ADDRESS_WITHIN = 160  # characters of the beginning in which somebody is addressed


@dataclass(frozen=True)
class ReportText:
    """`title` and `body` as they were told; `others` are further columns that tell of it."""

    title: str
    body: str
    others: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        return " ".join(part for part in (self.title, self.body, *self.others) if part)


@dataclass(frozen=True)
class ReadText:
    """`addressee`, `title` and `rest` (title, text without the salutation, other columns) as words of standard spelling."""

    addressee: str
    title: str
    rest: str

    @property
    def unaddressed(self) -> "ReadText":
        return replace(self, addressee="")


class TextReader:
    """Evens out spelling; `words` are the city's own (local word -> standard word)."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._spelling = spelling_of(words)

    def read(self, text: ReportText) -> ReadText:
        addressee, body = addressed(text.body[:LONGEST])
        title = self.evened(text.title)
        rest = " ".join(self.evened(part) for part in (text.title, body, *text.others) if part)
        return ReadText(self.evened(addressee), title, rest)

    def evened(self, text: str) -> str:
        """The words of `text`, lower case and in standard spelling, without numbers, links and signs."""
        bare = _LINK.sub(" ", text)
        plain = _STRETCHED.sub(r"\1", bare.lower() if bare.isascii() else folded(bare))
        words: list[str] = _WORD.findall(plain)
        return " ".join(self._spelling.get(word, word) for word in words)


def addressed(text: str) -> tuple[str, str]:
    """Whom a text addresses in its salutation ("" where nobody), and the text without that."""
    found = _ADDRESS.search(text[:_ADDRESS_WITHIN])
    if found is None:
        return "", text
    return found["name"].strip(), f"{text[: found.start()]} {text[found.end() :]}".strip()


@lru_cache(maxsize=4)
def _reader(words: tuple[tuple[str, str], ...]) -> TextReader:
    return TextReader(dict(words))


def reader_of(words: Mapping[str, str]) -> TextReader:
    """The reader for a city's words, made once."""
    return _reader(tuple(sorted(words.items())))
