"""Numbers as people write and say them: "1.234,5", "12 ribu", "dua puluh lima", "belasan", "twenty"."""

from collections.abc import Sequence
from dataclasses import dataclass

_ID_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_EN_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {
    **{word: value for value, word in enumerate(_ID_UNITS)},
    **{word: value for value, word in enumerate(_EN_UNITS)},
    "sebelas": 11,
    "half": 0.5,
    "setengah": 0.5,
}
_TENS = {word: 20 + 10 * place for place, word in enumerate(_EN_TENS)} | {"sepuluh": 10}
_SCALES = {
    **{"ribu": 1e3, "rb": 1e3, "juta": 1e6, "jt": 1e6, "miliar": 1e9, "milyar": 1e9, "milyard": 1e9, "triliun": 1e12},
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9, "hundred": 1e2, "ratus": 1e2, "puluh": 1e1},
}
_WHOLE = {"seratus": 100.0, "seribu": 1000.0, "sejuta": 1e6, "semiliar": 1e9}
_VAGUE = {"belasan": 10.0, "puluhan": 10.0, "ratusan": 100.0}
_ORDINALS = {
    **{f"ke{word}": value for value, word in enumerate(_ID_UNITS) if value},
    **{"pertama": 1, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "1st": 1, "2nd": 2, "3rd": 3},
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


@dataclass(frozen=True)
class Number:
    """A number over the words `start` to `end` (exclusive)."""

    start: int
    end: int
    value: float

    @property
    def whole(self) -> int | None:
        return int(self.value) if self.value == int(self.value) else None


def parsed(text: str) -> float | None:
    """The value of digits in Indonesian or English writing: "1.234,5", "8.50", "1,234", "12"; None for others.

    A single mark before exactly three digits parts thousands, unless the number starts with 0 ("0.125").
    """
    if not text or not text[0].isdigit() or ":" in text:
        return None
    marks = [char for char in text if char in ".,"]
    if len(set(marks)) == 2:  # the last of the two is the decimal mark
        last = marks[-1]
        return float(text.replace("." if last == "," else ",", "").replace(",", "."))
    if not marks:
        return float(text)
    thousands = len(marks) > 1 or (len(text.rsplit(marks[0], 1)[1]) == 3 and text[0] != "0")
    return float(text.replace(marks[0], "" if thousands else "."))


class _Sum:
    """Adds up a number word by word: `total` of thousands and more, `group` of tens and hundreds, the last `unit`."""

    def __init__(self) -> None:
        self.total = 0.0
        self.group = 0.0
        self.unit: float | None = None
        self._spoken = False

    def take(self, word: str) -> bool:
        """Takes one more word; False when the number has ended before it."""
        scale = _SCALES.get(word)
        if scale is not None:
            return self._multiply(scale)
        if word == "belas":
            return self._teen()
        plain = _plain(word)
        return plain is not None and self._add(plain, spoken=not word[0].isdigit())

    @property
    def value(self) -> float:
        return self.total + self.group + (self.unit or 0.0)

    def _multiply(self, scale: float) -> bool:
        if self.unit is None and not self.group:
            return False
        grown = ((self.unit or 0.0) if scale < 1e3 else self.group + (self.unit or 0.0)) * scale
        self.total, self.group = (self.total, self.group + grown) if scale < 1e3 else (self.total + grown, 0.0)
        self.unit, self._spoken = None, True
        return True

    def _teen(self) -> bool:
        if self.unit is None or not self._spoken:
            return False
        self.unit += 10
        return True

    def _add(self, plain: float, *, spoken: bool) -> bool:
        if self.unit is not None:
            if not (spoken and self._spoken and self.unit >= 10 and self.unit % 10 == 0 and plain < self.unit):
                return False
            self.group += self.unit
        elif self.group and not (spoken and self._spoken and plain < self.group):
            return False
        self.unit, self._spoken = plain, spoken
        return True


def number_at(words: Sequence[str], start: int) -> Number | None:
    """The longest number that begins at `start`, in digits or in words of either language."""
    summed, at = _Sum(), start
    while at < len(words) and summed.take(words[at]):
        at += 1
    return Number(start, at, summed.value) if at > start else None


def ordinal_at(words: Sequence[str], start: int) -> Number | None:
    """ "kedua", "ke 2", "II", "second" or a plain number: the place in a row."""
    if start >= len(words):
        return None
    word = words[start]
    if word == "ke" and start + 1 < len(words):
        inner = ordinal_at(words, start + 1)
        return Number(start, inner.end, inner.value) if inner else None
    value = _ORDINALS.get(word) or _ROMAN.get(word)
    return Number(start, start + 1, float(value)) if value else number_at(words, start)


def number_words() -> frozenset[str]:
    """All words that a number is said with."""
    return frozenset({*_UNITS, *_TENS, *_SCALES, *_WHOLE, *_VAGUE, *_ORDINALS, "belas"})


def _plain(word: str) -> float | None:
    for known in (_UNITS, _TENS, _WHOLE, _VAGUE):
        if word in known:
            return float(known[word])
    return parsed(word)
