"""Personal data taken out of what is shown of a report, in SQL, so that evidence replays to the byte.

Regular expressions are PostgreSQL's. Names are not found: nobody finds them without also taking out places.
"""

from typing import NamedTuple

from sqlalchemy import ColumnElement, String, func


class Mask(NamedTuple):
    pattern: str
    shown: str
    flags: str = "gi"


MASKS = (
    Mask(r"[[:alnum:]._%+-]+@[[:alnum:].-]+\.[[:alpha:]]{2,}", "[surel]"),
    Mask(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)", "[NIK]"),  # also of a family card: 16 digits
    Mask(r"(?<![\d.,])(?:\+?62|0)[ -]?8(?:[ .-]?\d){7,11}(?!\d)", "[telepon]"),  # mobile
    Mask(r"(?<![\d.,])\(?0\d{2,3}\)?[ -]?\d{5,8}(?!\d)", "[telepon]"),  # with an area code
    Mask(r"(?<![\d.,])\d{9,}(?!\d)", "[nomor]"),  # accounts, customers, meters
    Mask(r"(?<![[:alnum:].])@\w{3,}", "[akun]"),
    # Vehicle plates: in capitals with any number, otherwise with three digits and more.
    Mask(r"\m(?!RT|RW|NO|KM|GG|JL)[A-Z]{1,2}[ .-]?\d{1,4}[ .-]?(?!RT|RW|KM)[A-Z]{1,3}\M", "[pelat]", "g"),
    Mask(r"\m(?!rt|rw|no|km|gg|jl|di|ke)[a-z]{1,2} ?\d{3,4} ?(?!rt|rw|km|m|jt|rb)[a-z]{1,3}\M", "[pelat]"),
)


def masked(text: ColumnElement[str]) -> ColumnElement[str]:
    """`text` with telephone numbers, NIK, e-mail addresses, accounts, plates and long numbers replaced by what they are."""
    for mask in MASKS:
        text = func.regexp_replace(text, mask.pattern, mask.shown, mask.flags, type_=String)
    return text
