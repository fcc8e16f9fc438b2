"""Words of charts and caveats, in both languages."""

from pesut.city.models import City
from pesut.contracts import Dimension, Language

_WORDS = {
    "now": ("periode ini", "this period"),
    "before": ("pembanding", "compared period"),
    "by": ("per", "by"),
    "and": (" dan ", " and "),
    "hour": ("jam", "hour"),
    "day": ("hari", "day"),
    "week": ("pekan", "week"),
    "month": ("bulan", "month"),
    "quarter": ("triwulan", "quarter"),
    "year": ("tahun", "year"),
}

_DIMENSIONS = {
    Dimension.REGION: ("wilayah", "region"),
    Dimension.AGENCY: ("perangkat daerah", "agency"),
    Dimension.CATEGORY: ("kategori", "category"),
    Dimension.STATUS: ("status", "status"),
    Dimension.CHANNEL: ("kanal", "channel"),
    Dimension.CLASSIFICATION: ("klasifikasi", "classification"),
    Dimension.ITEM: ("rincian", "item"),
    Dimension.PROGRAM: ("program", "programme"),
}


def words(key: str, language: Language) -> str:
    indonesian, english = _WORDS[key]
    return english if language is Language.EN else indonesian


def dimension_title(dimension: Dimension, city: City, language: Language) -> str:
    """What the city calls it: its districts and villages have titles of their own."""
    if dimension in {Dimension.DISTRICT, Dimension.VILLAGE}:
        return (city.district_title if dimension is Dimension.DISTRICT else city.village_title).in_(language)
    indonesian, english = _DIMENSIONS[dimension]
    return english if language is Language.EN else indonesian
