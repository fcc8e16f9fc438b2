"""What a row may tell of a report, and what people call that."""

from pesut.intake.fields import Field, FieldType
from pesut.intake.kinds.registry import PLACE_FIELDS

REPORT_FIELDS = (
    Field(
        "key", FieldType.NAME,
        ("id", "id laporan", "tracking id", "trackingid", "no laporan", "nomor laporan", "nomor aduan", "kode laporan",
         "service request id", "ticket", "tiket"),
    ),
    Field("number", FieldType.NAME, ("nomor", "no tiket", "nomor tiket")),
    Field("title", FieldType.NAME, ("judul", "judul laporan", "perihal", "subjek", "subject")),
    Field(
        "body", FieldType.TEXT,
        ("text", "isi", "isi laporan", "laporan", "isi aduan", "aduan", "uraian", "deskripsi", "description", "keluhan",
         "pesan", "content"),
        required=True, blank=True,
    ),
    Field(
        "submitted_at", FieldType.MOMENT,
        ("tanggal", "tgl", "waktu", "tanggal laporan", "tanggal masuk", "tanggal lapor", "waktu lapor", "tanggal aduan",
         "date", "created at", "requested datetime", "tanggal dibuat"),
        required=True,
    ),
    Field(
        "agency", FieldType.NAME,
        ("instansi", "opd", "skpd", "dinas", "instansi terdisposisi", "disposisi", "unit kerja", "agency responsible",
         "perangkat daerah", "tujuan"),
    ),
    Field("category", FieldType.NAME, ("kategori", "topik", "jenis laporan", "bidang", "service name", "topic")),
    Field("classification", FieldType.NAME, ("klasifikasi", "klasifikasi laporan", "tipe laporan", "jenis aduan")),
    Field("status", FieldType.NAME, ("status laporan", "status tindak lanjut")),
    Field("channel", FieldType.NAME, ("kanal", "saluran", "sumber aduan", "media", "via")),
    Field("reporter", FieldType.NAME, ("pelapor", "nama pelapor", "nama", "pengadu", "no hp", "telepon", "email", "user id")),
    Field("reporter_name", FieldType.NAME),  # masked where the text says it, and not kept
    Field("address", FieldType.NAME, ("alamat", "lokasi kejadian", "alamat kejadian", "lokasi laporan")),
    Field("latitude", FieldType.DEGREES, ("lat", "lintang")),
    Field("longitude", FieldType.DEGREES, ("lon", "lng", "long", "bujur")),
    Field("responded_at", FieldType.MOMENT, ("tanggal respon", "tanggal respons", "tanggal tindak lanjut", "waktu respon")),
    Field("closed_at", FieldType.MOMENT, ("tanggal selesai", "waktu selesai", "tanggal tutup", "closed")),
    Field("source", FieldType.NAME, ("sumber", "sistem", "asal")),
    *PLACE_FIELDS,
)  # fmt: skip
