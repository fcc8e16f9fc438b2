"""Reads a city's folder: who the city is, its places, agencies, catalog and documents, held against each other."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import orjson
from pydantic import ValidationError

from pesut.catalog.loader import catalog_version, inspect_catalog
from pesut.catalog.marks import read_marked
from pesut.catalog.models import Catalog
from pesut.catalog.wording import explain
from pesut.city.agencies import read_agencies
from pesut.city.checks import problems_between
from pesut.city.documents import Document, read_documents
from pesut.city.models import Agency, City, Region
from pesut.city.regions import read_regions
from pesut.errors import CatalogError

CITY = "city.yml"


@dataclass(frozen=True)
class CityFolder:
    """A whole city as its folder tells it; everything it names exists."""

    city: City
    regions: tuple[Region, ...]
    agencies: tuple[Agency, ...]
    catalog: Catalog
    documents: tuple[Document, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over what the database keeps of the folder: the same for the same content, whatever the files' layout."""
        lists = {"regions": self.regions, "agencies": self.agencies, "documents": self.documents}
        body = {name: [each.model_dump(mode="json") for each in values] for name, values in lists.items()}
        return sha256(orjson.dumps(body | {"catalog": catalog_version(self.catalog)})).hexdigest()


@dataclass
class FolderInspection:
    """What was found in a city's folder. `folder` is None where `problems` keep it from being used; `warnings` do not."""

    folder: CityFolder | None = None
    problems: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])


def read_city(folder: Path) -> City:
    """`folder/city.yml` alone. Raises CatalogError with file and line of every fault in it."""
    city, problems = _read_city(folder)
    if city is None or problems:
        raise CatalogError(problems)
    return city


def read_folder(folder: Path) -> CityFolder:
    """The whole folder. Raises CatalogError whose `problems` name every fault of every file at once, with its line."""
    found = inspect_folder(folder)
    if found.folder is None:
        raise CatalogError(found.problems)
    return found.folder


def inspect_folder(folder: Path) -> FolderInspection:
    """As `read_folder`, but tells problems and warnings instead of raising."""
    if not folder.is_dir():
        return FolderInspection(problems=[f"{folder}: there is no such folder; `pesut init {folder}` writes one"])
    city, problems = _read_city(folder)
    places = read_regions(folder)
    agencies = read_agencies(folder)
    catalog = inspect_catalog(folder / "catalog", agencies.codes)
    between = problems_between(folder, city, places, agencies, catalog.catalog)
    known = [category.code for category in catalog.catalog.categories] if catalog.catalog else None
    papers = read_documents(folder, agencies.codes, known)
    problems += places.problems + agencies.problems + catalog.problems + between + papers.problems
    if problems or city is None or catalog.catalog is None:
        return FolderInspection(problems=problems, warnings=catalog.warnings)
    whole = CityFolder(
        city=city,
        regions=tuple(places.regions.values()),
        agencies=tuple(agencies.agencies.values()),
        catalog=catalog.catalog,
        documents=tuple(papers.documents.values()),
    )
    return FolderInspection(folder=whole, warnings=catalog.warnings)


def _read_city(folder: Path) -> tuple[City | None, list[str]]:
    path = folder / CITY
    if not path.is_file():
        return None, [f"{CITY}:1: there is no such file in {folder}; it says who the city is"]
    file = read_marked(path, CITY)
    problems = list(file.problems)
    try:
        return City.model_validate(file.value), problems
    except ValidationError as error:
        wrong = [(detail["loc"], explain(detail, City)) for detail in error.errors()]
        return None, problems + [f"{file.at(where)}: {message}" for where, message in wrong] * (not problems)
