"""Words of charts and caveats, in both languages."""

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
    Dimension.DISTRICT: ("kecamatan", "district"),
    Dimension.VILLAGE: ("kelurahan", "village"),
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


def dimension_title(dimension: Dimension, language: Language) -> str:
    indonesian, english = _DIMENSIONS[dimension]
    return english if language is Language.EN else indonesian
