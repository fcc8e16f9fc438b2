"""Names in files find the city's regions, agencies and terms, and never a wrong one."""

from collections.abc import Iterable

import pytest

from pesut.catalog.models import Term
from pesut.city.models import Agency, City, Region, RegionLevel
from pesut.contracts.base import LocalText
from pesut.intake.kinds.regions import dotted
from pesut.intake.kinds.registry import slug
from pesut.intake.names import AgencyNames, RegionNames, similar, term_names

TOWN = City(
    name="Batang", official_name=LocalText(id="Kota Batang"), head_title=LocalText(id="Wali Kota"), root="90.01",
    timezone="Asia/Jakarta", questions=("a", "b", "c"), words={"sei": "sungai", "gn": "gunung"},
)  # fmt: skip


def _regions() -> Iterable[Region]:
    yield Region(code="90.01", level=RegionLevel.CITY, name="Batang")
    for code, name in (("90.01.01", "Sungai Pinang"), ("90.01.02", "Muara")):
        yield Region(code=code, level=RegionLevel.DISTRICT, name=name, parent="90.01")
    villages = {
        "90.01.01.1001": ("Sungai Pinang Dalam", "90.01.01"),
        "90.01.01.1002": ("Sungai Pinang Luar", "90.01.01"),
        "90.01.01.1003": ("Mulyo", "90.01.01"),
        "90.01.02.1001": ("Muara", "90.01.02"),
        "90.01.02.1002": ("Mulyo", "90.01.02"),
        "90.01.02.1003": ("Gunung Lingai", "90.01.02"),
    }
    for code, (name, parent) in villages.items():
        aliases = ("Bengkuring",) if name == "Gunung Lingai" else ()
        yield Region(code=code, level=RegionLevel.VILLAGE, name=name, parent=parent, aliases=aliases)


NAMES = RegionNames(_regions(), TOWN)


@pytest.mark.parametrize(
    ("said", "level", "within", "code", "how"),
    [
        ("90.01.01.1001", None, None, "90.01.01.1001", "code"),
        ("9001011001", None, None, "90.01.01.1001", "code"),
        ("Kota Batang", None, None, "90.01", "name"),
        ("sei pinang", None, None, "90.01.01", "name"),
        ("Kec. Muara", None, None, "90.01.02", "name"),
        ("Kel. Muara", None, None, "90.01.02.1001", "name"),
        ("MUARA", None, None, "90.01.02", "name"),
        ("Muara", RegionLevel.VILLAGE, None, "90.01.02.1001", "name"),
        ("Mulyo", None, "90.01.02", "90.01.02.1002", "name"),
        ("Gn Lingai", None, None, "90.01.02.1003", "name"),
        ("bengkuring", None, None, "90.01.02.1003", "name"),
        ("Gunung Linggai", None, None, "90.01.02.1003", "similar"),
        ("Sungai Pinamg Dalam", None, None, "90.01.01.1001", "similar"),
    ],
)
def test_regions(said: str, level: RegionLevel | None, within: str | None, code: str, how: str) -> None:
    match = NAMES.find(said, level, within)
    assert (match.code, match.how) == (code, how)


@pytest.mark.parametrize("said", ["Mulyo", "Sungai Pinang Tengah", "Atlantis", "90.01.09", "9999", "", "Sungai"])
def test_regions_that_are_not_clear_or_not_there(said: str) -> None:
    match = NAMES.find(said)
    assert match.code is None
    assert match.why


AGENCIES = AgencyNames(
    [
        Agency(code="dlh", name="Dinas Lingkungan Hidup", short_name="DLH"),
        Agency(code="dpu", name="Dinas Pekerjaan Umum", aliases=("PUPR",)),
    ],
    TOWN,
)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("dlh", "dlh"),
        ("DINAS LINGKUNGAN HIDUP", "dlh"),
        ("Dinas Lingkungan Hidup Kota Batang", "dlh"),
        ("Dinas Lingkugan Hidup", "dlh"),
        ("pupr", "dpu"),
        ("Dinas Lingkungan Hidup Kota Semarang", None),
        ("Dinas Lingkungan Hidup Kabupaten Batang Hari", None),
        ("Dinas Pekerjaan Rumah", None),
        ("Dinas", None),
    ],
)
def test_agencies_of_other_cities_are_others(said: str, code: str | None) -> None:
    assert AGENCIES.find(said).code == code


def test_numbers_are_never_alike() -> None:
    assert similar("pos 12", "pos 13") == 0
    assert similar("sdn 001 hulu", "sdn 001 hullu") > 88


def test_terms_by_code_name_and_synonym() -> None:
    names = term_names([Term(code="flood", name=LocalText(id="Banjir", en="Floods"), synonyms=("calap",))])
    assert [names.find(said).code for said in ("flood", "BANJIR", "floods", "Calap", "api")] == ["flood"] * 4 + [None]


def test_codes_for_names() -> None:
    assert slug("Dinas Lingkungan Hidup (DLH)") == "dinas-lingkungan-hidup-dlh"
    assert slug("Dinas A", {"dinas-a"}).startswith("dinas-a-")
    assert slug("日本").startswith("x-")
    assert len(slug("a" * 500)) <= 120


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("6472011001", "64.72.01.1001"),
        ("647201", "64.72.01"),
        ("6472", "64.72"),
        ("64.72.01", "64.72.01"),
        ("X1", "X1"),
    ],
)
def test_codes_with_points(said: str, code: str) -> None:
    assert dotted(said) == code
