"""Reports that a person wrote and labelled: what the generator of the sample city does not know of its own."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from pesut.contracts import Contract
from pesut.errors import InvalidInputError

LABELLED = Path(__file__).parent / "labelled.yml"


class LabelledReport(Contract):
    """`urgency` by the definitions in the file's head."""

    urgency: Literal["emergency", "high", "normal"]
    title: str
    body: str = Field(min_length=1)


class CorrectedReport(Contract):
    """A report that a person corrected: at least one of the two is theirs."""

    number: str
    body: str = Field(min_length=1)
    category: str | None = None
    agency: str | None = None

    @model_validator(mode="after")
    def _is_labelled(self) -> "CorrectedReport":
        if not (self.category or self.agency):
            raise ValueError("neither category nor agency was corrected")
        return self


class LabelledFile(Contract):
    version: Literal[1]
    reports: tuple[LabelledReport, ...]


def read_labelled() -> tuple[LabelledReport, ...]:
    """Raises InvalidInputError where the file cannot be read."""
    try:
        return LabelledFile.model_validate(yaml.safe_load(LABELLED.read_text("utf-8"))).reports
    except (ValidationError, yaml.YAMLError) as error:
        raise InvalidInputError(f"{LABELLED.name}: {error}", remedy="Mend the reports named.") from error
