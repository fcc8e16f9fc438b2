"""Units of measure in the language of the sentence."""

from decimal import Decimal

from pesut.contracts import Language

_ENGLISH = {
    "laporan": "reports",
    "orang": "people",
    "jiwa": "people",
    "warga": "residents",
    "pelapor": "reporters",
    "keluarga": "families",
    "rumah tangga": "households",
    "pelanggan": "customers",
    "kunjungan": "visits",
    "pasien": "patients",
    "kasus": "cases",
    "kendaraan": "vehicles",
    "lampu": "lamps",
    "titik": "points",
    "dokumen": "documents",
    "permohonan": "applications",
    "unit": "units",
    "buah": "items",
    "kali": "times",
    "kejadian": "events",
    "hari": "days",
    "jam": "hours",
    "menit": "minutes",
    "ton": "tons",
    "persen": "percent",
    "ekor": "head",
    "liter": "litres",
}


def unit_in(unit: str, language: Language, number: Decimal) -> str:
    """The unit as the catalog gives it, in English where the sentence is English and the word is a common one.

    A compound such as "laporan/hari" is translated word by word.
    """
    if language is Language.ID:
        return unit
    head, slash, rest = unit.partition("/")
    words = _ENGLISH.get(head.lower(), head)
    if number == 1 and words.endswith("s") and words != head:
        words = "person" if words == "people" else words.removesuffix("s")
    return words + slash + _ENGLISH.get(rest.lower(), rest).removesuffix("s" if rest.lower() in _ENGLISH else "")
