"""How a field of a report was decided: what `report_state.decided` keeps for each field."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from pesut.contracts.base import Contract


class Task(StrEnum):
    """What is learned."""

    AGENCY = "agency"
    CATEGORY = "category"


class By(StrEnum):
    SOURCE = "source"  # the file or system that the report came from
    MODEL = "model"  # what was learned
    RULE = "rule"  # the city's words and mandates
    PERSON = "person"
    QUEUE = "queue"  # nobody yet: it waits for a person


class Candidate(Contract):
    """A value that may be meant, and how sure that is (0 to 1)."""

    value: str
    confidence: float


class Decision(Contract):
    """`how` says by what within `by` ("name", "similar", "addressed", "words", "agency of the category"), `said` the words that
    decided it; `version` is that of the model or of the rules. `person` and `at` tell who corrected it, and when.
    """

    by: By
    how: str = ""
    said: str = ""
    confidence: float | None = None
    version: str = ""
    candidates: tuple[Candidate, ...] = ()
    person: UUID | None = None
    at: AwareDatetime | None = None

    def stored(self) -> dict[str, Any]:
        """As JSON, without what is empty."""
        return self.model_dump(mode="json", exclude_defaults=True)
