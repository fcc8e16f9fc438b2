"""Reads the numbers of a sentence and looks for them among the cells it cites, by rules of its own: none of the code that wrote
or checked the sentence is used here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pesut.contracts import Evidence, Language

_MONTHS = (
    "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember|"
    "January|February|March|May|June|July|August|October|December"
)
_QUOTED = re.compile(r"“[^”]*”")
_TIMES = re.compile(
    rf"\b(?:\d{{1,2}}(?:\s*[–-]\s*\d{{1,2}})?\s+)?(?:{_MONTHS})(?:\s+\d{{1,2}},)?(?:\s+\d{{4}})?\b"
    r"|\b(?:pukul|at|until)\s+\d{1,2}[.:]\d{2}|\b(?:19|20)\d{2}\b"
)
_SCALES = {
    "ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
_NUMBER = re.compile(rf"(?:(?<![\w.,])|(?<=Rp))(\d[\d.,]*\d|\d)\s?(%|(?:{'|'.join(_SCALES)})\b)?")
_HOURS_A_DAY, _MINUTES = 24, 60


@dataclass(frozen=True)
class Number:
    """`value` as it stands in the sentence, true to `half`, half a unit of its last decimal; `written` is how it stands there."""

    written: str
    value: float
    half: float
    percent: bool = False

    def is_of(self, cell: float) -> bool:
        """Whether rounding the cell gives this number; a direction is told in words, so that signs do not count."""
        told = abs(cell) * 100 if self.percent else abs(cell)
        return abs(told - self.value) <= self.half * (1 + 1e-9) + 1e-9


def numbers_in(sentence: str, language: Language, names: Iterable[str] = ()) -> list[Number]:
    """The numbers of a sentence but those in quotations, in times and in `names`."""
    left = _QUOTED.sub(" ", sentence)
    for name in sorted({each for each in names if any(sign.isdigit() for sign in each)}, key=len, reverse=True):
        left = left.replace(name, " ")
    return [_number(match, language) for match in _NUMBER.finditer(_TIMES.sub(" ", left))]


def cells_of(evidence: Evidence) -> Iterator[float]:
    """Every number that the evidence holds, durations also as days, hours and minutes, and how many rows it has."""
    yield float(evidence.row_count)
    yield from _numbers_of(evidence.query.model_dump(mode="json"))
    for row in evidence.result:
        for cell in _numbers_of(row):
            yield from read_as(cell, evidence)
            days, hours = divmod(_rounded(abs(cell)), _HOURS_A_DAY)
            yield from (days, hours, _rounded(abs(cell) * _MINUTES))


def _rounded(value: float) -> int:
    """Halves upwards, as people round, not to the even number as `round` does."""
    return int(value + 0.5)


def read_as(value: float, evidence: Evidence) -> Iterator[float]:
    """The value and, where the evidence measures in percent, the fraction that it says."""
    yield value
    if evidence.measure and evidence.measure.unit == "%":
        yield value / 100


def words_of(evidence: Evidence) -> Iterator[str]:
    """Every text that the evidence holds."""
    for row in evidence.result:
        yield from (cell for cell in row.values() if isinstance(cell, str))


def _number(match: re.Match[str], language: Language) -> Number:
    digits, unit = match.groups()
    mark = "," if language is Language.ID else "."
    whole, _, decimals = digits.partition(mark)
    value = float(f"{re.sub(r'[.,]', '', whole)}.{re.sub(r'[.,]', '', decimals) or 0}")
    scale = _SCALES.get(unit or "", 1)
    return Number(match[0], value * scale, 0.5 * 10.0 ** -len(decimals) * scale, percent=unit == "%")


def _numbers_of(value: object) -> Iterator[float]:
    match value:
        case bool():
            return
        case int() | float():
            yield float(value)
        case dict():
            for each in value.values():  # pyright: ignore[reportUnknownVariableType]
                yield from _numbers_of(each)  # pyright: ignore[reportUnknownArgumentType]
        case list():
            for each in value:  # pyright: ignore[reportUnknownVariableType]
                yield from _numbers_of(each)  # pyright: ignore[reportUnknownArgumentType]
        case _:
            return
