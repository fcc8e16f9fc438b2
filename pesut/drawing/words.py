"""Words for what evidence is and what its columns hold. They are written in Indonesian; a page may translate them."""

from pesut.contracts import BriefingPart


def later(text: str) -> str:
    """Marks a text that a page translates when it is shown."""
    return text


EVIDENCE_KINDS = {
    "metric": later("Angka"),
    "reports": later("Laporan warga"),
    "documents": later("Dokumen"),
    "agencies": later("Perangkat daerah"),
    "budget_lines": later("Anggaran"),
    "late_dispositions": later("Disposisi yang terlambat"),
    "due_decisions": later("Keputusan yang menunggu"),
    "report_handling": later("Penanganan laporan"),
    "overdue_reports": later("Laporan yang akan terlambat"),
    "silent_places": later("Kelurahan yang jarang melapor"),
    "unusual_reports": later("Laporan di luar kebiasaan"),
}

BRIEFING_PARTS = {
    BriefingPart.CROSSED: later("Baru melewati ambang"),
    BriefingPart.BEYOND: later("Masih melewati ambang"),
    BriefingPart.CHANGED: later("Yang berubah"),
    BriefingPart.GROWING: later("Laporan yang bertambah"),
    BriefingPart.LATE: later("Disposisi yang terlambat"),
    BriefingPart.DUE: later("Keputusan yang menunggu"),
}
"""In the order in which they are read."""

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
    "deadline": later("Tenggat"),
    "days_late": later("Hari terlambat"),
    "since": later("Sejak"),
    "place": later("Wilayah"),
    "open": later("Terbuka"),
    "overdue": later("Terbuka lewat tenggat"),
    "closed_late": later("Ditutup terlambat"),
    "answered_share": later("Sudah ditanggapi"),
    "median_response_hours": later("Median tanggapan"),
    "median_handling_hours": later("Median selesai"),
    "reopened": later("Dibuka kembali"),
    "reopened_share": later("Bagian dibuka kembali"),
    "days_left": later("Hari tersisa"),
    "late_share": later("Kemungkinan terlambat"),
    "alike": later("Serupa di masa lalu"),
    "alike_late_share": later("Di antaranya terlambat"),
    "inhabitants": later("Penduduk"),
    "expected_past": later("Menurut masa lalunya"),
    "ratio": later("Dibanding yang diharapkan"),
    "ratio_low": later("Paling sedikit"),
    "ratio_high": later("Paling banyak"),
    "last": later("Terakhir"),
    "silent": later("Diam"),
    "unplaced_share": later("Tanpa kelurahan"),
    "reporters": later("Pelapor"),
    "expected": later("Biasanya"),
    "usual_low": later("Biasanya paling sedikit"),
    "usual_high": later("Biasanya paling banyak"),
    "chance_share": later("Peluang kebetulan"),
    "unusual": later("Di luar kebiasaan"),
    "tested": later("Hitungan yang diperiksa"),
    "weeks": later("Minggu pembanding"),
}
"""Titles of result columns; a column `x_name` is titled as `x`."""
