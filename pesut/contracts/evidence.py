"""What an answer rests on, in a form that can be run again."""

from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import orjson
from pydantic import AwareDatetime, Field, JsonValue

from pesut.contracts.base import Code, Contract, Language, Period, Row
from pesut.contracts.principal import Scope
from pesut.contracts.queries import Query


class ValueFormat(StrEnum):
    """How a metric's values are written for people."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"  # a fraction, shown times 100
    RUPIAH = "rupiah"
    DURATION = "duration"  # hours, shown as days and hours


class Measure(Contract):
    """What the `value` column holds: the metric's name in both languages, its unit and how to write it."""

    metric: Code
    name_id: str
    name_en: str
    unit: str = ""
    format: ValueFormat = ValueFormat.DECIMAL
    decimals: int = Field(default=2, ge=0, le=6)

    def name(self, language: Language) -> str:
        return self.name_en if language is Language.EN else self.name_id


class DatasetReference(Contract):
    code: Code
    title: str
    agency: Code
    agency_name: str


class Freshness(Contract):
    """How old a dataset's newest value was at `as_of`, against its promised limit (both ISO 8601 durations, seconds).

    `oldest` is looked for only where nothing was observed in the period asked for, to tell "none" from "not yet recorded".
    """

    dataset: Code
    newest: AwareDatetime | None
    oldest: AwareDatetime | None = None
    age_seconds: float | None
    limit_seconds: float
    stale: bool


class Derivation(Contract):
    """A named method of the code through which the rows of an SQL statement went, with its parameters; see `pesut.evidence.methods`."""

    method: Code
    parameters: dict[str, JsonValue] = Field(default_factory=dict)


class Evidence(Contract):
    """One stored, replayable result.

    `label` ("E1") names it within its answer. `sql` runs with `parameters` (JSON values; times as ISO strings) under `scope`
    and gives `result` again (after the method of `derivation`, where there is one), whose canonical JSON has the SHA-256 `digest`. `observed` spans the moments that the rows used
    speak of; `as_of` is the moment of knowledge. `sample` says that sample data went in.
    """

    id: UUID
    run_id: UUID
    label: str
    kind: str
    query: Query
    sql: str
    parameters: dict[str, JsonValue]
    derivation: Derivation | None = None
    datasets: tuple[DatasetReference, ...]
    measure: Measure | None = None
    observed: Period | None = None
    freshness: tuple[Freshness, ...] = ()
    as_of: AwareDatetime
    row_count: int
    result: tuple[Row, ...]
    digest: str
    catalog_version: str
    code_version: str
    scope: Scope
    sample: bool = False


class Replay(Contract):
    """The outcome of running an evidence's SQL again."""

    evidence_id: UUID
    same: bool
    digest: str
    replayed_digest: str
    replayed_at: AwareDatetime
    difference: tuple[str, ...] = ()


def digest_of(rows: tuple[Row, ...] | list[Row]) -> str:
    """SHA-256 over the rows' canonical JSON: keys sorted, no spaces, UTF-8. Row order counts."""
    return sha256(orjson.dumps(list(rows), option=orjson.OPT_SORT_KEYS)).hexdigest()
