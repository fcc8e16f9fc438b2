"""When Indonesia's feasts fell: Ramadan, Lebaran and the public holidays that people date things by."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from hijridate import Hijri

from pesut.language.periods.moments import Stretch, Unit

# First days of Ramadan as the Ministry of Religious Affairs decided them (sidang isbat), where the computed Umm al-Qura
# date may differ by a day: 2022, 2024 and 2026 do. Sources: the ministry's announcements of 1 Ramadan 1441 to 1447 H.
_RAMADAN = {
    2020: date(2020, 4, 24),
    2021: date(2021, 4, 13),
    2022: date(2022, 4, 3),
    2023: date(2023, 3, 23),
    2024: date(2024, 3, 12),
    2025: date(2025, 3, 1),
    2026: date(2026, 2, 19),
}
_FEASTS: dict[tuple[str, ...], str] = {
    ("hari", "raya", "idul", "fitri"): "Idul Fitri",
    ("hari", "raya", "idulfitri"): "Idul Fitri",
    ("idul", "fitri"): "Idul Fitri",
    ("idulfitri",): "Idul Fitri",
    ("lebaran",): "Idul Fitri",
    ("eid",): "Idul Fitri",
    ("lebaran", "haji"): "Idul Adha",
    ("hari", "raya", "kurban"): "Idul Adha",
    ("idul", "adha"): "Idul Adha",
    ("iduladha",): "Idul Adha",
    ("natal",): "Natal",
    ("christmas",): "Natal",
    ("imlek",): "Imlek",
    ("nyepi",): "Nyepi",
    ("waisak",): "Waisak",
    ("maulid",): "Maulid",
    ("hari", "kemerdekaan"): "Kemerdekaan",
    ("agustusan",): "Kemerdekaan",
    ("hut", "ri"): "Kemerdekaan",
    ("independence", "day"): "Kemerdekaan",
    ("tahun", "baru"): "Tahun Baru Masehi",
    ("new", "year"): "Tahun Baru Masehi",
    ("ramadan",): "Ramadan",
    ("ramadhan",): "Ramadan",
    ("bulan", "puasa"): "Ramadan",
    ("bulan", "ramadan"): "Ramadan",
    ("puasa",): "Ramadan",
}
_TWO_DAYS = frozenset({"Idul Fitri"})  # 1 and 2 Syawal are both public holidays
LONGEST = max(map(len, _FEASTS))


def feast_at(words: tuple[str, ...]) -> str | None:
    """The feast that exactly these words name."""
    return _FEASTS.get(words)


def feast_words() -> frozenset[str]:
    return frozenset(word for words in _FEASTS for word in words)


def feast_in(name: str, year: int, country: str) -> Stretch | None:
    """The feast of that Gregorian year: Ramadan whole, Lebaran its two days, others their day."""
    if name == "Ramadan":
        return _ramadan(year, country)
    first = _holiday(name, year, country)
    if first is None:
        return None
    length = 2 if name in _TWO_DAYS else 1
    start = datetime.combine(first, datetime.min.time())
    return Stretch(start, start + timedelta(days=length), Unit.DAY, loose=True)


def feast_begun(name: str, now: datetime, country: str) -> Stretch | None:
    """The latest such feast that has begun."""
    for year in range(now.year, now.year - 3, -1):
        feast = feast_in(name, year, country)
        if feast and feast.start <= now:
            return feast
    return None


def _ramadan(year: int, country: str) -> Stretch | None:
    end = _holiday("Idul Fitri", year, country)
    start = _RAMADAN.get(year) or _computed_ramadan(year)
    if end is None or start is None or start >= end:
        return None
    return Stretch(
        datetime.combine(start, datetime.min.time()), datetime.combine(end, datetime.min.time()), Unit.MONTH, loose=True
    )


def _computed_ramadan(year: int) -> date | None:
    for hijri in (year - 579, year - 578, year - 580):
        first = Hijri(hijri, 9, 1).to_gregorian()
        if first.year == year:
            return date(first.year, first.month, first.day)
    return None


@lru_cache(maxsize=64)
def _holiday(name: str, year: int, country: str) -> date | None:
    """The first holiday of the year whose official name holds `name`."""
    try:
        known = holidays.country_holidays(country, years=year, language="id")
    except NotImplementedError:
        return None
    return min((day for day, title in known.items() if name in title and "kedua" not in title), default=None)
