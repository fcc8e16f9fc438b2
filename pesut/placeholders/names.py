"""The names that stand behind codes."""

from pesut.city.models import City, Region, RegionLevel
from pesut.contracts import Dimension, Filter, Language
from pesut.placeholders.grammar import PlaceholderError
from pesut.placeholders.resolve import Sources

_PLACES = {Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE}
_AND = {Language.ID: "dan", Language.EN: "and"}
_BUT = {Language.ID: "selain", Language.EN: "other than"}


def name_of(code: str, dimension: Dimension, sources: Sources) -> str:
    """The name of a code of the city or its catalog, in the sentence's language. Raises PlaceholderError."""
    if dimension in _PLACES:
        return _region(code, sources).name
    if dimension is Dimension.AGENCY:
        agency = sources.gazetteer.agency(code)
        if agency is None:
            raise PlaceholderError(f"There is no agency {code}.")
        return agency.short_name or agency.name
    items = tuple(item for dataset in sources.catalog.datasets for item in dataset.items)
    terms = items if dimension is Dimension.ITEM else sources.catalog.terms(dimension)
    for term in terms:
        if term.code == code:
            return term.name.in_(sources.language)
    raise PlaceholderError(f"There is no {dimension} {code}.")


def place_of(code: str, sources: Sources) -> str:
    """A region with its title: "Kecamatan Sungai Pinang", "Kota Samarinda"."""
    region = _region(code, sources)
    if region.code == sources.city.root:
        return sources.city.official_name.in_(sources.language)
    return titled(region, sources.city, sources.language)


def titled(region: Region, city: City, language: Language) -> str:
    title = city.village_title if region.level is RegionLevel.VILLAGE else city.district_title
    said = title.in_(language)
    if language is Language.EN:
        return f"{region.name} {said}"
    return f"{said.title()} {region.name}"


def names_of(given: Filter, sources: Sources) -> str:
    """The names of a filter's values, joined: "DLH dan Dinas PUPR"."""
    written = [
        place_of(code, sources) if given.dimension in _PLACES else name_of(code, given.dimension, sources)
        for code in given.values
    ]
    said = joined(written, sources.language)
    return f"{_BUT[sources.language]} {said}" if given.exclude else said


def names_or_codes(given: Filter, sources: Sources) -> str:
    """As `names_of`; the codes themselves where one of them is not known by name."""
    try:
        return names_of(given, sources)
    except PlaceholderError:
        return ", ".join(given.values)


def joined(names: list[str], language: Language) -> str:
    """ "A", "A dan B", "A, B, dan C" """
    if len(names) < 3:
        return f" {_AND[language]} ".join(names)
    return ", ".join(names[:-1]) + f", {_AND[language]} {names[-1]}"


def _region(code: str, sources: Sources) -> Region:
    if region := sources.gazetteer.region(code):
        return region
    raise PlaceholderError(f"There is no region {code}.")
