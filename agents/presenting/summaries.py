"""What an evidence holds, in a few words for somebody who watches the answer being made."""

from decimal import Decimal

from pesut.contracts import Evidence, Language, Measure, MetricQuery
from pesut.placeholders import PlaceholderError, Sources
from pesut.placeholders.formats import format_of, written
from pesut.placeholders.names import names_of
from pesut.placeholders.numbers import decimal
from tools.context import ToolContext

_READ = {
    "metric": ("{count} angka", "{count} figures"),
    "reports": ("Membaca {count} laporan warga", "Reading {count} citizens' reports"),
    "documents": ("Membaca {count} bagian dokumen", "Reading {count} passages of documents"),
    "agencies": ("Memeriksa kewenangan {count} perangkat daerah", "Checking the mandates of {count} agencies"),
    "budget_lines": ("Memeriksa {count} pagu anggaran", "Checking {count} budget lines"),
    "late_dispositions": ("{count} disposisi terlambat", "{count} late dispositions"),
    "unusual_reports": ("{count} hitungan laporan diperiksa", "{count} counts of reports looked at"),
    "report_handling": ("Penanganan menurut {count} bagian", "Handling by {count} groups"),
    "overdue_reports": ("{count} laporan mendekati tenggat", "{count} reports near their deadline"),
    "silent_places": ("{count} kelurahan diperiksa", "{count} villages looked at"),
    "hot_spots": ("{count} petak diperiksa", "{count} cells looked at"),
    "crosscheck": (
        "Laporan dibandingkan dengan pengukuran: {count} masa",
        "Reports held against measurements: {count} stretches",
    ),
    "report_themes": ("{count} tema laporan", "{count} themes of reports"),
    "due_decisions": ("{count} keputusan menunggu", "{count} decisions waiting"),
}


def summary(evidence: Evidence, context: ToolContext, language: Language) -> str:
    """ "Jumlah laporan warga (Kecamatan Sungai Pinang, Banjir dan drainase): 60 laporan" """
    about = _about(evidence, context, language)
    count = _READ[evidence.kind][language is Language.EN].format(
        count=decimal(Decimal(evidence.row_count), language, places=0)
    )
    if evidence.measure is None:
        return count + about
    return f"{evidence.measure.name(language)}{about}: {_value(evidence, evidence.measure, language) or count}"


def _about(evidence: Evidence, context: ToolContext, language: Language) -> str:
    """The names of what the query is narrowed to, in brackets."""
    sources = Sources({}, context.catalog, context.gazetteer, context.city, language, context.as_of)
    try:
        names = [names_of(each, sources) for each in getattr(evidence.query, "filters", ())]
    except PlaceholderError:
        return ""
    return f" ({', '.join(names)})" if names else ""


def _value(evidence: Evidence, measure: Measure, language: Language) -> str:
    """The one value that was asked for; nothing where there are more or none."""
    value = evidence.result[0].get("value") if evidence.row_count == 1 else None
    if not isinstance(evidence.query, MetricQuery) or not isinstance(value, int | float):
        return ""
    return written(Decimal(str(value)), measure, language, format_of(evidence, "value"))
