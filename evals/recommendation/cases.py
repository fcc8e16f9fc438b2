"""Cases of the recommendation suite: a situation, and what a proposal for it must hold and may not say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from pesut.contracts import Contract
from pesut.errors import InvalidInputError

CASES = Path(__file__).parent / "cases"


class Counted(Contract):
    """A number of reports that the facts must hold; `place` is a region's code, all of the city where it is left out."""

    category: str
    place: str = ""
    period: Literal["last_month", "this_year", "days_30"]


class Situation(Contract):
    """`agencies` have the mandate: each option is for one of them. Of the `papers` one at least is cited (a name in the file's list);
    `says` are words that the facts hold; `forbid` are words that nothing of the proposal may hold.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    ask: str = Field(min_length=1)
    agencies: tuple[str, ...] = Field(min_length=1)
    reports: Counted | None = None
    papers: str = ""
    says: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


class SituationFile(Contract):
    """`papers`: titles by the name under which cases refer to them."""

    version: Literal[1]
    papers: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    cases: tuple[Situation, ...]


class Wanted(Contract):
    """A situation with the titles of its papers."""

    situation: Situation
    papers: tuple[str, ...]


def read_situations() -> Iterator[Wanted]:
    """In order of file and place. Raises InvalidInputError naming each file that cannot be read."""
    faults: list[str] = []
    for path in sorted(CASES.glob("*.yml")):
        try:
            file = SituationFile.model_validate(yaml.safe_load(path.read_text("utf-8")))
            yield from (
                Wanted(situation=each, papers=file.papers[each.papers] if each.papers else ()) for each in file.cases
            )
        except (ValidationError, yaml.YAMLError, KeyError) as error:
            faults.append(f"{path.name}: {error}")
    if faults:
        raise InvalidInputError("\n".join(faults), remedy="Mend the cases named.")
