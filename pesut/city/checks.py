"""Holds the files of a city's folder against each other: what one names, another must list."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from pesut.catalog.compiler.places import PLACES
from pesut.catalog.compiler.validation import metric_of, validate
from pesut.catalog.marks import read_marked
from pesut.catalog.models import Catalog
from pesut.catalog.wording import nearest
from pesut.city.agencies import AgencyFile
from pesut.city.models import City, RegionLevel
from pesut.city.regions import RegionFile
from pesut.city.tiles import trend_query, value_query
from pesut.errors import MetricQueryError


def problems_between(
    folder: Path, city: City | None, places: RegionFile, agencies: AgencyFile, catalog: Catalog | None
) -> list[str]:
    """The faults that show only when several files are read; what could not be read is left out."""
    found = [*_root(folder, city, places), *_item_regions(folder, places)]
    if catalog is None:
        return found
    of_city = [*_tiles(folder, city, places, catalog), *_sources(folder, city, catalog)] if city else []
    return [*found, *_categories(agencies, catalog), *of_city]


def _root(folder: Path, city: City | None, places: RegionFile) -> Iterator[str]:
    if city is None or not places.regions or city.root in places.broken:
        return
    root = places.regions.get(city.root)
    if root is not None and root.level is RegionLevel.CITY:
        return
    at = read_marked(folder / "city.yml", "city.yml").at(("root",))
    if root is None:
        yield f"{at}: root: regions.csv has no region '{city.root}'{nearest(city.root, list(places.regions))}"
    else:
        yield f"{at}: root: the region '{city.root}' must be of level city, but it is a {root.level}"


def _categories(agencies: AgencyFile, catalog: Catalog) -> Iterator[str]:
    known = [category.code for category in catalog.categories]
    for code, agency in agencies.agencies.items():
        for place, category in enumerate(agency.categories):
            if category not in known:
                at = agencies.at(code, "categories", place)
                yield f"{at}: agency '{code}': there is no category '{category}'{nearest(category, known)}"


def _tiles(folder: Path, city: City, places: RegionFile, catalog: Catalog) -> Iterator[str]:
    """Tiles that ask for what their metric does not offer, name a region that is not there, or share a code."""
    file, now = read_marked(folder / "city.yml", "city.yml"), datetime.now(UTC)
    codes = [tile.code for tile in city.tiles]
    for place, tile in enumerate(city.tiles):
        at = f"{file.at(('tiles', place))}: tile '{tile.code}'"
        if tile.code in codes[:place]:
            yield f"{at}: another tile has this code"
        try:
            for query in (value_query(tile, now, city.zone), trend_query(tile, now, city.zone)):
                validate(query, metric_of(query, catalog), catalog, now, city.zone)
        except MetricQueryError as error:
            yield f"{at}: {error}"
        for region in (each for part in tile.filters if part.dimension in PLACES for each in part.values):
            if region not in {*places.regions, *places.broken}:
                yield f"{at}: there is no region '{region}'{nearest(region, list(places.regions))}"


def _sources(folder: Path, city: City, catalog: Catalog) -> Iterator[str]:
    """Sources of reports that name a category which is not there, or share a code."""
    file, known = read_marked(folder / "city.yml", "city.yml"), [category.code for category in catalog.categories]
    codes = [source.code for source in city.open311.sources]
    for place, source in enumerate(city.open311.sources):
        at = f"{file.at(('open311', 'sources', place))}: source '{source.code}'"
        if source.code in codes[:place]:
            yield f"{at}: another source has this code"
        for category in source.services.values():
            if category not in known:
                yield f"{at}: there is no category '{category}'{nearest(category, known)}"


def _item_regions(folder: Path, places: RegionFile) -> Iterator[str]:
    """Items that stand in a region which is not there. Read from the files again, since only those know the lines."""
    known = {*places.regions, *places.broken}
    for path in sorted((folder / "catalog").glob("*.yml")):
        file = read_marked(path, f"catalog/{path.name}")
        for place, dataset in enumerate(_maps((file.mapping or {}).get("datasets"))):
            for order, item in enumerate(_maps(dataset.get("items"))):
                region = item.get("region")
                if isinstance(region, str) and region not in known:
                    at = file.at(("datasets", place, "items", order, "region"))
                    what = f"dataset '{dataset.get('code')}', item '{item.get('code')}'"
                    yield f"{at}: {what}: there is no region '{region}'{nearest(region, list(known))}"


def _maps(raw: Any) -> list[dict[str, Any]]:
    """The mappings of a list; anything else was reported where the catalog was read (an empty one keeps the count)."""
    if not isinstance(raw, list):
        return []
    return [cast("dict[str, Any]", each) if isinstance(each, dict) else {} for each in cast("list[Any]", raw)]
