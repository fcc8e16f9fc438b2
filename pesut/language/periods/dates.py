"""Periods with a name of their own: "17 Agustus", "Maret 2025", "triwulan II", "semester I 2024", "2024", "3/8/2025"."""

from pesut.language.numbers import Number, ordinal_at
from pesut.language.periods.moments import Stretch, Unit, day, floor, plus, unit_at
from pesut.language.periods.reading import Found, Words
from pesut.language.periods.vocabulary import MONTHS, PAST, PAST_BEFORE, THIS, THIS_BEFORE, TO

_AMBIGUOUS_MONTHS = frozenset({"may", "mar", "march", "sep", "dec", "des"})
_LEADS = frozenset(
    {"bulan", "in", "since", "until", "of", "sejak", "during", "from", "to", "early", "mid", "late", "last"}
)
_HALVES = {"h": Unit.SEMESTER, "paruh": Unit.SEMESTER, "half": Unit.SEMESTER}


def year_at(words: Words, start: int) -> tuple[int, int] | None:
    """(end, year) of "2025", "tahun 2025", "tahun lalu", "last year"; None for any other number."""
    word, following = words.at(start), words.at(start + 1)
    if word == "tahun":
        if following in PAST or following in THIS:
            end = start + 2 + (words.at(start + 2) == "ini" and following != "ini")
            return end, words.now.year - (following in PAST)
        named = _four_digits(following)
        return (start + 2, named) if named else None
    if following == "year" and (word in PAST_BEFORE or word in THIS_BEFORE):
        return start + 2, words.now.year - (word in PAST_BEFORE)
    named = _four_digits(words.at(start, joined=False))
    return (start + 1, named) if named else None


def date_at(words: Words, start: int) -> Found | None:
    """A day, month, quarter, half or year that is called by its name or number."""
    for reader in (_numeric_date, _day_month, _month_day, _day_alone, _month, _quarter_or_half, _year):
        found = reader(words, start)
        if found:
            return found
    return None


def latest(words: Words, unit: Unit, month: int, number: int = 1) -> Stretch | None:
    """The latest such unit that has begun, of those that start at that month and day."""
    for year in (words.now.year, words.now.year - 1, words.now.year - 4):
        begun = day(year, month, number)
        if begun and begun <= words.now:
            return Stretch(begun, plus(unit, begun, 1), unit)
    return None


def _four_digits(word: str) -> int | None:
    return int(word) if len(word) == 4 and word.isdigit() and 1990 <= int(word) <= 2100 else None


def _month_number(words: Words, start: int) -> int | None:
    word = words.at(start, joined=False)
    month = MONTHS.get(word)
    if month and word in _AMBIGUOUS_MONTHS and words.at(start - 1, joined=False) not in _LEADS:
        near = (words.at(start + 1), words.at(start - 1, joined=False))
        return (
            month if any(each[:1].isdigit() or each in TO or each in MONTHS or each in PAST for each in near) else None
        )
    return month


def _numeric_date(words: Words, start: int) -> Found | None:
    marks = {words.at(start + 1), words.at(start + 3)}
    if marks not in ({"/"}, {"-"}):
        return None
    parts = [words.at(start + place, joined=False) for place in (0, 2, 4)]
    if not all(part.isdigit() for part in parts):
        return None
    first, month, last = (int(part) for part in parts)
    begun = day(first, month, last) if first > 31 else day(last if last > 99 else 2000 + last, month, first)
    return Found(start + 5, Stretch(begun, plus(Unit.DAY, begun, 1), Unit.DAY)) if begun else None


def _day_number(words: Words, start: int) -> int | None:
    word = words.at(start, joined=False)
    plain = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(plain) if plain.isdigit() and len(plain) <= 2 and 1 <= int(plain) <= 31 else None


def _day_month(words: Words, start: int) -> Found | None:
    """ "[tanggal] 17 Agustus [2025]", "17th of August"."""
    at = start + (words.at(start, joined=False) in {"tanggal", "hari"})
    number = _day_number(words, at)
    after = at + 1 + (words.at(at + 1) in {"th", "st", "nd", "rd"})
    month_place = words.skip_links(after)
    month = MONTHS.get(words.at(month_place)) if number else None
    return _dated(words, month_place + 1, month, number) if number and month else None


def _month_day(words: Words, start: int) -> Found | None:
    """ "August 17[, 2025]"."""
    month = _month_number(words, start)
    number = _day_number(words, start + 1) if month and words.at(start + 1) else None
    if not month or not number or words.at(start + 2) in {"tahun"} | TO:
        return None
    return _dated(words, start + 2, month, number)


