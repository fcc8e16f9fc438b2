"""Names of people, where a text says that they are names.

No name is looked for without a word that announces it: places, shops and streets are called like people. After "nama saya" or "a.n."
nearly any word is taken for a name, after "Pak" or "Bu" only a known name or one in capitals.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pesut.reports.privacy.kinds import PersonalKind, Span
from pesut.reports.privacy.lexicon import lexicon, one_of
from pesut.reports.privacy.look import Look

MOST_WORDS = 4  # of a name
SHORTEST_KNOWN = 6  # letters of a reporter's name that is looked for in the text

_HONORIFIC = rf"(?:(?:bpk|sdr|sdri|h|hj|ny|tn|alm)\.|(?:{one_of(lexicon().honorifics)})) {{1,2}}"
_KIN = "anak|istri|isteri|suami|ibu|bapak|ayah|kakak|adik|orang ?tua|mertua|keluarga|almarhum|alm"
_I = one_of(lexicon().myself)
_WHOSE = f"(?:lengkap|{_I}|kami|beliau|ybs|kk|ktp|{_KIN})"
_ROLE = "(?:pelapor|pengadu|pemohon|pasien|siswa|murid|korban|pemilik|penerima|peserta|terlapor|pelaku|petugas|pegawai|oknum)"
_CONTACTED = frozenset({"hubungi", "menghubungi", "telepon", "telpon", "telp", "tlp"})
_MEETING = frozenset({"dengan", "dgn", "an", "kontak", "wa"})
_IS = "(?: (?:adalah|ialah|yaitu))?"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’`]*\.?")
_LETTERS = re.compile(r"[A-Za-z]+")
_GAP = re.compile(r" {1,2}")
_BETWEEN = frozenset({"bin", "binti", "al", "el", "van", "de"})
_AFFIXED = re.compile(r"(?:di|ter|me|mem|men|meng|meny|ber|ke)[a-z]{4,}|[a-z]{3,}(?:nya|kan)$")
_WORD_BEFORE = re.compile(r"[\w-]+")
_TITLES = frozenset({"kh", "h", "hj", "haji", "dr", "prof", "kiai", "kyai", "raden", "r", "mas", "pangeran", "sultan"})


@dataclass(frozen=True)
class Cue:
    """What announces a name that begins where `pattern` ends. Texts without any of `words` cannot match.

    `sure`: what follows is a name unless it is an ordinary word. `alone`: the cue says little, so the first word must be a name that
    is nothing else. `streets`: streets and buildings are called so too.
    """

    words: frozenset[str]
    pattern: re.Pattern[str]
    sure: bool = False
    alone: bool = False
    streets: bool = False


_CUES = (
    Cue(
        frozenset({"nama", "nma", "nm", "bernama", "atasnama", "n", "an", "perkenalkan"}),
        re.compile(
            rf"\b(?:n(?:a?ma|m)(?: {_WHOSE}){{1,3}}{_IS}|n(?:a?ma|m) *[:=]|bernama|atas ?nama|a\.? ?n\.|a/n|an\.(?= ?[A-Z])"
            rf"|perkenalkan,? (?:nama )?(?:{_I}))(?:[ ,:=\n]{{1,3}}|(?<=[./:=]))(?:{_HONORIFIC})*",
            re.IGNORECASE,
        ),
        sure=True,
    ),
    Cue(
        frozenset({"nama"}),
        re.compile(rf"\bnama {_ROLE}(?: {_WHOSE})?{_IS}[ ,:=]{{1,3}}(?:{_HONORIFIC})*", re.IGNORECASE),
    ),
    Cue(
        frozenset({"hormat", "wassalam", "kasih", "terimakasih", "makasih", "trims", "ttd", "tertanda"}),
        re.compile(
            r"\b(?i:hormat (?:saya|kami)|wassalam|salam hormat|terima ?kasih|makasih|trims|ttd|tertanda)[ .,:!\n]{1,4}"
            r"(?=[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}[ .)]*$)"
        ),
        sure=True,
    ),
    Cue(lexicon().honorifics, re.compile(rf"(?<![\w.-]){_HONORIFIC}", re.IGNORECASE), streets=True),
    Cue(_CONTACTED, re.compile(rf"\b(?:{one_of(_CONTACTED)}) {{1,2}}(?:{_HONORIFIC})*", re.IGNORECASE)),
    Cue(
        lexicon().myself | _MEETING,
        re.compile(rf"\b(?:{_I}|{one_of(_MEETING)})[ ,]{{1,2}}(?:{_HONORIFIC})*", re.IGNORECASE),
        alone=True,
    ),
)


class NameFinder:
    """`public` are words (lower case) that name places and agencies here."""

    def __init__(self, public: Iterable[str]) -> None:
        known = lexicon()
        self._not_names = known.not_names | known.offices | known.honorifics | known.places | frozenset(public)

    def find(self, look: Look, known: Sequence[str] = ()) -> Iterator[Span]:
        """Names that the text announces; and `known` ones, such as the reporter's, wherever they stand."""
        for name in known:
            yield from _known(look.text, name)
        for cue in _CUES:
            if look.words & cue.words:
                yield from self._announced(look, cue)
        if len(look.words & lexicon().given) > 1:
            yield from _in_a_row(look)

    def _announced(self, look: Look, cue: Cue) -> Iterator[Span]:
        if cue.alone and not look.words & _unmistakable():
            return
        for match in cue.pattern.finditer(look.text):
            if cue.streets and _names_a_place(look, match.start()):
                continue
            end = self._end_of_name(look, match.end(), cue)
            if end > match.end():
                yield Span(match.end(), end, PersonalKind.NAME)

    def _end_of_name(self, look: Look, start: int, cue: Cue) -> int:
        """Where the name that begins exactly at `start` ends; `start` when there is none."""
        end, at, sure = start, start, cue.sure
        for number in range(MOST_WORDS):
            word = _WORD.match(look.text, at)
            if not word or not self._is_part(look, word.group(), sure=sure, first=number == 0):
                break
            if number == 0 and cue.alone and word.group().lower() not in _unmistakable():
                break
            sure = sure and not (look.capitals_tell and word.group()[0].isupper())
            end = word.end() - (len(word.group()) > 2 and word.group().endswith("."))
            gap = _GAP.match(look.text, word.end())
            if gap is None or end < word.end():
                break
            at = gap.end()
        return end

    def _is_part(self, look: Look, word: str, *, sure: bool, first: bool) -> bool:
        bare = word.rstrip(".")
        folded = bare.lower()
        if folded in lexicon().given:
            return True
        if folded in self._not_names:
            return False
        if not first and (folded in _BETWEEN or len(bare) == 1):
            return True
        capital = look.capitals_tell and bare[0].isupper()
        if capital and sure:
            return len(bare) > 2 or word.endswith(".")
        acronym = capital and bare.isupper()
        return (capital or sure) and len(bare) > 2 and not acronym and not _AFFIXED.match(folded)


