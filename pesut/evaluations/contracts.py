"""What an evaluation run is ordered, plans, and keeps."""

from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime

from pesut.contracts.base import Contract

Part = Literal["open", "held_out", "all"]


class EvaluationOrder(Contract):
    """What to ask. `suites`: none named means all there are; `part`: which cases, where a suite parts them; `model`: the one to ask instead of the one in the settings;
    `nightly`: whether nobody stands by.
    """

    suites: tuple[str, ...] = ()
    part: Part = "all"
    model: str | None = None
    nightly: bool = False


class About(Contract):
    """What a case is about. `topic`: what its wordings share, so that they do not count as independent of each other."""

    topic: str
    kind: str
    part: str
    question: str


class PlannedCase(Contract):
    """A case of a suite, asked for the `repetition`th time (from 1)."""

    suite: str
    name: str
    repetition: int = 1
    about: About


class Outcome(Contract):
    """One thing that was looked at: right, or why not. `evidence`: the ids of what the answer rests on; `expected` and `got`:
    labels, where the suite gives any, and `confidence` how sure the label is (0 to 1); `tokens` and `usd`: what the whole answer took of a model.
    """

    name: str
    kind: str
    part: str
    topic: str = ""
    question: str = ""
    right: bool
    faults: tuple[str, ...] = ()
    answer: str = ""
    status: str = ""
    evidence: tuple[UUID, ...] = ()
    run_id: UUID | None = None
    seconds: float = 0.0
    degraded: bool = False
    expected: str = ""
    got: str = ""
    confidence: float | None = None
    tokens: int = 0
    usd: float = 0.0


class KeptCase(PlannedCase):
    """A case as it is kept; `material` is None until it was asked, or when it could not be (`error`)."""

    number: int
    material: dict[str, Any] | None = None
    outcomes: tuple[Outcome, ...] = ()
    error: str = ""
    seconds: float | None = None
    finished_at: AwareDatetime | None = None


class EvaluationStatus(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Versions(Contract):
    """What a run speaks of."""

    catalog_version: str
    code_version: str
    data_digest: str


class KeptRun(Versions):
    """A run as it stands; times are UTC."""

    id: UUID
    wanted: EvaluationOrder
    status: EvaluationStatus
    error: str = ""
    started_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    cases: int = 0
    done: int = 0
