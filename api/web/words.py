"""Words of the pages that code chooses. They are written in Indonesian; the catalog of translations has the English."""

from pesut.contracts import Grain, Operator


def later(text: str) -> str:
    """Marks a text that a page translates when it is shown."""
    return text


EVIDENCE_KINDS = {
    "metric": later("Angka"),
    "reports": later("Laporan warga"),
    "documents": later("Dokumen"),
    "agencies": later("Perangkat daerah"),
    "budget_lines": later("Anggaran"),
}

COLUMNS = {
    "value": later("Nilai"),
    "previous": later("Sebelumnya"),
    "change": later("Selisih"),
    "change_ratio": later("Perubahan"),
    "period": later("Waktu"),
    "observed_at": later("Diamati"),
    "number": later("Nomor"),
    "title": later("Judul"),
    "excerpt": later("Kutipan"),
    "passage": later("Isi"),
    "submitted_at": later("Diterima"),
    "text": later("Isi"),
    "heading": later("Bagian"),
    "kind": later("Jenis"),
    "issued_on": later("Tanggal"),
    "code": later("Kode"),
    "name": later("Nama"),
    "mandate": later("Kewenangan"),
    "categories": later("Kategori"),
    "program": later("Program"),
    "year": later("Tahun"),
    "ceiling": later("Pagu"),
    "realised": later("Realisasi"),
    "left": later("Sisa"),
    "region": later("Wilayah"),
    "district": later("Kecamatan"),
    "village": later("Kelurahan"),
    "agency": later("Perangkat daerah"),
    "category": later("Kategori"),
    "status": later("Status"),
    "channel": later("Kanal"),
    "classification": later("Klasifikasi"),
    "item": later("Rincian"),
}
"""Titles of result columns; a column `x_name` is titled as `x`."""

SPANS = {
    Grain.HOUR: later("%(count)s jam terakhir"),
    Grain.DAY: later("%(count)s hari terakhir"),
    Grain.WEEK: later("%(count)s pekan terakhir"),
    Grain.MONTH: later("%(count)s bulan terakhir"),
    Grain.QUARTER: later("%(count)s triwulan terakhir"),
    Grain.YEAR: later("%(count)s tahun terakhir"),
}

OPERATORS = {Operator.ABOVE: ">", Operator.AT_LEAST: "≥", Operator.BELOW: "<", Operator.AT_MOST: "≤"}
