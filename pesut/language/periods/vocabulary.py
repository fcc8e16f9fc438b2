"""The words that periods are said with, in Indonesian and English."""

from pesut.language.periods.moments import Unit

UNITS: dict[str, Unit] = {
    **dict.fromkeys(("jam", "hour", "hours"), Unit.HOUR),
    **dict.fromkeys(("hari", "day", "days"), Unit.DAY),
    **dict.fromkeys(("minggu", "pekan", "week", "weeks"), Unit.WEEK),
    **dict.fromkeys(("bulan", "month", "months"), Unit.MONTH),
    **dict.fromkeys(("triwulan", "kuartal", "kwartal", "tw", "quarter", "quarters", "q"), Unit.QUARTER),
    **dict.fromkeys(("semester", "semesters"), Unit.SEMESTER),
    **dict.fromkeys(("tahun", "year", "years"), Unit.YEAR),
}
ONE: dict[str, Unit] = {
    **{"sejam": Unit.HOUR, "sehari": Unit.DAY, "seharian": Unit.DAY, "seminggu": Unit.WEEK, "sepekan": Unit.WEEK},
    **{"sebulan": Unit.MONTH, "setahun": Unit.YEAR, "setriwulan": Unit.QUARTER, "sesemester": Unit.SEMESTER},
}
_MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "pebruari", "feb", "peb"),
    ("maret", "march", "mar"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "ags", "agst", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
MONTHS: dict[str, int] = {name: place for place, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAYS = (
    ("senin", "monday"),
    ("selasa", "tuesday"),
    ("rabu", "wednesday"),
    ("kamis", "thursday"),
    ("jumat", "jum'at", "friday"),
    ("sabtu", "saturday"),
    ("ahad", "sunday"),
)
WEEKDAYS: dict[str, int] = {name: place for place, names in enumerate(_WEEKDAYS) for name in names}

THIS = frozenset({"ini", "berjalan", "sekarang"})
THIS_BEFORE = frozenset({"this", "current"})
PAST = frozenset({"lalu", "kemarin", "silam", "kemaren"})
PAST_BEFORE = frozenset({"last", "previous", "past"})
EARLIER = frozenset({"sebelumnya", "sebelum", "before", "earlier"})
NEXT = frozenset({"depan", "mendatang"})
NEXT_BEFORE = frozenset({"next", "coming"})
LATEST = frozenset({"terakhir", "belakangan"})
FEW = frozenset({"beberapa", "few", "several"})

SINCE = frozenset({"sejak", "semenjak", "mulai", "since", "starting"})
FROM = frozenset({"dari", "from"})
BETWEEN = frozenset({"antara", "between"})
TO = frozenset({"-", "sampai", "hingga", "sd", "to", "until", "till", "through"})
UNTIL = frozenset({"sampai", "hingga", "sd", "until", "till", "per"})
EACH = frozenset({"tiap", "setiap", "per", "each", "every"})
AND = frozenset({"dan", "and"})
DURING = frozenset(
    {"selama", "sepanjang", "dalam", "pada", "saat", "ketika", "during", "in", "for", "over", "on", "throughout"}
)
BEFORE = frozenset({"sebelum", "jelang", "menjelang", "before"})
AFTER = frozenset({"sesudah", "setelah", "pasca", "usai", "selepas", "after"})

EARLY = frozenset({"awal", "early", "beginning", "start"})
MIDDLE = frozenset({"pertengahan", "tengah", "mid", "middle"})
LATE = frozenset({"akhir", "penghujung", "late", "end"})
LINKS = frozenset({"of", "the", "pada", "di", "bulan", "yang", "untuk", "periode"})

NOW: tuple[tuple[str, ...], ...] = (
    *(("sekarang", "ini"), ("sekarang",), ("saat", "ini"), ("kini",), ("terkini",), ("detik", "ini")),
    *(
        ("right", "now"),
        ("now",),
        ("currently",),
        ("at", "the", "moment"),
        ("at", "present"),
        ("latest",),
        ("terbaru",),
    ),
    *(("pada", "saat", "ini"), ("sampai", "sekarang"), ("hingga", "kini"), ("hingga", "saat", "ini"), ("current",)),
)
# Hours of the day that a part of it is taken to span; "night" runs into the next morning.
DAY_PARTS: dict[str, tuple[int, int]] = {
    "subuh": (4, 6),
    "pagi": (4, 11),
    "siang": (11, 15),
    "sore": (15, 18),
    "malam": (18, 30),
    "morning": (4, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (18, 30),
}


def period_words() -> frozenset[str]:
    """All words that the grammar knows, so that nothing mends them into something else."""
    singles = {*UNITS, *ONE, *MONTHS, *WEEKDAYS, *DAY_PARTS}
    sets = (THIS, THIS_BEFORE, PAST, PAST_BEFORE, EARLIER, NEXT, NEXT_BEFORE, LATEST, FEW, SINCE, FROM, BETWEEN, TO)
    more = (UNTIL, AND, DURING, BEFORE, AFTER, EARLY, MIDDLE, LATE, LINKS)
    return frozenset(
        singles.union(*sets, *more, *NOW, {"semalam", "tadi", "lusa", "today", "yesterday", "weekend", "besok"})
    )
