"""Cases of the planning suite: what each question is to be taken for.

Those of `cases/` were written without looking at what any reasoner makes of them; `held_out/` is never mended against. The data
suite's questions are the answerable ones beside them.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from evals.data.cases import DataCase, ReadPart, parts_of, read_cases
from pesut.contracts import AnswerStatus, Contract
from pesut.errors import InvalidInputError
from pesut.evaluations.contracts import Part

CASES = Path(__file__).parent / "cases"


class Route(StrEnum):
    """What a question is taken for. The first two leave it unanswered."""

    CLARIFY = "clarify"
    ABSTAIN = "abstain"
    METRIC = "metric"
    REPORT = "report"
    DOCUMENT = "document"
    RECOMMEND = "recommend"
    STANDING = "standing"
    PATTERN = "pattern"


UNANSWERED = {Route.CLARIFY, Route.ABSTAIN}
ROUTE_OF = {
    AnswerStatus.CLARIFICATION: Route.CLARIFY,
    AnswerStatus.NO_DATA: Route.ABSTAIN,
    AnswerStatus.OUT_OF_SCOPE: Route.ABSTAIN,
    AnswerStatus.DECLINED: Route.ABSTAIN,
}


class PlanningCase(Contract):
    """`expect`: the routes that will do, the likeliest first; `why` says it to who reads the case."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    ask: str = Field(min_length=1)
    expect: tuple[Route, ...] = Field(min_length=1)
    why: str


class CaseFile(Contract):
    version: Literal[1]
    cases: tuple[PlanningCase, ...]


def read_planning(part: Part) -> Iterator[tuple[ReadPart, PlanningCase, tuple[str, ...]]]:
    """Every case with its part and the questions before it. Raises InvalidInputError naming each file that cannot be read."""
    for name in parts_of(part):
        for case in _written(name):
            yield name, case, ()
        for case in read_cases(name):
            yield name, _of_data(case), case.after


def _written(part: ReadPart) -> Iterator[PlanningCase]:
    faults: list[str] = []
    for path in sorted((CASES / part).glob("*.yml")):
        try:
            yield from CaseFile.model_validate(yaml.safe_load(path.read_text())).cases
        except (ValidationError, yaml.YAMLError) as error:
            faults.append(f"{path.name}: {error}")
    if faults:
        raise InvalidInputError("\n".join(faults), remedy="Mend the cases named.")


def _of_data(case: DataCase) -> PlanningCase:
    refused = [ROUTE_OF[status] for status in case.expect.status if status in ROUTE_OF]
    return PlanningCase(
        id=f"data_{case.id}", ask=case.phrasings[0], expect=tuple(refused) or _answered(case), why=case.kind
    )


def _answered(case: DataCase) -> tuple[Route, ...]:
    if case.expect.staff_review or "recommendation" in case.expect.agents:
        return (Route.RECOMMEND,)
    if case.kind == "documents":
        return (Route.DOCUMENT,)
    return (Route.REPORT, Route.PATTERN) if "report_analysis" in case.expect.agents else (Route.METRIC,)
