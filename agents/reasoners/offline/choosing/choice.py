"""A metric that was recognised, and by what."""

from dataclasses import dataclass
from enum import StrEnum

from pesut.contracts import Dimension


class How(StrEnum):
    """By what the metric was recognised."""

    NAMED = "named"
    TERM = "term"  # a category of reports stood alone
    ITEM = "item"  # a gauge or a commodity stood alone
    WORDS = "words"  # some words of its name
    TURN = "turn"  # a turn of phrase ("paling lambat menangani")
    PAIR = "pair"  # the two metrics that a ratio is of
    EARLIER = "earlier"  # the turn before


@dataclass(frozen=True)
class Choice:
    """Codes of the metrics that fit, best first: more than one only where they fit equally well. `dropped`: dimensions whose
    terms the metric itself now stands for. `unranked`, `ungrained`: the words that ranked, or told the steps, turned out to be the metric's. `opposite`: the highest was asked for, and the catalog has the lowest only, or the other way.
    """

    metrics: tuple[str, ...]
    how: How
    said: str = ""
    or_reports: bool = False  # the same words also name a category of reports
    dropped: tuple[Dimension, ...] = ()
    unranked: bool = False
    ungrained: bool = False
    opposite: bool = False
