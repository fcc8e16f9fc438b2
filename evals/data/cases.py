"""Cases of the data suite: a question in several wordings, and the rows it must rest on by SQL of the case's own.

The SQL is written for the case from the tables alone, not by the code under test. It may use the parameters :now (the
moment of the answer, timestamptz), :tz (the city's zone) and :today (the city's date at that moment).
"""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from pesut.contracts import AnswerStatus, Contract
from pesut.errors import InvalidInputError
from pesut.evaluations.contracts import Part

CASES = Path(__file__).parent / "cases"
ReadPart = Literal["open", "held_out"]


class Table(Contract):
    """Rows that some evidence of the answer must equal in `columns` (names as in a MetricQuery's result)."""

    columns: tuple[str, ...] = Field(min_length=1)
    ordered: bool = False
    sql: str


class Expectation(Contract):
    """`status`: any of these will do. `agents`: agents that must have taken part."""

    status: tuple[AnswerStatus, ...] = (AnswerStatus.ANSWERED,)
    tables: tuple[Table, ...] = ()
    agents: tuple[str, ...] = ()
    staff_review: bool = False


class DataCase(Contract):
    """`after` are the questions asked before in the same conversation."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    kind: str
    phrasings: tuple[str, ...] = Field(min_length=3)
    after: tuple[str, ...] = ()
    expect: Expectation


def parts_of(part: Part) -> tuple[ReadPart, ...]:
    return ("open", "held_out") if part == "all" else (part,)


def read_cases(part: ReadPart) -> list[DataCase]:
    """All cases of one part, in order of file and place. Raises InvalidInputError naming file and case of each fault."""
    cases: list[DataCase] = []
    faults: list[str] = []
    for path in sorted((CASES / part).glob("*.yml")):
        for number, raw in enumerate(yaml.safe_load(path.read_text()) or (), start=1):
            try:
                cases.append(DataCase.model_validate(raw))
            except ValidationError as error:
                faults.append(f"{path.name}, case {number}: {error}")
    names = [case.id for case in cases]
    faults += [f"the case {name!r} stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
    if faults:
        raise InvalidInputError("\n".join(faults), remedy="Mend the cases named.")
    return cases
