"""Reads a catalog from a folder of YAML files and holds it to its own rules."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

import orjson
from pydantic import TypeAdapter, ValidationError

from pesut.catalog.checks import Checked, problems_of, warnings_of
from pesut.catalog.entries import LISTS, Entry
from pesut.catalog.marks import MarkedYaml, read_marked
from pesut.catalog.models import Catalog, Indicator, ObservationMetric
from pesut.catalog.wording import explain
from pesut.errors import CatalogError

_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind.model) for name, kind in LISTS.items()}


@dataclass
class Inspection:
    """What was found in a catalog's folder. `catalog` is None where `problems` keep it from being used; `warnings` do not."""

    catalog: Catalog | None = None
    problems: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])
    broken: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])


def load_catalog(folder: Path, agencies: Collection[str] = ()) -> Catalog:
    """Merge all `folder/*.yml` into one cross-checked catalog.

    `agencies` are the codes that producers must be among; empty leaves producers unchecked. Raises CatalogError whose
    `problems` name every fault at once, each as `catalog/metrics.yml:41: metric 'x': …`.
    """
    found = inspect_catalog(folder, agencies)
    if found.catalog is None:
        raise CatalogError(found.problems)
    return found.catalog


def inspect_catalog(folder: Path, agencies: Collection[str] = ()) -> Inspection:
    """As `load_catalog`, but tells problems and warnings instead of raising."""
    found = Inspection()
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        found.problems.append(f"{folder}: no *.yml file in this folder")
        return found
    files = [read_marked(path, f"{folder.name}/{path.name}") for path in paths]
    found.problems += [problem for file in files for problem in file.problems]
    entries = _with_units([entry for file in files for entry in _entries(file, found)])
    population, source = _population(files, found)
    catalog = _assemble(entries, population)
    found.problems += problems_of(Checked(catalog, entries, agencies, found.broken, source))
    found.problems.sort(key=_place)
    found.warnings += sorted(warnings_of(entries), key=_place)
    found.catalog = None if found.problems else catalog
    return found


def catalog_version(catalog: Catalog) -> str:
    """SHA-256 over the catalog's canonical JSON: the same for the same content, however it is spread over files."""
    body = catalog.model_dump(mode="json")
    for name in LISTS:
        body[name].sort(key=itemgetter("code"))
    return sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _place(problem: str) -> tuple[str, int]:
    label, line, _ = problem.split(":", 2)
    return label, int(line)


def _entries(file: MarkedYaml, found: Inspection) -> Iterator[Entry]:
    if file.value is None:
        return
    if file.mapping is None:
        found.problems.append(f"{file.label}:1: the file must hold lists by name: {', '.join(LISTS)}")
        return
    for name, raw in file.mapping.items():
        if name == "population":
            continue
        if name not in LISTS:
            found.problems.append(
                f"{file.at((name,))}: unknown list '{name}'; known are {', '.join(LISTS)}, population"
            )
        elif not isinstance(raw, list):
            found.problems.append(f"{file.at((name,))}: '{name}' must be a list")
        else:
            for index, item in enumerate(cast("list[Any]", raw)):
                if entry := _entry(file, name, index, item, found):
                    yield entry


def _entry(file: MarkedYaml, name: str, index: int, raw: Any, found: Inspection) -> Entry | None:
    try:
        return Entry(list=name, value=_ADAPTERS[name].validate_python(raw), file=file, index=index)
    except ValidationError as error:
        code = str(cast("dict[str, Any]", raw).get("code", "?")) if isinstance(raw, dict) else "?"
        found.broken.add((name, code))
        for detail in error.errors():
            where = (name, index, *detail["loc"])
            found.problems.append(
                f"{file.at(where)}: {LISTS[name].noun} '{code}': {explain(detail, LISTS[name].model)}"
            )
        return None


def _population(files: list[MarkedYaml], found: Inspection) -> tuple[str | None, str]:
    """The code of the population metric, and where it is named."""
    named = [file for file in files if file.mapping and "population" in file.mapping]
    if not named:
        return None, ""
    file, *others = named
    source = file.at(("population",))
    found.problems += [f"{other.at(('population',))}: population is already named at {source}" for other in others]
    code = file.mapping["population"] if file.mapping else None
    if not isinstance(code, str):
        found.problems.append(f"{source}: population must be the code of a metric")
        return None, source
    return code, source


def _assemble(entries: list[Entry], population: str | None) -> Catalog:
    """The entries are validated one by one already; validating them again would cost half of the loading time."""
    lists: dict[str, Any] = {name: tuple(entry.value for entry in entries if entry.list == name) for name in LISTS}
    return Catalog.model_construct(None, **lists, population=population)


def _with_units(entries: list[Entry]) -> list[Entry]:
    """Give metrics over observations the unit of their indicator where they state none."""
    units = {entry.code: entry.value.unit for entry in entries if isinstance(entry.value, Indicator)}
    return [_with_unit(entry, units) for entry in entries]


def _with_unit(entry: Entry, units: dict[str, str]) -> Entry:
    metric = entry.value
    if not isinstance(metric, ObservationMetric) or metric.unit or metric.counts:
        return entry
    return replace(entry, value=metric.model_copy(update={"unit": units.get(metric.indicator, "")}))
