"""Periods told from now: "bulan lalu", "tiga bulan terakhir", "dua minggu lalu", "kemarin", "akhir pekan lalu"."""

from dataclasses import replace
from datetime import timedelta

from pesut.language.numbers import number_at, ordinal_at
from pesut.language.periods.dates import date_at
from pesut.language.periods.moments import Stretch, Unit, floor, midnight, plus, unit_at
from pesut.language.periods.reading import Found, Words
from pesut.language.periods.vocabulary import (
    DAY_PARTS,
    EARLIER,
    EARLY,
    FEW,
    LATE,
    LATEST,
    LINKS,
    MIDDLE,
    NEXT,
    NEXT_BEFORE,
    ONE,
    PAST,
    PAST_BEFORE,
    THIS,
    THIS_BEFORE,
    WEEKDAYS,
)

_SPELT_DAYS: tuple[tuple[tuple[str, ...], int], ...] = (
    *((("kemarin", "lusa"), -2), (("kemarin", "dulu"), -2), (("day", "before", "yesterday"), -2)),
    *((("hari", "ini"), 0), (("today",), 0), (("kemarin",), -1), (("yesterday",), -1)),
    *((("besok",), 1), (("esok",), 1), (("tomorrow",), 1), (("lusa",), 2)),
)
_WEEKEND = (("akhir", "pekan"), ("akhir", "minggu"), ("weekend",))
_FEW = 3


def relative_at(words: Words, start: int) -> Found | None:
    """A period that is reckoned from the present moment."""
    for reader in (_weekend, _part_of_day, _counted, _part_of_unit, _nth_week, _unit, _day, _weekday):
        found = reader(words, start)
        if found:
            return found
    return None


def last_units(now_words: Words, unit: Unit, count: float) -> Stretch:
    """The last `count` units.

    Of months, quarters and years: whole months before the running one, because a part of a month compares with nothing
    ("tiga bulan terakhir" in mid-November: August to October). Of hours: up to this minute. Of days and weeks: so many
    days with today as the last. One month alone: the days since this date last month.
    """
    now = now_words.now
    if unit is Unit.HOUR:
        return Stretch(now - timedelta(hours=count), now, unit)
    if not unit.months:
        days = round(count * (7 if unit is Unit.WEEK else 1))
        return Stretch(midnight(now) - timedelta(days=max(days, 1) - 1), now, unit, loose=True)
    months = round(count * unit.months)
    if months == 1:
        return Stretch(plus(Unit.MONTH, midnight(now), -1) + timedelta(days=1), now, Unit.MONTH, loose=True)
    end = floor(Unit.MONTH, now)
    return Stretch(plus(Unit.MONTH, end, -months), end, unit, loose=True)


def _matches(words: Words, start: int, pattern: tuple[str, ...]) -> bool:
    return words.at(start, joined=False) == pattern[0] and all(
        words.at(start + place) == word for place, word in enumerate(pattern[1:], start=1)
    )


def _weekend(words: Words, start: int) -> Found | None:
    for pattern in _WEEKEND:
        if _matches(words, start, pattern):
            end = start + len(pattern)
            before = words.at(start - 1) in PAST_BEFORE
            saturday = floor(Unit.WEEK, words.now) + timedelta(days=5)
            past = before or words.at(end) in PAST
            this = words.at(end) in THIS or words.at(start - 1) in THIS_BEFORE
            if (saturday > words.now and not this) or (past and saturday + timedelta(days=2) > words.now):
                saturday -= timedelta(days=7)
            return Found(
                end + (words.at(end) in PAST | THIS), Stretch(saturday, saturday + timedelta(days=2), Unit.DAY)
            )
    return None


def _part_of_day(words: Words, start: int) -> Found | None:
    """ "tadi malam", "semalam", "pagi ini", "kemarin sore", "last night"."""
    word, following = words.at(start, joined=False), words.at(start + 1)
    if word == "semalam":
        return Found(start + 1, _hours(words, "malam", -1))
    if word in {"tadi", "kemarin", "yesterday"} and following in DAY_PARTS:
        night = word == "tadi" and following == "malam"
        return Found(start + 2, _hours(words, following, -1 if word != "tadi" or night else 0))
    if word in DAY_PARTS and following in {"ini", "tadi"}:
        return Found(start + 2, _hours(words, word, 0))
    if (word in {"last", "this"}) and following in {"night", "morning", "evening", "afternoon"}:
        return Found(start + 2, _hours(words, following, -1 if word == "last" else 0))
    return None


