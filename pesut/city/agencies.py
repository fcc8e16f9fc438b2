"""Reads `agencies.yml`: the agencies of a city, what they are called and what they answer for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from pesut.catalog.marks import MarkedYaml, read_marked
from pesut.catalog.wording import explain
from pesut.city.models import Agency

AGENCIES = "agencies.yml"


@dataclass
class AgencyFile:
    """The agencies that could be read, by code in the order of the file, with their place in it.

    `codes` also holds those whose entry is faulty, so that what refers to them is not reported too.
    """

    agencies: dict[str, Agency] = field(default_factory=dict[str, Agency])
    places: dict[str, int] = field(default_factory=dict[str, int])
    codes: set[str] = field(default_factory=set[str])
    problems: list[str] = field(default_factory=list[str])
    file: MarkedYaml = field(default_factory=lambda: MarkedYaml(AGENCIES, None))

    def at(self, code: str, *where: str | int) -> str:
        return self.file.at(("agencies", self.places[code], *where))


def read_agencies(folder: Path) -> AgencyFile:
    """The agencies of `folder/agencies.yml`; whatever is wrong is told in `problems`."""
    path = folder / AGENCIES
    if not path.is_file():
        return AgencyFile(problems=[f"{AGENCIES}:1: there is no such file; it lists the city's agencies"])
    file = read_marked(path, AGENCIES)
    found = AgencyFile(problems=list(file.problems), file=file)
    if file.value is None and file.problems:
        return found
    listed: Any = (file.mapping or {}).get("agencies")
    if not isinstance(listed, list):
        found.problems.append(f"{AGENCIES}:1: the file must hold `agencies:`, a list")
        return found
    unknown = [key for key in file.mapping or {} if key != "agencies"]
    found.problems += [f"{file.at((key,))}: unknown key '{key}'; known is agencies" for key in unknown]
    for place, raw in enumerate(cast("list[Any]", listed)):
        _add(place, raw, found)
    return found


def _add(place: int, raw: Any, found: AgencyFile) -> None:
    code = str(cast("dict[str, Any]", raw).get("code", "?")) if isinstance(raw, dict) else "?"
    found.codes.add(code)
    try:
        agency = Agency.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            at = found.file.at(("agencies", place, *detail["loc"]))
            found.problems.append(f"{at}: agency '{code}': {explain(detail, Agency)}")
        return
    if code in found.agencies:
        at = found.file.at(("agencies", place, "code"))
        found.problems.append(f"{at}: agency '{code}': this code is already taken at {found.at(code, 'code')}")
        return
    found.agencies[code] = agency
    found.places[code] = place
