"""What one clause was read to want, before it is fitted to a metric."""

from dataclasses import dataclass, field

from agents.reasoners.offline.lexicon import Mention
from pesut.contracts import Comparison, Dimension, Grain, Operator, Show, Within
from pesut.language.periods import PeriodMention

PLACE = "place"  # a district, a village or an item with a place: settled with the metric
Group = Dimension | str


@dataclass(frozen=True)
class NamedPlace:
    """Regions that one mention stands for. `titled`: the word for their level stands before it."""

    mention: Mention
    said: str
    codes: tuple[str, ...]
    excluded: bool = False
    titled: bool = False


@dataclass(frozen=True)
class Places:
    """Regions named; `whole`: the whole city was named. `unknown` and `elsewhere`: names as typed."""

    named: tuple[NamedPlace, ...] = ()
    whole: bool = False
    unknown: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all regions asked for."""
        return tuple(dict.fromkeys(code for place in self.named if not place.excluded for code in place.codes))


@dataclass(frozen=True)
class Rank:
    """How results are ordered: `descending` None is for best or worst first, which the metric decides (`best`)."""

    descending: bool | None = True
    best: bool = True
    limit: int | None = None
    by_change: bool = False
    single: bool = False  # "which one": only the first counts
    whole: bool = False  # "urutkan": all of them
    within: Group | Within | None = None  # "3 kategori teratas di tiap kecamatan": so many of each


@dataclass(frozen=True)
class Amount:
    """ "di atas 50 ribu", "lebih dari 3 hari": in the words' own unit; `hours` when it was a length of time."""

    operator: Operator
    value: float | None = None
    hours: float | None = None
    percent: bool = False
    threshold: bool = False  # a threshold was named rather than a number


@dataclass(frozen=True)
class Wishes:
    """`terms` and `excluded` are codes by dimension; `items` pairs of dataset and code."""

    places: Places = Places()
    agencies: tuple[str, ...] = ()
    terms: dict[Dimension, tuple[str, ...]] = field(default_factory=dict[Dimension, tuple[str, ...]])
    excluded: dict[Dimension, tuple[str, ...]] = field(default_factory=dict[Dimension, tuple[str, ...]])
    items: tuple[tuple[str, str], ...] = ()
    items_said: str = ""
    listed: frozenset[Dimension] = frozenset()  # dimensions of which several mentions name something
    thresholds: tuple[tuple[str, str], ...] = ()
    period: PeriodMention | None = None
    period_words: str = ""
    more_periods: tuple[PeriodMention, ...] = ()
    baseline: PeriodMention | None = None
    comparison: Comparison | None = None
    change: bool = False
    grain: Grain | None = None
    trend: bool = False
    groups: tuple[Group, ...] = ()
    rank: Rank | None = None
    amount: Amount | None = None
    show: Show | None = None
    per_people: int | None = None  # "per 100.000 penduduk"
    average: bool = False
    share_of_city: bool = False
    counted: bool = False  # the clause before asks for a quantity, so that this one does too
