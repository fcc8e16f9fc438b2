"""Moments and periods as people write them, in the city's zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from pesut.contracts import EARLIEST, Grain, Language, Period
from pesut.placeholders.grammar import PlaceholderError
from pesut.placeholders.numbers import LOCALES

_ROMAN = ("I", "II", "III", "IV")
_DAY, _MONTH = timedelta(days=1), "MMMM y"


def parsed(value: object, zone: ZoneInfo) -> date:
    """A date, or a datetime in `zone`, from a value of an evidence. Raises PlaceholderError."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
        except ValueError as error:
            raise PlaceholderError(f"{value!r} is no date.") from error
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, date):
        return value
    raise PlaceholderError(f"{value!r} is no date.")


def written_date(value: date, language: Language) -> str:
    """ "24 November 2026" """
    return format_date(value, "d MMMM y", locale=LOCALES[language])


def written_time(value: datetime | time, language: Language) -> str:
    """ "08.00" """
    return f"{value:%H.%M}" if language is Language.ID else f"{value:%H:%M}"


def written_moment(value: date, language: Language) -> str:
    """ "24 November 2026 pukul 08.00 WITA"; a plain date stays one."""
    if not isinstance(value, datetime):
        return written_date(value, language)
    at = "pukul" if language is Language.ID else "at"
    return f"{written_date(value, language)} {at} {written_time(value, language)} {value:%Z}"


def written_bucket(value: date, grain: Grain, language: Language) -> str:
    """One step of a series: the hour, day, week, month, quarter or year that starts at `value`."""
    match grain:
        case Grain.HOUR:
            return written_moment(value, language)
        case Grain.DAY:
            return written_date(value, language)
        case Grain.WEEK:
            return _span(value, value + 6 * _DAY, language)
        case Grain.MONTH:
            return format_date(value, _MONTH, locale=LOCALES[language])
        case Grain.QUARTER:
            return _quarter(value, language)
        case Grain.YEAR:
            return str(value.year)


def written_period(period: Period, zone: ZoneInfo, language: Language) -> str:
    """The shortest exact name: a year, a quarter, months, days, or from one moment to another."""
    start, end = period.start.astimezone(zone), period.end.astimezone(zone)
    if period.start <= EARLIEST:
        return ("masa sampai " if language is Language.ID else "the time up to ") + written_moment(end, language)
    if start.time() != time() or (end.time() != time() and start.date() == end.date()):
        until = " s.d. " if language is Language.ID else " to "
        return written_moment(start, language) + until + written_moment(end, language)
    if end.time() != time():
        return _span(start.date(), end.date(), language) + _until(end, language)
    first, last = start.date(), end.date() - _DAY
    if first.day == 1 and end.day == 1:
        return _months(first, last, language)
    return written_date(first, language) if first == last else _span(first, last, language)


def _until(end: datetime, language: Language) -> str:
    """A period that is cut in the middle of its last day, since nothing later is known yet."""
    return f" (s.d. pukul {end:%H.%M})" if language is Language.ID else f" (until {end:%H:%M})"


def _months(first: date, last: date, language: Language) -> str:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count == 1:
        return format_date(first, _MONTH, locale=LOCALES[language])
    if first.month == 1 and last.month == 12:
        return str(first.year) if count == 12 else f"{first.year}–{last.year}"
    if count == 3 and first.month % 3 == 1:
        return _quarter(first, language)
    opening = "MMMM" if first.year == last.year else _MONTH
    return "–".join(
        format_date(day, pattern, locale=LOCALES[language]) for day, pattern in ((first, opening), (last, _MONTH))
    )


def _quarter(value: date, language: Language) -> str:
    number = (value.month - 1) // 3
    return f"triwulan {_ROMAN[number]} {value.year}" if language is Language.ID else f"Q{number + 1} {value.year}"


def _span(first: date, last: date, language: Language) -> str:
    opening = "d MMMM y" if first.year != last.year else "d MMMM" if first.month != last.month else "d"
    dash = "–" if opening == "d" else " – "
    return format_date(first, opening, locale=LOCALES[language]) + dash + written_date(last, language)