@cache
def _unmistakable() -> frozenset[str]:
    """Given names that are nothing else."""
    return lexicon().given - lexicon().ambiguous


def _in_a_row(look: Look) -> Iterator[Span]:
    """Two known names and more in a row, at least one of them nothing else, which nothing needs to announce."""
    row: list[re.Match[str]] = []
    for word in (*_LETTERS.finditer(look.text), None):
        if word and row and word.start() != row[-1].end() + 1:
            yield from _as_name(look, row)
            row = []
        if word and word.group().lower() in lexicon().given:
            row.append(word)
        else:
            yield from _as_name(look, row)
            row = []


def _as_name(look: Look, row: Sequence[re.Match[str]]) -> Iterator[Span]:
    names = {word.group().lower() for word in row}
    if len(row) > 1 and names & _unmistakable() and not _names_a_place(look, row[0].start()):
        yield Span(row[0].start(), row[-1].end(), PersonalKind.NAME)


def _names_a_place(look: Look, start: int) -> bool:
    """Whether before it, past titles, stands a word for a street, a building, a school …"""
    before = [word.lower() for word in _WORD_BEFORE.findall(look.before(start, 30))]
    while before and before[-1] in _TITLES:
        before.pop()
    return bool(before) and before[-1] in lexicon().places


def _known(text: str, name: str) -> Iterator[Span]:
    words = name.split()
    letters = all(word.replace(".", "").replace("'", "").isalpha() for word in words)
    if letters and sum(map(len, words)) >= SHORTEST_KNOWN:
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
        yield from (Span(*match.span(), PersonalKind.NAME) for match in re.finditer(pattern, text, re.IGNORECASE))
