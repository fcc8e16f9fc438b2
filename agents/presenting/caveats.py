"""What a reader must know about what was looked up."""

from agents.inquiries import Refused
from pesut.contracts import (
    Caveat,
    CaveatKind,
    Evidence,
    Freshness,
    Language,
    MetricQuery,
    Period,
    ThemesQuery,
    ValueFormat,
)

SMALL_BASE = 10  # below this, a percentage of change says little
_MOST_ROWS = 1000

_TEXTS = {
    "stale": (
        "Data terakhir {LABEL.freshness[N].newest|moment}, lebih lama dari batas kesegaran yang dijanjikan "
        "{LABEL.datasets[N].agency_name|text}.",
        "The newest data are of {LABEL.freshness[N].newest|moment}, older than {LABEL.datasets[N].agency_name|text} "
        "promises.",
    ),
    "uncovered": (
        "Data {LABEL.datasets[N].title|text} baru tersedia sampai {LABEL.freshness[N].newest|moment}.",
        "{LABEL.datasets[N].title|text} reaches only to {LABEL.freshness[N].newest|moment}.",
    ),
    "unrecorded": (
        "Data {LABEL.datasets[N].title|text} baru tersedia sejak {LABEL.freshness[N].oldest|moment}.",
        "{LABEL.datasets[N].title|text} begins only at {LABEL.freshness[N].oldest|moment}.",
    ),
    "sample": (
        "Angka ini memuat data contoh, bukan data resmi.",
        "These figures include sample data; they are not official.",
    ),
    "no_rows": (
        "Tidak ada data yang cocok untuk bagian ini; tanyakan kepada {LABEL.datasets|agencies}.",
        "No data match this part; ask {LABEL.datasets|agencies}.",
    ),
    "nothing": ("Tidak ada data yang cocok untuk bagian ini.", "No data match this part."),
    "small": (
        "Angka pembandingnya kecil ({LABEL.rows[0].previous|measure}), sehingga persentase perubahannya mudah berayun.",
        "The figure compared with is small ({LABEL.rows[0].previous|measure}), so the percentage swings easily.",
    ),
    "zero": (
        "Untuk {LABEL.compared|period} tercatat nol; bisa jadi data masa itu belum lengkap.",
        "Nothing is recorded for {LABEL.compared|period}; the data of that time may be incomplete.",
    ),
    "clipped": (
        "Daftar ini dipotong pada {LABEL.row_count|integer} baris.",
        "This list is cut at {LABEL.row_count|integer} rows.",
    ),
    "refused": ("Bagian ini tidak dapat dihitung: {REASON}", "This part cannot be computed: {REASON}"),
}


def caveats(evidence: Evidence, language: Language) -> list[Caveat]:
    """For a metric's evidence: staleness, coverage, sample data, no rows, a small base, a clipped list."""
    found = list(_of_freshness(evidence, language))
    if evidence.sample:
        found.append(_caveat(CaveatKind.SAMPLE, "sample", evidence, language))
    if not has_values(evidence):
        key = "no_rows" if evidence.datasets else "nothing"
        found.append(_caveat(CaveatKind.NO_ROWS, key, evidence, language))
    if _base(evidence) == 0:
        found.append(_caveat(CaveatKind.THIN, "zero", evidence, language))
    elif _small_base(evidence):
        found.append(_caveat(CaveatKind.THIN, "small", evidence, language))
    if isinstance(evidence.query, MetricQuery) and evidence.query.limit is None and evidence.row_count >= _MOST_ROWS:
        found.append(_caveat(CaveatKind.CLIPPED, "clipped", evidence, language))
    return found


def refusal(refused: Refused, language: Language) -> Caveat:
    """A part of the question that the data cannot answer as it was asked. The reason's braces would read as placeholders."""
    text = _TEXTS["refused"][language is Language.EN].replace("{REASON}", refused.reason)
    return Caveat(kind=CaveatKind.UNCOVERED, text=text.replace("{", "(").replace("}", ")"))


def has_values(evidence: Evidence) -> bool:
    """Whether any row holds a value, and the data reach into the period that was asked for. That no theme grows or is new is a value."""
    if isinstance(evidence.query, MetricQuery):
        return any(row.get("value") is not None for row in evidence.result) and not out_of_reach(evidence)
    nothing_tells = isinstance(evidence.query, ThemesQuery) and evidence.query.order != "size"
    return evidence.row_count > 0 or nothing_tells


def out_of_reach(evidence: Evidence) -> bool:
    """Whether all that the datasets hold lies before the period, or after it: a count of 0 then says nothing."""
    query = evidence.query
    if not isinstance(query, MetricQuery) or query.period is None or not evidence.freshness:
        return False
    start = query.period.start
    ended = all(each.newest is None or each.newest < start for each in evidence.freshness)
    return ended or all(_not_begun(each, query.period) for each in evidence.freshness)


def _not_begun(age: Freshness, period: Period) -> bool:
    return age.oldest is not None and period.end <= age.oldest


def _of_freshness(evidence: Evidence, language: Language) -> list[Caveat]:
    query = evidence.query
    wants_now = isinstance(query, MetricQuery) and (query.period is None or query.period.end >= evidence.as_of)
    found: list[Caveat] = []
    for number, each in enumerate(evidence.freshness):
        if each.newest is None:
            continue
        if isinstance(query, MetricQuery) and query.period and _not_begun(each, query.period):
            found.append(_caveat(CaveatKind.UNCOVERED, "unrecorded", evidence, language, number))
        elif out_of_reach(evidence):
            found.append(_caveat(CaveatKind.UNCOVERED, "uncovered", evidence, language, number))
        elif each.stale and wants_now:
            found.append(_caveat(CaveatKind.STALE, "stale", evidence, language, number))
    return found


def _small_base(evidence: Evidence) -> bool:
    base = _base(evidence)
    return base is not None and 0 < base < SMALL_BASE


def _base(evidence: Evidence) -> float | None:
    """The count that a single count is compared with."""
    if not isinstance(evidence.query, MetricQuery) or not evidence.query.comparison or evidence.row_count != 1:
        return None
    previous, value = (evidence.result[0].get(column) for column in ("previous", "value"))
    counts = evidence.measure is not None and evidence.measure.format is ValueFormat.INTEGER
    return previous if counts and value and isinstance(previous, int | float) else None


def _caveat(kind: CaveatKind, key: str, evidence: Evidence, language: Language, number: int = 0) -> Caveat:
    text = _TEXTS[key][language is Language.EN].replace("LABEL", evidence.label).replace("[N]", f"[{number}]")
    return Caveat(kind=kind, text=text, evidence=evidence.label)