def _hours(words: Words, part: str, shift: int) -> Stretch:
    first, last = DAY_PARTS[part]
    day = midnight(words.now) + timedelta(days=shift)
    return Stretch(day + timedelta(hours=first), day + timedelta(hours=last), Unit.HOUR, loose=True)


def _counted(words: Words, start: int) -> Found | None:
    """ "tiga bulan terakhir", "30 hari ke belakang", "dua minggu lalu", "setahun terakhir", "past three months"."""
    led = words.at(start, joined=False) in PAST_BEFORE | {"terakhir"}
    counted = count_at(words, start + led)
    if counted is None:
        return None
    after, count, unit = counted
    if led and (after > start + 2 or words.at(start, joined=False) != "last"):
        return Found(after, last_units(words, unit, count))
    return _closed(words, after, count, unit)


def _closed(words: Words, after: int, count: float, unit: Unit) -> Found | None:
    closing, following = words.at(after), words.at(after + 1)
    if closing == "yang" and following in PAST | EARLIER:
        after, closing = after + 1, following
    spoken_as_one = words.at(after - 1, joined=False) in ONE
    if closing in LATEST or (closing == "ini" and (count > 1 or spoken_as_one)):
        return Found(after + 1 + (following == "ini"), last_units(words, unit, count))
    if closing == "ke" and following == "belakang":
        return Found(after + 2, last_units(words, unit, count))
    if (closing in PAST or closing == "ago") and count == int(count):
        return Found(after + 1, unit_at(unit, words.now, -int(count)))
    if closing in {"sebelumnya", "earlier"} and count == int(count):
        return _as_many_before(words, after + 1, unit, int(count))
    return None


def _as_many_before(words: Words, end: int, unit: Unit, count: int) -> Found:
    """ "3 bulan sebelumnya": so many before the period spoken of; with none, so many whole ones before the running one."""
    running = floor(unit, words.now)
    return Found(end, Stretch(plus(unit, running, -count), running, unit), moves=-count)


def count_at(words: Words, start: int) -> tuple[int, float, Unit] | None:
    """(end, count, unit) of "tiga bulan", "30 hari", "setahun", "a few weeks"."""
    word = words.at(start, joined=False)
    if word in ONE:
        return start + 1, 1, ONE[word]
    if word in FEW or (word == "a" and words.at(start + 1) in FEW):
        place = start + 1 + (word == "a")
        unit = words.unit(place)
        return (place + 1, _FEW, unit) if unit else None
    number = number_at(words.words, start)
    if number is None:
        return None
    place = number.end + (words.at(number.end) in {"a", "buah"})
    unit = words.unit(place) if words.at(place) else None
    return (place + 1, number.value, unit) if unit and 0 < number.value <= 1000 else None


def _part_of_unit(words: Words, start: int) -> Found | None:
    """ "awal bulan ini", "pertengahan Maret", "akhir tahun lalu", "mid-March", "the end of last year"."""
    word = words.at(start, joined=False)
    part = 0 if word in EARLY else 1 if word in MIDDLE else 2 if word in LATE else None
    if part is None:
        return None
    place = start + 1
    while words.at(place) in LINKS - {"bulan"}:
        place += 1
    whole = (_unit(words, place) or _bare_unit(words, place) or date_at(words, place)) if words.at(place) else None
    if whole is None or whole.stretch.unit not in {Unit.MONTH, Unit.YEAR, Unit.WEEK}:
        return None
    return replace(whole, stretch=_part(whole.stretch, part))


def _part(whole: Stretch, part: int) -> Stretch:
    """A third of a month (ten days); of a year its first or last quarter or June and July; of a week two or three days."""
    start = whole.start
    if whole.unit is Unit.MONTH:
        bounds = (start, start + timedelta(days=10), start + timedelta(days=20), whole.end)
        return Stretch(bounds[part], bounds[part + 1], Unit.DAY, loose=True)
    if whole.unit is Unit.WEEK:
        days = (0, 2, 4, 7)
        return Stretch(start + timedelta(days=days[part]), start + timedelta(days=days[part + 1]), Unit.DAY, loose=True)
    first, last = ((0, 3), (5, 7), (9, 12))[part]
    return Stretch(plus(Unit.MONTH, start, first), plus(Unit.MONTH, start, last), Unit.MONTH, loose=True)


