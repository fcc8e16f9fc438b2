"""Which lists a catalog has, and one entry of them with the place it came from."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pesut.catalog.crosschecks import Crosscheck
from pesut.catalog.marks import MarkedYaml, Step
from pesut.catalog.models import Dataset, Deadline, Indicator, Metric, Term


class Kind(NamedTuple):
    noun: str
    model: Any


LISTS: dict[str, Kind] = {
    "datasets": Kind("dataset", Dataset),
    "indicators": Kind("indicator", Indicator),
    "metrics": Kind("metric", Metric),
    "categories": Kind("category", Term),
    "statuses": Kind("status", Term),
    "channels": Kind("channel", Term),
    "classifications": Kind("classification", Term),
    "programs": Kind("program", Term),
    "deadlines": Kind("deadline", Deadline),
    "crosschecks": Kind("cross-check", Crosscheck),
}


@dataclass(frozen=True)
class Entry:
    """One validated entry of a list."""

    list: str
    value: Any
    file: MarkedYaml
    index: int

    @property
    def code(self) -> str:
        return self.value.code

    def at(self, *where: Step) -> str:
        return self.file.at((self.list, self.index, *where))

    def say(self, message: str, *where: Step) -> str:
        """A problem of this entry: file, line, what it is, and `message`."""
        return f"{self.at(*where)}: {LISTS[self.list].noun} '{self.code}': {message}"