def _dated(words: Words, after: int, month: int, number: int) -> Found | None:
    named = year_at(words, after)
    if named:
        begun = day(named[1], month, number)
        return Found(named[0], Stretch(begun, plus(Unit.DAY, begun, 1), Unit.DAY)) if begun else None
    begun = latest(words, Unit.DAY, month, number)
    return Found(after, begun, yearless=True) if begun else None


def _day_alone(words: Words, start: int) -> Found | None:
    """ "tanggal 17 [bulan ini | bulan lalu]": of the running month, or the one before when it has not come yet."""
    number = _day_number(words, start + 1) if words.at(start, joined=False) == "tanggal" else None
    if number is None:
        return None
    back = words.at(start + 2) == "bulan" and words.at(start + 3) in PAST
    named = words.at(start + 2) == "bulan" and (back or words.at(start + 3) in THIS)
    month = plus(Unit.MONTH, floor(Unit.MONTH, words.now), -1 if back else 0)
    begun = day(month.year, month.month, number)
    if begun and begun > words.now and not named:
        earlier = plus(Unit.MONTH, month, -1)
        begun = day(earlier.year, earlier.month, number)
    return Found(start + (4 if named else 2), Stretch(begun, plus(Unit.DAY, begun, 1), Unit.DAY)) if begun else None


def _month(words: Words, start: int) -> Found | None:
    at = start + (words.at(start, joined=False) == "bulan")
    month = _month_number(words, at)
    if month is None and at > start and words.at(at).isdigit() and 1 <= int(words.at(at)) <= 12:
        month = None if words.unit(at + 1) else int(words.at(at))
    if month is None:
        return None
    after = at + 1 + (words.at(at + 1) in PAST or words.at(at + 1) == "ini")
    named = year_at(words, words.skip_links(at + 1))
    if named and (begun := day(named[1], month, 1)):
        return Found(named[0], Stretch(begun, plus(Unit.MONTH, begun, 1), Unit.MONTH))
    begun_month = latest(words, Unit.MONTH, month)
    if begun_month and words.at(at + 1) in PAST and begun_month.end > words.now:
        begun_month = Stretch(plus(Unit.YEAR, begun_month.start, -1), plus(Unit.YEAR, begun_month.end, -1), Unit.MONTH)
    return Found(after, begun_month, yearless=True) if begun_month else None


def _quarter_or_half(words: Words, start: int) -> Found | None:
    """ "triwulan II [2025]", "TW2", "Q3 2025", "third quarter of 2025", "semester I", "H1 2025", "paruh pertama 2025"."""
    placed = _unit_then_ordinal(words, start) or _ordinal_then_unit(words, start)
    if placed is None:
        return None
    after, unit, which = placed
    month = (which - 1) * unit.months + 1
    named = year_at(words, words.skip_links(after))
    if named and (begun := day(named[1], month, 1)):
        return Found(named[0], Stretch(begun, plus(unit, begun, 1), unit))
    found = latest(words, unit, month)
    return Found(after, found, yearless=True) if found else None


def _unit_then_ordinal(words: Words, start: int) -> tuple[int, Unit, int] | None:
    word = words.at(start, joined=False)
    unit = _HALVES.get(word) or words.unit(start)
    if unit is None or unit not in {Unit.QUARTER, Unit.SEMESTER} or (word == "half" and words.at(start + 1) == "of"):
        return None
    return _placed(ordinal_at(words.words, start + 1) if words.at(start + 1) else None, unit)


def _ordinal_then_unit(words: Words, start: int) -> tuple[int, Unit, int] | None:
    place = ordinal_at(words.words, start)
    if place is None or (words.at(start, joined=False).isdigit() and not words.at(start + 1)):
        return None
    word = words.at(place.end)
    unit = _HALVES.get(word) or words.unit(place.end)
    if unit is None or unit not in {Unit.QUARTER, Unit.SEMESTER} or words.at(start, joined=False)[0].isdigit():
        return None
    spoken = words.at(start, joined=False) in {
        "first",
        "second",
        "third",
        "fourth",
        "kedua",
        "ketiga",
        "keempat",
        "pertama",
    }
    return _placed(Number(start, place.end + 1, place.value), unit) if spoken else None


def _placed(place: Number | None, unit: Unit) -> tuple[int, Unit, int] | None:
    most = 12 // unit.months
    if place is None or place.whole is None or not 1 <= place.whole <= most:
        return None
    return place.end, unit, place.whole


def _year(words: Words, start: int) -> Found | None:
    if words.at(start, joined=False) in {"rp", "nomor", "no"} or words.at(start - 1) in {"rp", "nomor", "no"}:
        return None
    named = year_at(words, start)
    begun = day(named[1], 1, 1) if named else None
    if (
        named is None
        or begun is None
        or (words.at(start, joined=False) != "tahun" and words.at(named[0]) == "penduduk")
    ):
        return None
    return Found(named[0], unit_at(Unit.YEAR, begun))
