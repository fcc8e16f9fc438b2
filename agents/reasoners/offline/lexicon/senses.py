"""What words of a question may mean."""

from dataclasses import dataclass
from enum import StrEnum

_REFUSED = ("personal_", "elsewhere")


class Kind(StrEnum):
    METRIC = "metric"
    TERM = "term"
    ITEM = "item"
    THRESHOLD = "threshold"
    REGION = "region"
    AGENCY = "agency"
    LEVEL = "level"  # the word for a district or a village
    CUE = "cue"  # a turn of phrase from cues.yml
    PERIOD = "period"
    ELSEWHERE = "elsewhere"  # a place outside the city


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that some words may mean: `code` of the catalog or the gazetteer, or the name of a cue.

    `within`: the dimension of a term, the dataset of an item, the metric of a threshold. `partly`: only a part of its name
    was given ("Sempaja" for "Sempaja Timur").
    """

    kind: Kind
    code: str
    within: str = ""
    partly: bool = False

    @property
    def is_personal(self) -> bool:
        """Whether it only counts where a detail of a person is asked for."""
        return self.kind is Kind.CUE and self.code.startswith("personal_")


@dataclass(frozen=True, slots=True)
class Mention:
    """The tokens `start` to `end` (exclusive) with what they may mean, best-fitting senses only."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    quality: float

    @property
    def length(self) -> int:
        return self.end - self.start

    def of(self, kind: Kind) -> tuple[Sense, ...]:
        return tuple(sense for sense in self.senses if sense.kind is kind)

    def cue(self, *names: str) -> bool:
        return any(sense.kind is Kind.CUE and sense.code in names for sense in self.senses)

    @property
    def is_turn(self) -> bool:
        """Whether it is a turn of phrase that says what is wanted; not one that is only there to be refused."""
        return any(sense.kind is Kind.CUE and not sense.code.startswith(_REFUSED) for sense in self.senses)

    def covers(self, other: "Mention") -> bool:
        return self.start <= other.start and other.end <= self.end
