"""Words of the pages that code chooses. They are written in Indonesian; the catalogue of translations has the English."""

from pesut.contracts import Grain, Language, Operator
from pesut.drawing.words import later

SPANS = {
    Grain.HOUR: later("%(count)s jam terakhir"),
    Grain.DAY: later("%(count)s hari terakhir"),
    Grain.WEEK: later("%(count)s pekan terakhir"),
    Grain.MONTH: later("%(count)s bulan terakhir"),
    Grain.QUARTER: later("%(count)s triwulan terakhir"),
    Grain.YEAR: later("%(count)s tahun terakhir"),
}

LANGUAGES = {Language.ID: "Indonesia", Language.EN: "English"}
"""Each called as its speakers call it."""

OPERATORS = {Operator.ABOVE: ">", Operator.AT_LEAST: "≥", Operator.BELOW: "<", Operator.AT_MOST: "≤"}

PROBLEMS = {
    "unauthenticated": later("Siapa yang bertanya belum diketahui"),
    "forbidden": later("Tidak boleh untuk peran ini"),
    "not-found": later("Tidak ditemukan"),
    "conflict": later("Tidak sesuai dengan yang sudah ada"),
    "invalid-input": later("Isian tidak dapat dipakai"),
    "too-much-work": later("Terlalu banyak pertanyaan sekaligus"),
    "unavailable": later("Sebagian Pesut sedang tidak tersedia"),
    "answering-off": later("Pesut sedang tidak menjawab"),
}
"""Titles of problems, by the last part of their type."""
