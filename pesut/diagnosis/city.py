"""The city's folder and the model that is set."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pesut.diagnosis.checks import Check, fine, note, wrong
from pesut.settings import Settings

if TYPE_CHECKING:
    from pesut.city.loader import FolderInspection

SHOWN_PROBLEMS = 5


def inspected(folder: Path) -> "FolderInspection":
    """As `pesut.city.loader.inspect_folder`, which takes a second, once for the folder as it is."""
    stamps = [(path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*")) if path.is_file()]
    return _inspected(folder, hash(tuple(stamps)))


@lru_cache(maxsize=2)
def _inspected(folder: Path, stamp: int) -> "FolderInspection":
    from pesut.city.loader import inspect_folder

    del stamp  # tells one state of the folder from another
    return inspect_folder(folder)


def city_checks(settings: Settings) -> Iterator[Check]:
    """Whether the city's folder and its catalog hold together."""
    found = inspected(settings.city)
    if found.folder is None:
        shown = "\n".join(found.problems[:SHOWN_PROBLEMS])
        yield wrong(
            "City", f"{len(found.problems)} faults in {settings.city}:\n{shown}", "`pesut catalog check` lists all."
        )
        return
    city = found.folder
    yield fine("City", f"{city.city.official_name.id}: {len(city.regions)} regions, {len(city.agencies)} agencies")
    yield fine("Catalog", f"{len(city.catalog.metrics)} metrics over {len(city.catalog.datasets)} datasets")
    if found.warnings:
        yield note("Catalog", f"{len(found.warnings)} warnings", "`pesut catalog check` lists them.")


def model_checks(settings: Settings) -> Iterator[Check]:
    if not settings.model:
        yield fine("Model", "none: the offline reasoner answers")
    else:
        place = f" at {settings.model_base_url}" if settings.model_base_url else ""
        yield fine("Model", f"{settings.model}{place}; the offline reasoner answers when it does not")
