"""Numbers as people write them, in Indonesian and English."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import format_decimal

from pesut.contracts import Language
from pesut.placeholders.grammar import PlaceholderError

LOCALES = {Language.ID: "id_ID", Language.EN: "en"}
_SCALES = (
    (Decimal(10) ** 12, {Language.ID: "triliun", Language.EN: "trillion"}),
    (Decimal(10) ** 9, {Language.ID: "miliar", Language.EN: "billion"}),
    (Decimal(10) ** 6, {Language.ID: "juta", Language.EN: "million"}),
)
_SPANS = {
    Language.ID: ("hari", "jam", "menit"),
    Language.EN: ("days", "hours", "minutes"),
}


def number_of(value: object) -> Decimal:
    """The value as an exact number. Raises PlaceholderError for anything that is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise PlaceholderError("There is no number here." if value is None else f"{value!r} is no number.")
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise PlaceholderError(f"{value!r} is no number.") from error
    if not number.is_finite():
        raise PlaceholderError(f"{value!r} is no number.")
    return number


def decimal(value: Decimal, language: Language, *, places: int = 2, fixed: bool = False) -> str:
    """With at most (or, when `fixed`, exactly) `places` decimals: "1.234,5"."""
    fraction = ("0" if fixed else "#") * places
    pattern = f"#,##0.{fraction}" if places else "#,##0"
    exact = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return format_decimal(exact + 0, format=pattern, locale=LOCALES[language])  # + 0 turns -0 into 0


def percent(value: Decimal, language: Language, *, places: int = 1) -> str:
    """A fraction, times 100: "12,5%"."""
    return decimal(value * 100, language, places=places) + "%"


def rupiah(value: Decimal, language: Language) -> str:
    """Compact from a million on ("Rp5,3 triliun"), whole below ("Rp750.000")."""
    sign = "-" if value < 0 else ""
    for scale, words in _SCALES:
        if abs(value) >= scale:
            return f"{sign}Rp{decimal(abs(value) / scale, language)} {words[language]}"
    return sign + "Rp" + decimal(abs(value), language, places=0)


def duration(hours: Decimal, language: Language) -> str:
    """Hours, as days and hours, or minutes when shorter than an hour: "2 hari 5 jam"."""
    days_word, hours_word, minutes_word = _SPANS[language]
    sign = "-" if hours < 0 else ""
    minutes = int((abs(hours) * 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if minutes < 60:
        return sign + _counted(minutes, minutes_word, language)
    whole = int((Decimal(minutes) / 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    days, rest = divmod(whole, 24)
    said = [_counted(days, days_word, language)] if days else []
    return sign + " ".join([*said, _counted(rest, hours_word, language)] if rest or not days else said)


def _counted(number: int, word: str, language: Language) -> str:
    singular = word.removesuffix("s") if language is Language.EN and number == 1 else word
    return f"{decimal(Decimal(number), language, places=0)} {singular}"
