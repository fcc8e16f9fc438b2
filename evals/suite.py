"""What a suite is: cases, a way to ask one, and an evaluator that scores what was kept of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic_evals import Case
from pydantic_evals.evaluators import EvaluationReason, Evaluator
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.base import Reasoner
from evals.asking import Asker
from pesut.city.loader import CityFolder
from pesut.contracts import Answer, Contract
from pesut.evaluations.contracts import About, Part
from pesut.settings import Settings

SuiteCase = Case[Any, Any, About]
Checks = dict[str, EvaluationReason | str | float]
"""What an evaluator returns: by name whether it holds, and why not; a name "number/3" is of the kind `number`. Beside them what else
is told of an outcome ("expected", "got", "topic", "confidence" …), of all checks or of one: "category/1:expected".
"""


class Material(Contract):
    """All that scoring needs of a case, so that a run can be scored again without asking again."""

    answer: Answer | None = None


@dataclass(frozen=True)
class Ground:
    """What suites stand on: a database that holds the city of `folder`, and the reasoner under test."""

    settings: Settings
    folder: CityFolder
    asker: Asker
    reasoner: Callable[[], Reasoner]


class Suite(Protocol):
    """A suite whose cases can be asked."""

    @property
    def cases(self) -> Sequence[SuiteCase]: ...

    async def ask(self, inputs: Any, key: str) -> Material:
        """What comes of a case's inputs; the same `key` again finds the same answer. Raises what asking raises."""
        ...


@dataclass(frozen=True)
class SuiteKind:
    """A suite as it is known by its name. `opened` reads its cases, which raises InvalidInputError for malformed ones;
    `evaluator` may read what a run's material refers to; each case is asked `repetitions` times.
    """

    opened: Callable[[Ground, Part], AbstractAsyncContextManager[Suite]]
    material: type[Material]
    evaluator: Callable[[AsyncEngine], Evaluator[Any, Any, About]]
    repetitions: int = 1


def held(faults: Sequence[str]) -> EvaluationReason:
    """One check: it holds where there are no faults."""
    return EvaluationReason(value=not faults, reason="\n".join(faults) or None)
