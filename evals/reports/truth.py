"""Reports made up as the sample city's are, by another seed, with what is really true of each: nothing ever learned from them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field

from pesut.city.loader import CityFolder
from pesut.contracts import Contract
from pesut.sample.copying import unescaped
from pesut.sample.reports import TABLES, Rows
from pesut.sample.story import Story, make_story

SEED = 7_1945
NOW = datetime(2025, 7, 1, tzinfo=UTC)  # fixed, so that every night asks the same
SCALE = 0.25  # of the sample: 5,000 reports in 27 months
_COLUMNS = {table: columns.split(", ") for table, columns in TABLES.items()}


class Truth(Contract):
    """Of a made-up report. `named`: whether its words name the village; `matter`: the number of the report that told it first,
    where others tell it too.
    """

    category: str
    agency: str
    classification: str
    region: str
    named: bool
    issue: str = ""
    matter: str = Field(default="", alias="same_matter_as")
    campaign: str = ""
    flood: bool = False


@dataclass(frozen=True)
class Told:
    """A report as it was told."""

    number: str
    title: str
    body: str
    address: str
    submitted_at: datetime
    truth: Truth


def made_up(path: Path, folder: CityFolder, scale: float = SCALE) -> Iterator[Told]:
    """Reports in the order of time; `path` is that of the city's `folder`. Raises NotFoundError for one without a sample."""
    story = make_story(path, folder, NOW, scale, SEED)
    for rows in story.reports().blocks(story.outliner().outlines()):
        yield from _told(rows, story)


def _told(rows: Rows, story: Story) -> Iterator[Told]:
    classes = {row["report_id"]: row["classification"] for row in _lines(rows, "report_state")}
    for row, true in zip(_lines(rows, "report"), _lines(rows, "sample_truth"), strict=True):
        truth = json.loads(true["truth"])
        named = story.spec.words.mentions[truth["mention"]].names_region
        known = {name: truth[name] for name in ("category", "agency", "region", *_SOMETIMES & truth.keys())}
        yield Told(
            number=row["number"],
            title=row["title"],
            body=row["body"],
            address=row["address"],
            submitted_at=datetime.fromisoformat(row["submitted_at"]),
            truth=Truth(flood="flood" in truth, classification=classes[row["id"]], named=named, **known),
        )


_SOMETIMES = {"issue", "same_matter_as", "campaign"}


def _lines(rows: Rows, table: str) -> Iterator[dict[str, str]]:
    for line in rows.lines[table]:
        cells = (unescaped(cell) or "" for cell in line.rstrip("\n").split("\t"))
        yield dict(zip(_COLUMNS[table], cells, strict=True))
