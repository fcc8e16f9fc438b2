"""What an agent found."""

from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from pesut.contracts.base import Contract


class Chart(Contract):
    """A Vega-Lite specification whose data name is the label of an evidence ("E1"); pages bind the rows themselves."""

    title: str
    evidence: str
    kind: Literal["line", "bar", "grouped_bar", "area", "table"]
    spec: dict[str, JsonValue]


class RegionMap(Contract):
    """Values of an evidence by region: `level` names the column that holds the region codes."""

    title: str
    evidence: str
    level: Literal["district", "village"]
    column: str = "value"


class CaveatKind(StrEnum):
    STALE = "stale"
    SAMPLE = "sample"
    THIN = "thin"
    NO_ROWS = "no_rows"
    ASSUMPTION = "assumption"
    UNCOVERED = "uncovered"
    CLIPPED = "clipped"
    RESTRICTED = "restricted"


class Caveat(Contract):
    """Something the reader must know, with the evidence it is about; the text may hold placeholders as a claim does."""

    kind: CaveatKind
    text: str
    evidence: str | None = None


class Agent(StrEnum):
    DATA_LOOKUP = "data_lookup"
    REPORT_ANALYSIS = "report_analysis"
    RECOMMENDATION = "recommendation"


class Quote(Contract):
    """Words worth quoting: characters `start` (inclusive) to `end` (exclusive) of `column` in row `row` of an evidence."""

    evidence: str
    row: int = Field(ge=0)
    column: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class Finding(Contract):
    """What one agent found for one step: labels of its evidence, charts, map, quotes and caveats."""

    agent: Agent
    step: int
    evidence: tuple[str, ...]
    charts: tuple[Chart, ...] = ()
    map: RegionMap | None = None
    quotes: tuple[Quote, ...] = ()
    caveats: tuple[Caveat, ...] = ()
