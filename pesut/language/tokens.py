"""A question cut into words that remember where they stood."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pesut.language.spelling import doubled

_DASHES = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "~", "—": "~", "’": "'", "‘": "'", "ʼ": "'"})
_WORD = re.compile(
    r"\b[^\W\d_]{4,}2\b(?![.,]\d)|\bs/d\b|\bs\.d\b\.?|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[-~/%,.;:?!()\"]|\S",
    re.IGNORECASE,
)
_BREAKS = frozenset(',.;:?!()"')
_DROPPED = frozenset("'`")
_COUNTED = frozenset(
    {"triwulan", "kuartal", "semester", "minggu", "bulan", "tahun", "kelas", "blok", "nomor", "simpang"}
)
_POSSESSIVE = "'s"
_CONTRACTED = frozenset(
    {"how", "what", "who", "where", "when", "that", "it", "there", "here", "let"}
)  # "how's" is no "of how"


@dataclass(frozen=True)
class Token:
    """One word: `text` as typed at characters `start` to `end`; `word` in standard spelling and lower case.

    `raw` is the lower-case word before spelling was mended; `guesses` are words that a misspelling may stand for,
    `far_guesses` those that are two slips away. `broken`
    says that a comma, a stop or a question mark stands before it.
    """

    text: str
    start: int
    end: int
    word: str
    raw: str
    broken: bool = False
    guesses: tuple[str, ...] = ()
    far_guesses: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        return self.word[0].isdigit()


def folded(text: str) -> str:
    """Lower case, compatibility forms resolved, accents and dash variants evened out. Length may change."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_DASHES))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def _bare(word: str) -> str:
    """ "month" of "month's"."""
    owner = word.removesuffix(_POSSESSIVE)
    return word if owner in _CONTRACTED else owner


def tokens_of(text: str, spelling: Mapping[str, str]) -> tuple[Token, ...]:
    """The words of `text`. A hyphen between letters joins nothing and is dropped; one between numbers or beside a space
    stays as the token "-" (as does an en dash), because it may mean "to".
    """
    found: list[Token] = []
    broken = False
    for start, end, piece in _pieces(text):
        word = folded(piece)
        if word in _BREAKS:
            broken = broken or _parts(text, end, word, found)
        elif word in {"-", "~"}:
            if _is_range(text, start, end, word):
                found.append(Token(piece, start, end, "-", "-"))
        elif word and word not in _DROPPED:
            found.extend(_spelt(piece, start, end, spelling, broken))
            broken = False
    return tuple(found)


def words_of(text: str, spelling: Mapping[str, str]) -> tuple[str, ...]:
    """The standard words of a name or a synonym, without marks."""
    return tuple(token.word for token in tokens_of(text, spelling) if token.word not in {"-", "/"})


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """Words and marks with their place; a word written twice with a hyphen ("laporan-laporan") is one piece, once."""
    found: list[tuple[int, int, str]] = []
    matches = list(_WORD.finditer(text))
    at = 0
    while at < len(matches):
        match = matches[at]
        twice = _twice(matches, at)
        if match.group().endswith("2") and match.group()[0].isalpha():
            found += _written_two(match)
            at += 1
        elif twice:
            found.append((match.start(), matches[at + 2].end(), twice))
            at += 3
        else:
            found.append((match.start(), match.end(), match.group()))
            at += 1
    return found


def _parts(text: str, end: int, mark: str, before: list[Token]) -> bool:
    """Whether a mark ends a group of words: not inside "lapor.go.id", nor after an abbreviation ("kec. Ilir")."""
    if end < len(text) and text[end].isalnum():
        return False
    shortened = bool(before) and before[-1].raw != before[-1].word
    return not (mark == "." and shortened and text[end:].strip())


def _twice(matches: list[re.Match[str]], at: int) -> str | None:
    """The one word that "laporan-laporan", "laporan-laporannya" or "rata-rata" stands for."""
    if at + 2 >= len(matches) or matches[at + 1].group() != "-":
        return None
    first, second = matches[at], matches[at + 2]
    if first.end() != matches[at + 1].start() or matches[at + 1].end() != second.start():
        return None
    left, right = first.group().casefold(), second.group().casefold()
    both = f"{left}-{right}"
    if both in doubled():
        return both
    return left if left.isalpha() and right in {left, left + "nya", left + "an"} else None


def _written_two(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """ "laporan2", "rata2": the word written twice; but "semester2" is a number after its word."""
    word = match.group()[:-1]
    if word.casefold() in _COUNTED:
        return [(match.start(), match.end() - 1, word), (match.end() - 1, match.end(), "2")]
    both = f"{word}-{word}".casefold()
    return [(match.start(), match.end(), both if both in doubled() else word)]


def _is_range(text: str, start: int, end: int, mark: str) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark == "~":
        return True
    return before.isspace() or after.isspace() or (before.isdigit() and after.isdigit())


def _spelt(piece: str, start: int, end: int, spelling: Mapping[str, str], broken: bool) -> list[Token]:
    raw = _bare(folded(piece))
    standard = spelling.get(raw, raw).split()
    return [
        Token(piece, start, end, word, raw if len(standard) == 1 else word, broken and place == 0)
        for place, word in enumerate(standard)
    ]
