"""Questions such as a mayor asks, made of the names in the city's own catalog."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from typing import TypeVar

from pesut.catalog.models import Metric, ObservationMetric, ReportMetric
from pesut.city.loader import CityFolder
from pesut.city.models import Region, RegionLevel
from pesut.contracts import Dimension

EACH = 3  # questions of a kind
T = TypeVar("T")


def questions(folder: CityFolder) -> list[str]:
    """The city's own questions, and for each kind of question some metrics far apart in the catalog; the same for the same
    city. Kinds: a count, a comparison in a district, districts side by side, a ranking, months of a year, a present value,
    reports themselves, and what should be done.
    """
    return list(dict.fromkeys((*folder.city.questions, *_made(folder))))


def _made(folder: CityFolder) -> Iterator[str]:
    metrics = folder.catalog.metrics
    placed = [each for each in metrics if Dimension.DISTRICT in folder.catalog.dimensions_of(each)]
    district, village = folder.city.district_title.id, folder.city.village_title.id
    districts = cycle(_districts(folder) or [folder.city.name])
    for metric in _spread(metrics):
        yield f"Berapa {_said(metric)} bulan lalu?"
    for metric in _spread(placed):
        yield f"Berapa {_said(metric)} di {district} {next(districts)} bulan lalu dibanding tahun lalu?"
    for metric in _spread(placed[::-1]):
        yield f"{_said(metric)} per {district} tahun ini".capitalize()
    for metric in _spread([each for each in placed if isinstance(each, ReportMetric)]):
        yield f"5 {village} dengan {_said(metric)} tertinggi tahun ini"
    for metric in _spread(metrics[::-1]):
        yield f"{_said(metric)} per bulan tahun lalu".capitalize()
    for metric in _spread([each for each in metrics if isinstance(each, ObservationMetric)]):
        yield f"Berapa {_said(metric)} sekarang?"
    for category in _spread(folder.catalog.categories):
        yield f"Tunjukkan laporan terbaru tentang {category.name.id.lower()} di {district} {next(districts)}"
    for category in _spread(folder.catalog.categories[::-1]):
        yield f"Apa yang sebaiknya dilakukan soal {category.name.id.lower()} di {district} {next(districts)}?"


def _districts(folder: CityFolder) -> list[str]:
    regions: Sequence[Region] = folder.regions
    return [region.name for region in regions if region.level is RegionLevel.DISTRICT]


def _said(metric: Metric) -> str:
    name = metric.name.id
    return name[:1].lower() + name[1:]


def _spread(items: Sequence[T]) -> Iterator[T]:
    """At most EACH of them, evenly from the first to the last."""
    return islice(items[:: max(len(items) // EACH, 1)], EACH)
