"""Amounts as spreadsheets and people write them: "1.234.567,8", "Rp1,2 miliar", "(500)", "12,5 %"."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum


class DecimalMark(StrEnum):
    """The sign before decimals; the other one of the two then groups thousands."""

    COMMA = "comma"
    POINT = "point"

    @property
    def sign(self) -> str:
        return "," if self is DecimalMark.COMMA else "."

    @property
    def grouping(self) -> str:
        return "." if self is DecimalMark.COMMA else ","


_SCALES = {
    **dict.fromkeys(("ribu", "rb", "thousand"), 3),
    **dict.fromkeys(("juta", "jt", "million"), 6),
    **dict.fromkeys(("miliar", "milyar", "milyard", "billion"), 9),
    **dict.fromkeys(("triliun", "trilyun", "trillion"), 12),
}
_MONEY_SCALES = {"k": 3, "m": 9, "t": 12}  # only of Rupiah: 7,9 m is metres and 550 t tonnes
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?P<currency>rp|idr|us\$|usd|\$)?\.?\s*(?P<sign2>[-+])?\s*"
    r"(?P<digits>\d[\d.,' ]*(?:e[-+]?\d{1,2})?|[.,]\d+)\s*(?:,-|\.-)?\s*(?P<scale>[a-z]+)?\s*(?P<percent>%)?\s*(?P<close>\))?"
)
_SCIENTIFIC = re.compile(r"[\d]+(\.\d+)?e[-+]?\d{1,2}")
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "’": "'"})


def parse_amount(value: object, mark: DecimalMark = DecimalMark.COMMA) -> Decimal:
    """The exact amount that a cell holds. A percent sign is dropped (12,5 % is 12.5); words of scale multiply.

    Of text that could be read both ways ("1.234"), `mark` decides. Raises ValueError with a reason for people.
    """
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _finite(Decimal(str(value)))
    match = _AMOUNT.fullmatch(str(value).translate(_MINUS).strip().lower())
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise ValueError("is not a number")
    negative = bool(match["open"]) != ("-" in (match["sign"], match["sign2"]))
    scale = _scale(match["scale"], money=match["currency"] in {"rp", "idr"})
    return Decimal(f"{'-' if negative else ''}{_digits(match['digits'].strip(), mark)}e{scale}")


def infer_mark(values: Iterable[object]) -> DecimalMark | None:
    """The decimal mark that the values as a whole give away, None when none of them does or they disagree."""
    seen = {mark for value in values if isinstance(value, str) for mark in _evidence(value)}
    return seen.pop() if len(seen) == 1 else None


def _finite(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise ValueError("is not a number")
    return number


def _scale(word: str | None, *, money: bool) -> int:
    if word is None:
        return 0
    scale = _SCALES.get(word) or (_MONEY_SCALES.get(word) if money else None)
    if scale is None:
        raise ValueError(f"has a word that is no scale: {word!r}")
    return scale


def _digits(digits: str, mark: DecimalMark) -> str:
    """The digits in plain notation, as Decimal reads them."""
    digits = digits.replace(" ", "").replace("'", "")
    if _SCIENTIFIC.fullmatch(digits):
        return f"{_finite(Decimal(digits)):f}"
    mark = _certain(digits) or mark
    whole, _, fraction = digits.partition(mark.sign)
    groups = whole.split(mark.grouping)
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        raise ValueError("has its thousands grouped in a way that is not clear")
    if fraction and not fraction.isdecimal():
        raise ValueError("has more than one decimal mark")
    plain = "".join(groups) or "0"
    return f"{plain}.{fraction}" if fraction else plain


def _certain(digits: str) -> DecimalMark | None:
    """The decimal mark where one text alone leaves no doubt: 1.234,5 and 12,5 and 0.125 and 1.234.567."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return DecimalMark.COMMA if digits.rindex(",") > digits.rindex(".") else DecimalMark.POINT
    if points + commas == 0:
        return None
    here, there = (DecimalMark.POINT, DecimalMark.COMMA) if points else (DecimalMark.COMMA, DecimalMark.POINT)
    if points + commas > 1:
        return there
    whole, fraction = digits.split(here.sign)
    groups_thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if groups_thousands else here


def _evidence(text: str) -> set[DecimalMark]:
    match = _AMOUNT.fullmatch(text.translate(_MINUS).strip().lower())
    certain = _certain(match["digits"].replace(" ", "").strip()) if match else None
    return {certain} if certain else set()
