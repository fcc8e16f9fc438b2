"""What all contracts share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import uuid_utils.compat
from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue, StringConstraints, model_validator

Code = Annotated[str, StringConstraints(pattern=r"^[\w.\-/ ]{1,120}$")]
"""A code of the city's own: of a metric, a region, an agency, a category."""

Row = dict[str, JsonValue]
"""One row of a result: column name to JSON value."""


class Contract(BaseModel):
    """Immutable, closed data that crosses a boundary as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="iso8601")


class Language(StrEnum):
    ID = "id"
    EN = "en"


class LocalText(Contract):
    """A text in Indonesian and, where someone gave it, in English."""

    id: str
    en: str = ""

    def in_(self, language: Language) -> str:
        return (self.en or self.id) if language is Language.EN else self.id


EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing that is told of lies before it; a period that begins with it has no beginning to speak of."""


class Period(Contract):
    """A stretch of time, `start` inclusive and `end` exclusive, both aware; calendar bounds lie in the city's zone."""

    start: AwareDatetime
    end: AwareDatetime

    @model_validator(mode="after")
    def _runs_forward(self) -> "Period":
        if self.start >= self.end:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self


def new_id() -> UUID:
    """A fresh UUIDv7: unique, and ordered by the time it was made."""
    return uuid_utils.compat.uuid7()


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)
