"""Finds every period that a question speaks of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from pesut.contracts import Grain, Period
from pesut.language.numbers import number_at
from pesut.language.periods.celebrations import LONGEST, feast_at, feast_begun, feast_in
from pesut.language.periods.dates import date_at, year_at
from pesut.language.periods.moments import Stretch, Unit, floor, plus
from pesut.language.periods.reading import Found, Words
from pesut.language.periods.relatives import count_at, last_units, relative_at
from pesut.language.periods.vocabulary import (
    AFTER,
    AND,
    BEFORE,
    BETWEEN,
    DURING,
    EACH,
    FROM,
    NOW,
    ONE,
    PAST,
    SINCE,
    THIS,
    TO,
    UNTIL,
)
from pesut.language.tokens import Token

_FROM_TO = AND | {"ke", "to"}
_AROUND_FEAST = timedelta(days=14)


class PeriodKind(StrEnum):
    NOW = "now"  # the latest value
    STRETCH = "stretch"
    SINCE = "since"  # up to now
    UNTIL = "until"
    BESIDE = "beside"  # before and after something, as two that are set against each other
    MOVED = "moved"  # told from the period spoken of before
    FUTURE = "future"  # has not begun


@dataclass(frozen=True)
class PeriodMention:
    """A period in the words `start` to `end` (exclusive). `period` is None for "now"; for `MOVED` it is reckoned from now
    and `moves` says how many `unit`s it lies from the period spoken of. `loose`: the reading has to be told. `ends`: the two
    periods that a range was told by, where it may also set them against each other ("dari 2024 ke 2025").
    """

    start: int
    end: int
    kind: PeriodKind
    period: Period | None = None
    unit: Grain | None = None
    whole: bool = False
    moves: int = 0
    loose: bool = False
    ends: "tuple[PeriodMention, PeriodMention] | None" = None


def periods_in(
    tokens: Sequence[Token], now: datetime, country: str = "ID", blocked: Collection[int] = ()
) -> tuple[PeriodMention, ...]:
    """The periods in the words, left to right, none overlapping. `now` is aware; calendar bounds lie in its zone. None begins
    at the places `blocked`, whose numbers are known to mean something else.

    A period that is still running ends now. Periods without a year are the latest that have begun.
    """
    words = Words(
        [token.word for token in tokens], [token.broken for token in tokens], now.replace(tzinfo=None), country
    )
    found: list[PeriodMention] = []
    at = 0
    while at < len(tokens):
        mention = None if at in blocked or _is_step(words, at) else _mention_at(words, at, now)
        if mention:
            found.append(mention)
        at = mention.end if mention else at + 1
    return tuple(found)


def _is_step(words: Words, at: int) -> bool:
    """ "tiap bulan | Januari sampai Juni", "tiap hari | minggu lalu": the unit tells the steps and not the period."""
    each = words.at(at - 1, joined=False) in EACH or words.at(at, joined=False) in EACH & UNTIL
    unit = at if words.at(at - 1, joined=False) in EACH else at + 1
    return each and words.unit(unit) is not None and words.at(unit + 1) not in THIS | PAST


def moved(period: Period, unit: Grain, count: int) -> Period:
    """The period `count` units later, in its own zone: of whole months, whole months."""
    return Period(start=_shift(period.start, unit, count), end=_shift(period.end, unit, count))


def _shift(moment: datetime, unit: Grain, count: int) -> datetime:
    return plus(Unit(unit.value), moment.replace(tzinfo=None), count).replace(tzinfo=moment.tzinfo)


def _mention_at(words: Words, start: int, now: datetime) -> PeriodMention | None:
    for reader in (_since, _between, _until, _around, _during):
        read = reader(words, start)
        if read:
            found, kind = read
            return _mention(words, start, found, kind, now)
    return _now(words, start)


def _mention(words: Words, start: int, found: Found, kind: PeriodKind, now: datetime) -> PeriodMention:
    stretch = found.stretch
    whole = stretch.end <= words.now
    kind = PeriodKind.FUTURE if stretch.start > words.now else PeriodKind.MOVED if found.moves else kind
    running = stretch.until(words.now)
    return PeriodMention(
        start=start,
        end=found.end,
        kind=kind,
        period=Period(start=running.start.replace(tzinfo=now.tzinfo), end=running.end.replace(tzinfo=now.tzinfo)),
        unit=stretch.unit.grain if stretch.unit else None,
        whole=whole,
        moves=found.moves,
        loose=stretch.loose,
        ends=_ends(words, start, found, now),
    )


def _ends(words: Words, start: int, found: Found, now: datetime) -> tuple[PeriodMention, PeriodMention] | None:
    if found.ends is None or not any(words.at(place) in _FROM_TO for place in range(start + 1, found.end)):
        return None
    first, last = (_mention(words, start, Found(found.end, stretch), PeriodKind.STRETCH, now) for stretch in found.ends)
    return first, last


def _now(words: Words, start: int) -> PeriodMention | None:
    for pattern in NOW:
        if all(words.at(start + place, joined=place > 0) == word for place, word in enumerate(pattern)):
            return PeriodMention(start, start + len(pattern), PeriodKind.NOW)
    return None


def _atom(words: Words, start: int) -> Found | None:
    """One period without "since", "between" and the like."""
    if not words.at(start, joined=False):
        return None
    return relative_at(words, start) or _feast(words, start) or _range(words, start) or date_at(words, start)


def _point(words: Words, start: int) -> Found | None:
    """One period that is no range of two."""
    return relative_at(words, start) or _feast(words, start) or date_at(words, start)


def _feast(words: Words, start: int) -> Found | None:
    for length in range(LONGEST, 0, -1):
        name = feast_at(tuple(words.at(start + place, joined=place > 0) for place in range(length)))
        if name is None:
            continue
        named = year_at(words, start + length)
        feast = feast_in(name, named[1], words.country) if named else feast_begun(name, words.now, words.country)
        if feast:
            return Found(named[0] if named else start + length, feast, yearless=not named)
    return None


def _range(words: Words, start: int) -> Found | None:
    """ "Januari-Maret 2025", "1 Maret sampai 15 April 2025", "1-15 Maret", "2023-2025"."""
    days = _days_of_month(words, start)
    if days:
        return days
    first = date_at(words, start)
    if first is None:
        return None
    at = first.end + (words.at(first.end) in TO)
    adjacent = at == first.end
    second = date_at(words, at) if words.at(at) else None
    months = second is not None and first.stretch.unit is second.stretch.unit is Unit.MONTH
    if second is None or (adjacent and not months):
        return None
    return _joined(first, second)


def _joined(first: Found, second: Found) -> Found | None:
    begin = first.stretch
    if first.yearless:
        while begin.start > second.stretch.start:
            begin = _years_later(begin, -1)
        while not second.yearless and plus(Unit.YEAR, begin.start, 1) <= second.stretch.start:
            begin = _years_later(begin, 1)
    if begin.start >= second.stretch.end:
        return None
    whole = Stretch(begin.start, second.stretch.end, second.stretch.unit)
    return Found(second.end, whole, yearless=second.yearless, ends=(begin, second.stretch))


def _years_later(stretch: Stretch, count: int) -> Stretch:
    return replace(stretch, start=plus(Unit.YEAR, stretch.start, count), end=plus(Unit.YEAR, stretch.end, count))


def _days_of_month(words: Words, start: int) -> Found | None:
    at = start + (words.at(start, joined=False) == "tanggal")
    first = words.at(at, joined=False)
    if not (first.isdigit() and 1 <= int(first) <= 31 and words.at(at + 1) in TO):
        return None
    last = date_at(words, at + 2) if words.at(at + 2).isdigit() else None
    if last is None or last.stretch.unit is not Unit.DAY or int(first) >= last.stretch.start.day:
        return None
    begin = last.stretch.start.replace(day=int(first))
    return Found(last.end, Stretch(begin, last.stretch.end, Unit.DAY), yearless=last.yearless)


def _since(words: Words, start: int) -> tuple[Found, PeriodKind] | None:
    """ "sejak Maret", "since 2023", "dari awal tahun (sampai sekarang)"."""
    word = words.at(start, joined=False)
    if word not in SINCE and word not in FROM:
        return None
    at = start + 1 + (words.at(start + 1) in FROM)
    first = _point(words, at) if words.at(at) else None
    if first is None:
        return None
    ended = _upper(words, first)
    if ended:
        return ended, PeriodKind.STRETCH
    upto_now = _upto_now(words, first.end)
    if word in FROM and upto_now is None:
        ranged = _atom(words, at) or first
        return ranged, PeriodKind.STRETCH
    now = max(words.now, first.stretch.end) if first.stretch.start >= words.now else words.now
    return replace(first, end=upto_now or first.end, stretch=replace(first.stretch, end=now)), PeriodKind.SINCE


def _upper(words: Words, first: Found) -> Found | None:
    if words.at(first.end) not in TO | {"ke"}:
        return None
    last = _atom(words, first.end + 1)
    return _joined(first, last) if last else None


def _upto_now(words: Words, start: int) -> int | None:
    """The end of "sampai sekarang", "hingga kini", "to date"."""
    if words.at(start) not in TO:
        return None
    if words.at(start + 1) == "date":
        return start + 2
    now = _now(words, start + 1)
    return now.end if now else None


def _between(words: Words, start: int) -> tuple[Found, PeriodKind] | None:
    if words.at(start, joined=False) not in BETWEEN:
        return None
    first = _atom(words, start + 1)
    if first is None:
        return None
    if words.at(first.end) not in AND | TO:
        return None
    last = _atom(words, first.end + 1)
    joined = _joined(first, last) if last else None
    return (joined, PeriodKind.STRETCH) if joined else None


def _until(words: Words, start: int) -> tuple[Found, PeriodKind] | None:
    """ "sampai Juni 2025": from the start of that year."""
    if words.at(start, joined=False) not in UNTIL:
        return None
    last = _atom(words, start + 1) if words.at(start + 1) else None
    if last is None or last.stretch.unit is Unit.YEAR:
        return (last, PeriodKind.STRETCH) if last else None
    begin = floor(Unit.YEAR, last.stretch.start)
    return replace(last, stretch=Stretch(begin, last.stretch.end, Unit.MONTH, loose=True)), PeriodKind.UNTIL


def _around(words: Words, start: int) -> tuple[Found, PeriodKind] | None:
    """ "sesudah Lebaran", "dua minggu sebelum Ramadan": that long (or 14 days) before or after a feast or a day; "sebelum dan
    sesudah Lebaran": both.
    """
    length, at = _length(words, start)
    word = words.at(at, joined=False)
    if word not in BEFORE and word not in AFTER:
        return None
    both = word in BEFORE and words.at(at + 1) in AND and words.at(at + 2) in AFTER
    at = at + 3 if both else at + 1
    anchor = _feast(words, at) or (date_at(words, at) if words.at(at) else None)
    if anchor is None:
        return None
    day = anchor.stretch
    before = Stretch(day.start - length, day.start, Unit.DAY, loose=True)
    after = Stretch(day.end, day.end + length, Unit.DAY, loose=True)
    if both:
        whole = Stretch(before.start, after.end, Unit.DAY, loose=True)
        return replace(anchor, stretch=whole, ends=(before, after)), PeriodKind.BESIDE
    return replace(anchor, stretch=before if word in BEFORE else after), PeriodKind.STRETCH


def _length(words: Words, start: int) -> tuple[timedelta, int]:
    word = words.at(start, joined=False)
    number = None if word in ONE else number_at(words.words, start)
    unit = ONE.get(word) or (words.unit(number.end) if number else None)
    if unit is None or (number and number.value > 60):
        return _AROUND_FEAST, start
    days = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30}.get(unit)
    after = start + 1 if number is None else number.end + 1
    return (timedelta(days=days * (number.value if number else 1)), after) if days else (_AROUND_FEAST, start)


def _during(words: Words, start: int) -> tuple[Found, PeriodKind] | None:
    """A period, with or without "selama", "pada" or "during" before it."""
    at = start
    while words.at(at, joined=at > start) in DURING:
        at += 1
    found = _atom(words, at)
    counted = count_at(words, at) if found is None and at > start else None
    if counted:
        end, count, unit = counted
        return Found(end, last_units(words, unit, count)), PeriodKind.STRETCH
    return (found, PeriodKind.STRETCH) if found else None
