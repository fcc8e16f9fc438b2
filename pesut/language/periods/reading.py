"""What the period readers share: the words, the moment, and what one of them found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pesut.language.periods.moments import Stretch, Unit
from pesut.language.periods.vocabulary import LINKS, UNITS


@dataclass(frozen=True)
class Found:
    """A stretch read from the words up to `end` (exclusive).

    `moves`: it is told by what came before ("bulan sebelumnya"): so many of its units from the period spoken of.
    `yearless`: it named no year, so a range may give it one.
    `ends`: the two that "dari … ke …" or "antara … dan …" named, where they may be set against each other.
    """

    end: int
    stretch: Stretch
    moves: int = 0
    yearless: bool = False
    ends: tuple[Stretch, Stretch] | None = None


@dataclass(frozen=True)
class Words:
    """The standard words of a question, and where a mark parts them (`breaks[i]`: before word i)."""

    words: Sequence[str]
    breaks: Sequence[bool]
    now: datetime
    country: str

    def at(self, place: int, *, joined: bool = True) -> str:
        """The word at `place`; "" past the end or, when `joined`, beyond a mark."""
        if not 0 <= place < len(self.words) or (joined and self.breaks[place]):
            return ""
        return self.words[place]

    def unit(self, place: int) -> Unit | None:
        return UNITS.get(self.at(place, joined=False))

    def skip_links(self, place: int) -> int:
        """Past words such as "of the" or "pada"."""
        while self.at(place) in LINKS:
            place += 1
        return place