def _bare_unit(words: Words, start: int) -> Found | None:
    """ "tahun" or "bulan" with nothing after it: the running one."""
    unit = words.unit(start)
    if unit is None or unit not in {Unit.MONTH, Unit.YEAR, Unit.WEEK}:
        return None
    return Found(start + 1, unit_at(unit, words.now))


def _nth_week(words: Words, start: int) -> Found | None:
    """ "minggu kedua (bulan) Maret": days 8 to 14."""
    if words.unit(start) is not Unit.WEEK or not words.at(start + 1):
        return None
    place = ordinal_at(words.words, start + 1)
    if place is None or place.whole is None or not 1 <= place.whole <= 5:
        return None
    month = date_at(words, place.end) or _unit(words, place.end)
    if month is None or month.stretch.unit is not Unit.MONTH:
        return None
    first = month.stretch.start + timedelta(days=7 * (place.whole - 1))
    return replace(
        month, stretch=Stretch(first, min(first + timedelta(days=7), month.stretch.end), Unit.WEEK, loose=True)
    )


def _unit(words: Words, start: int) -> Found | None:
    """ "bulan ini", "minggu lalu", "tahun berjalan", "triwulan sebelumnya", "last month", "bulan depan"."""
    word = words.at(start, joined=False)
    before = word in PAST_BEFORE or word in THIS_BEFORE or word in NEXT_BEFORE
    unit = words.unit(start + before)
    if unit is None or (before and not words.at(start + 1)):
        return None
    if before:
        shift = -1 if word in PAST_BEFORE else 0 if word in THIS_BEFORE else 1
        moves = -1 if word == "previous" else 0
        return Found(start + 2, unit_at(unit, words.now, shift), moves=moves)
    return _unit_after(words, start, unit)


def _unit_after(words: Words, start: int, unit: Unit) -> Found | None:
    closing, end = words.at(start + 1), start + 2
    if closing == "yang" and words.at(start + 2) in PAST | EARLIER:
        closing, end = words.at(start + 2), start + 3
    if unit is Unit.DAY and closing in THIS:
        return None  # "hari ini" is read as a day
    if closing in THIS:
        return _this(words, end + (words.at(end) in {"ini", "berjalan"}), unit)
    if closing in PAST:
        return Found(end, unit_at(unit, words.now, -1))
    if closing in EARLIER and (unit is not Unit.HOUR):
        return Found(end, unit_at(unit, words.now, -1), moves=-1)
    if closing in NEXT:
        return Found(end, unit_at(unit, words.now, 1))
    if closing in LATEST:
        return Found(end, last_units(words, unit, 1) if unit is not Unit.HOUR else unit_at(unit, words.now))
    return None


def _this(words: Words, end: int, unit: Unit) -> Found:
    """ "bulan ini", and "bulan ini tahun lalu"."""
    back = unit is not Unit.YEAR and words.at(end) == "tahun" and words.at(end + 1) in PAST
    running = unit_at(unit, plus(Unit.YEAR, words.now, -1) if back else words.now)
    return Found(end + 2 if back else end, running)


def _day(words: Words, start: int) -> Found | None:
    for pattern, shift in _SPELT_DAYS:
        if _matches(words, start, pattern):
            return Found(start + len(pattern), unit_at(Unit.DAY, words.now, shift))
    return None


def _weekday(words: Words, start: int) -> Found | None:
    """ "Senin", "hari Minggu", "Jumat lalu": the latest that has begun, or with "lalu" the latest before today."""
    named = words.at(start, joined=False) == "hari"
    at = start + named
    sunday = named and words.at(at) in {"minggu", "ahad"}
    number = 6 if sunday else WEEKDAYS.get(words.at(at, joined=False))
    if number is None:
        return None
    back = (words.now.weekday() - number) % 7
    past = words.at(at + 1) in PAST or words.at(start - 1) in PAST_BEFORE
    back = 7 if past and back == 0 else back
    return Found(at + 1 + (words.at(at + 1) in PAST | {"ini"}), unit_at(Unit.DAY, words.now, -back))
