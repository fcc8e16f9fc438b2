"""Reads `regions.csv` and `aliases.yml`: the places of a city and the other names people give them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pesut.catalog.marks import MarkedYaml, read_marked
from pesut.catalog.wording import explain, nearest
from pesut.city.models import Region, RegionLevel

REGIONS = "regions.csv"
ALIASES = "aliases.yml"
REQUIRED = ("code", "level", "name")
OPTIONAL = ("parent", "latitude", "longitude", "area_km2")
ABOVE = {RegionLevel.DISTRICT: RegionLevel.CITY, RegionLevel.VILLAGE: RegionLevel.DISTRICT}


@dataclass
class RegionFile:
    """The regions that could be read, by code in the order of the file, with the line each stands on.

    `broken` are the codes of those that could not, so that what refers to them is not reported too.
    """

    regions: dict[str, Region] = field(default_factory=dict[str, Region])
    broken: set[str] = field(default_factory=set[str])
    lines: dict[str, int] = field(default_factory=dict[str, int])
    problems: list[str] = field(default_factory=list[str])

    def say(self, code: str, message: str) -> None:
        self.problems.append(f"{REGIONS}:{self.lines[code]}: region '{code}': {message}")


def read_regions(folder: Path) -> RegionFile:
    """The regions of `folder/regions.csv` with their aliases; whatever is wrong is told in `problems`."""
    found = RegionFile()
    for line, row in _rows(folder / REGIONS, found.problems):
        _add(line, row, found)
    for code, region in found.regions.items():
        _check_parent(code, region, found)
    _add_aliases(folder / ALIASES, found)
    return found


def _rows(path: Path, problems: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    if not path.is_file():
        problems.append(f"{REGIONS}:1: there is no such file; it lists code, level, name and parent of each region")
        return
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        problems.append(f"{REGIONS}:1: the file is not UTF-8 text (byte {error.start})")
        return
    reader = csv.DictReader(lines, strict=True, restkey="", restval="")
    if wrong := _header_problems(list(reader.fieldnames or [])):
        problems += wrong
        return
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        problems.append(f"{REGIONS}:{reader.line_num}: not valid CSV: {error}")


def _header_problems(header: list[str]) -> list[str]:
    known = [*REQUIRED, *OPTIONAL]
    found = [f"{REGIONS}:1: the column '{name}' is missing" for name in REQUIRED if name not in header]
    found += [f"{REGIONS}:1: unknown column '{name}'{nearest(name, known)}" for name in header if name not in known]
    return found


def _add(line: int, row: dict[str, Any], found: RegionFile) -> None:
    code = row["code"] or "?"
    if row.pop("", None):
        found.problems.append(f"{REGIONS}:{line}: region '{code}': the line has more values than columns")
        return
    if code in found.regions:
        found.problems.append(
            f"{REGIONS}:{line}: region '{code}': this code is already taken on line {found.lines[code]}"
        )
        return
    try:
        region = Region.model_validate({name: value for name, value in row.items() if value != ""})
    except ValidationError as error:
        wrong = [explain(detail, Region) for detail in error.errors()]
        found.problems += [f"{REGIONS}:{line}: region '{code}': {each}" for each in wrong]
        found.broken.add(code)
        return
    found.regions[code] = region
    found.lines[code] = line


def _check_parent(code: str, region: Region, found: RegionFile) -> None:
    level = ABOVE.get(region.level)
    if level is None:
        if region.parent is not None:
            found.say(code, f"a {region.level} has no parent, but '{region.parent}' is given")
    elif region.parent is None:
        found.say(code, f"a {region.level} needs a parent, the code of its {level}")
    elif region.parent in found.broken:
        return
    elif (parent := found.regions.get(region.parent)) is None:
        found.say(code, f"there is no parent '{region.parent}'{nearest(region.parent, _codes(level, found))}")
    elif parent.level is not level:
        found.say(code, f"the parent of a {region.level} must be a {level}, but '{parent.code}' is a {parent.level}")


def _codes(level: RegionLevel, found: RegionFile) -> list[str]:
    return [code for code, region in found.regions.items() if region.level is level]


def _add_aliases(path: Path, found: RegionFile) -> None:
    if not path.is_file():
        return
    file = read_marked(path, ALIASES)
    found.problems += file.problems
    for code, names in _alias_lists(file, found.problems):
        at = file.at(("regions", code))
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnknownVariableType]
            found.problems.append(f"{at}: region '{code}': its other names must be a list of texts")
        elif code in found.broken:
            continue
        elif (region := found.regions.get(code)) is None:
            found.problems.append(f"{at}: there is no region '{code}'{nearest(code, list(found.regions))}")
        else:
            found.regions[code] = region.model_copy(update={"aliases": tuple(names)})  # pyright: ignore[reportUnknownArgumentType]


def _alias_lists(file: MarkedYaml, problems: list[str]) -> list[tuple[str, Any]]:
    if file.value is None:
        return []
    regions: Any = (file.mapping or {}).get("regions")
    if not isinstance(regions, dict):
        problems.append(f"{file.label}:1: the file must hold `regions:`, lists of other names by region code")
        return []
    unknown = [key for key in file.mapping or {} if key != "regions"]
    problems += [f"{file.at((key,))}: unknown key '{key}'; known is regions" for key in unknown]
    return [(str(code), names) for code, names in regions.items()]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
