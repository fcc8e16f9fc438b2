"""Labelled reports to learn from, wherever they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pesut.intake.receipt import digest_of
from pesut.reports.classification.decisions import Task
from pesut.reports.classification.learning import Lesson
from pesut.reports.classification.texts import ReportText, TextReader, addressed
from pesut.reports.classification.trial import Example


class Ordered(StrEnum):
    """What tells earlier reports from later ones."""

    DATE = "date"
    NUMBER = "number"  # of the report, where there is no date
    ROW = "row"  # of the file, where there is neither


@dataclass(frozen=True)
class LabelledReport:
    """`said` is the text as it came, `text` without what is personal; `labels` may lack a task, `weights` count it several times."""

    said: ReportText
    text: ReportText
    labels: Mapping[Task, str]
    moment: datetime | None = None
    key: str = ""
    weights: Mapping[Task, float] = field(default_factory=dict[Task, float])


@dataclass(frozen=True)
class LabelledReports:
    """In the order of their time, as `ordered` says. `notes` are for people."""

    reports: tuple[LabelledReport, ...]
    ordered: Ordered
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of all that is learned from."""
        return digest_of(
            [[each.text.whole, sorted(each.labels.items()), sorted(each.weights.items())] for each in self.reports]
        )

    def examples(self, task: Task, reader: TextReader) -> list[Example]:
        """The reports that have this label."""
        return [_example(each, task, reader) for each in self.reports if task in each.labels]


def _example(report: LabelledReport, task: Task, reader: TextReader) -> Example:
    said = report.said
    bare = ReportText(said.title, addressed(said.body)[1], said.others)
    lesson = Lesson(reader.read(report.text), report.labels[task], report.weights.get(task, 1.0))
    return Example(said.whole, bare.whole, lesson)


def in_order(reports: Sequence[LabelledReport], notes: Sequence[str] = ()) -> LabelledReports:
    """Sorted by date where nearly all have one, else by their number, else as they come. What is there twice is taken once."""
    once = list({(each.said.whole, tuple(sorted(each.labels.items()))): each for each in reports}.values())
    dated = [each for each in once if each.moment is not None]
    if len(dated) >= MOSTLY * len(once):
        return LabelledReports(tuple(sorted(dated, key=_moment)), Ordered.DATE, tuple(notes))
    if once and all(each.key.isdigit() for each in once):
        return LabelledReports(tuple(sorted(once, key=lambda each: int(each.key))), Ordered.NUMBER, tuple(notes))
    return LabelledReports(tuple(once), Ordered.ROW, tuple(notes))


MOSTLY = 0.9  # share of reports with a date, from which the others are left out rather than the dates


def _moment(report: LabelledReport) -> datetime:
    assert report.moment is not None
    return report.moment
