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


def templates_for(city: City) -> Jinja2Templates:
    """The pages' templates with the city's names and its time zone."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    shared: dict[str, Any] = {"city": city, "language": "id", "titles": TITLES, "sample": False}
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
