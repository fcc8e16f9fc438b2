"""A report as it is compared with others: its words, its place, its time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from pesut.city.models import Region, RegionLevel
from pesut.reports.classification.texts import TextReader
from pesut.reports.classification.words import Phrases, stem_of

SHORTEST = 3  # letters of a word
LONGEST = 4_000  # characters: what a report is about is said before
_NUMBERED = re.compile(r"\b(rt|rw|blok|gang|gg|no|nomor|km)\W{0,2}0*(\w+)", re.IGNORECASE)
_HOUSEHOLDS = re.compile(r"rt\d+")  # the smallest place that people name: RT 12 is not RT 21


@dataclass(frozen=True)
class Telling:
    """`village` is the code of the village where that is known or named, else None; `category` as decided, else None. `words` are
    stems in standard spelling, and numbered places as one word ("rt12").
    """

    id: UUID
    submitted_at: datetime
    village: str | None
    category: str | None
    words: frozenset[str]

    @cached_property
    def households(self) -> frozenset[str]:
        return frozenset(word for word in self.words if _HOUSEHOLDS.fullmatch(word))

    def contradicts(self, other: "Telling") -> bool:
        """Whether both name their place, and not the same."""
        villages = {self.village, other.village} - {None}
        apart = bool(self.households and other.households) and not self.households & other.households
        return len(villages) > 1 or apart


class TellingReader:
    """Reads rows of reports; `regions` are the city's."""

    def __init__(self, reader: TextReader, regions: Sequence[Region]) -> None:
        villages = [region for region in regions if region.level is RegionLevel.VILLAGE]
        self._reader = reader
        self._within = {each.code: each.parent for each in villages}
        self._named = Phrases(reader, ((name, each.code) for each in villages for name in (each.name, *each.aliases)))

    def read(self, row: Mapping[str, Any]) -> Telling:
        """`row`: id, title, body, address, submitted_at, region_code, category."""
        told = ". ".join((row["title"], row["body"][:LONGEST], row["address"]))
        evened = self._reader.evened(told)
        words = {stem_of(word) for word in evened.split() if len(word) >= SHORTEST}
        words |= {f"{kind.lower()}{number.lower()}" for kind, number in _NUMBERED.findall(told)}
        village = self._village(row["region_code"], evened)
        return Telling(row["id"], row["submitted_at"], village, row["category"], frozenset(words))

    def _village(self, region: str | None, evened: str) -> str | None:
        """The one that is known, else the only one that the words name (in the district that is known, if one is)."""
        if region in self._within:
            return region
        named = {each.value for each in self._named.find(evened)}
        if region in self._within.values():
            named = {village for village in named if self._within[village] == region}
        return named.pop() if len(named) == 1 else None
