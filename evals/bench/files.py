"""Files such as a city imports, filled with made-up rows in the words of its own catalog."""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pesut.catalog.models import Catalog, Indicator, Item
from pesut.city.loader import CityFolder
from pesut.city.models import RegionLevel

_WORDS = ("air", "jalan", "rusak", "sudah", "lama", "mohon", "ditangani", "warga", "depan", "pasar", "malam", "terus")


def write_observations(path: Path, folder: CityFolder, rows: int, until: datetime) -> None:
    """A value an hour, backwards from `until`, of every series in turn."""
    series = _series(folder.catalog)
    dice = random.Random(rows)
    hours = ((place // len(series), series[place % len(series)]) for place in range(rows))
    _write(
        path,
        ("Indikator", "Pos", "Tanggal", "Nilai"),
        (
            (indicator.code, item.code if item else "", _moment(until - timedelta(hours=hour)), dice.randint(0, 999))
            for hour, (indicator, item) in hours
        ),
    )


def write_reports(path: Path, folder: CityFolder, rows: int, until: datetime) -> None:
    """A report a minute, backwards from `until`, each of some thirty words, of every category and village in turn."""
    categories = [category.name.id for category in folder.catalog.categories]
    places = [region.code for region in folder.regions if region.level is RegionLevel.VILLAGE]
    dice = random.Random(rows)
    _write(
        path,
        ("ID Laporan", "Isi Laporan", "Tanggal", "Kategori", "Kelurahan", "Pelapor"),
        (
            (
                f"B-{place:07}", " ".join(dice.choices(_WORDS, k=30)), _moment(until - timedelta(minutes=place)),
                _turn(categories, place), _turn(places, place), f"warga {place % 997}",
            )
            for place in range(rows)
        ),
    )  # fmt: skip


def _series(catalog: Catalog) -> list[tuple[Indicator, Item | None]]:
    found: list[tuple[Indicator, Item | None]] = []
    for indicator in catalog.indicators:
        dataset = catalog.dataset(indicator.dataset)
        items: Sequence[Item | None] = (dataset.items if dataset else ()) or (None,)
        found += [(indicator, item) for item in items]
    return found


def _turn(values: Sequence[str], place: int) -> str:
    return values[place % len(values)] if values else ""


def _moment(moment: datetime) -> str:
    return moment.strftime("%d/%m/%Y %H:%M")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
