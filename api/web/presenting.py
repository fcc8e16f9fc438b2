"""Templates, and how values are written in them: numbers, moments and names in Indonesian."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_decimal
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pesut.city.models import City

HERE = Path(__file__).parent
LOCALE = "id_ID"
TITLES = {
    "metric": "Angka",
    "reports": "Laporan warga",
    "documents": "Dokumen",
    "agencies": "Perangkat daerah",
    "budget_lines": "Anggaran",
}


COLUMNS = {
    "value": "Nilai", "previous": "Sebelumnya", "change": "Selisih", "change_ratio": "Perubahan (bagian)", "period": "Waktu",
    "observed_at": "Diamati", "number": "Nomor", "title": "Judul", "excerpt": "Kutipan", "submitted_at": "Diterima",
    "text": "Isi", "heading": "Bagian", "kind": "Jenis", "issued_on": "Tanggal", "code": "Kode", "name": "Nama",
    "mandate": "Kewenangan", "categories": "Kategori", "program": "Program", "year": "Tahun", "ceiling": "Pagu",
    "realised": "Realisasi", "left": "Sisa", "region": "Kode wilayah", "region_name": "Wilayah",
    "district": "Kode kecamatan", "district_name": "Kecamatan", "village": "Kode kelurahan",
    "village_name": "Kelurahan", "agency": "Kode perangkat daerah", "agency_name": "Perangkat daerah",
    "category": "Kode kategori", "category_name": "Kategori", "status": "Kode status", "status_name": "Status",
    "item": "Kode rincian", "item_name": "Rincian",
}  # fmt: skip


def templates_for(city: City) -> Jinja2Templates:
    """The pages' templates with the city's names and its time zone."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    shared: dict[str, Any] = {"city": city, "language": "id", "titles": TITLES, "columns": COLUMNS, "sample": False}
    environment.globals |= shared
    environment.filters |= {"local": _local(city), "cell": cell}
    return Jinja2Templates(env=environment)


def cell(value: object) -> str:
    """A value of a result as a table shows it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return format_decimal(value, locale=LOCALE)
    return str(value)


def _local(city: City) -> Callable[[datetime], str]:
    def local(moment: datetime) -> str:
        there = moment.astimezone(city.zone)
        return f"{format_datetime(there, 'd MMMM yyyy HH.mm', locale=LOCALE)} {there.tzname()}"

    return local
