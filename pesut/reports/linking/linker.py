"""Links reports one after another, in the order of time, each to the most similar one that is known.

Reports that are linked form a group around its first: as many links as reports, however many copies come.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from heapq import nlargest
from uuid import UUID

from pesut.reports.linking.likeness import Rarity, Weights, likeness
from pesut.reports.linking.telling import Telling

VERSION = "1"  # of the rules; kept with each link
NEAR_EQUAL = 0.6  # likeness from which on two texts are one text with small changes
WORDY = 8  # words that a text has to have for that
UNMISTAKABLE = 15  # words that nobody writes the same by chance, wherever it is
COPIED_WITHIN = timedelta(days=14)
SAME_MATTER = (
    0.25  # likeness from which on, in one village, category and SAME_WITHIN, the matter is one: see docs/reports.md
)
SAME_WITHIN = timedelta(days=3)
FEWEST_TEXTS = 200  # below, nobody knows which words are rare, and only copies are linked
RAREST = 8  # words by which copies are looked for: near-equal texts share some of them


class How(StrEnum):
    """Why a report is linked."""

    FIRST = "first"  # to itself: nothing like it came before
    TEXT = "text"  # near-equal text
    MATTER = "matter"  # same matter, place and time


@dataclass(frozen=True)
class Link:
    """That `report` tells what `like` tells (itself where nothing does), in the group that began with `first`."""

    report: UUID
    first: UUID
    like: UUID
    how: How
    likeness: float


@dataclass(frozen=True)
class _Known:
    telling: Telling
    weights: Weights
    first: Telling


@dataclass(frozen=True)
class _Likeness:
    known: _Known
    value: float


class Linker:
    """`rarity` is that of words in the city's reports. Reports older than COPIED_WITHIN are forgotten."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._by_word: defaultdict[str, list[_Known]] = defaultdict(list)
        self._by_place: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)
        self._firsts: dict[UUID, Telling] = {}

    def remember(self, telling: Telling, first: UUID, how: How) -> None:
        """A report that was linked before. Where the first of its group is not known, nothing joins that group any more."""
        if first == telling.id:
            self._firsts[first] = telling
        if how is not How.TEXT and (known := self._firsts.get(first)):
            self._keep(_Known(telling, self._rarity.weigh(telling.words), known))

    def link(self, telling: Telling) -> Link:
        weights = self._rarity.weigh(telling.words)
        if copied := self._copied(telling, weights):  # which stands for nothing that its original does not stand for
            return _link(telling, copied, How.TEXT)
        same = self._same_matter(telling, weights)
        self._keep(_Known(telling, weights, same.known.first if same else telling))
        if same:
            return _link(telling, same, How.MATTER)
        self._firsts[telling.id] = telling
        return Link(telling.id, telling.id, telling.id, How.FIRST, 1.0)

    def _copied(self, telling: Telling, weights: Weights) -> _Likeness | None:
        if len(telling.words) < WORDY:
            return None
        candidates = {id(each): each for word in _rarest(weights) for each in _fresh(self._by_word[word], telling)}
        return _best(weights, (each for each in candidates.values() if _may_be_copy(telling, each)), NEAR_EQUAL)

    def _same_matter(self, telling: Telling, weights: Weights) -> _Likeness | None:
        if not (telling.village and telling.category) or self._rarity.texts < FEWEST_TEXTS:
            return None
        there = _fresh(self._by_place[telling.village, telling.category], telling)
        return _best(weights, (each for each in there if _may_be_same(telling, each)), SAME_MATTER)

    def _keep(self, known: _Known) -> None:
        for word in _rarest(known.weights):
            self._by_word[word].append(known)
        if known.telling.village and known.telling.category:
            self._by_place[known.telling.village, known.telling.category].append(known)


def _link(telling: Telling, found: _Likeness, how: How) -> Link:
    return Link(telling.id, found.known.first.id, found.known.telling.id, how, round(found.value, 3))


def _rarest(weights: Weights) -> list[str]:
    return nlargest(RAREST, sorted(weights), key=lambda word: weights[word])


def _fresh(known: list[_Known], telling: Telling) -> list[_Known]:
    """Those that are not forgotten; the others leave the list."""
    known[:] = [each for each in known if telling.submitted_at - each.telling.submitted_at <= COPIED_WITHIN]
    return known


def _may_be_copy(telling: Telling, known: _Known) -> bool:
    words = min(len(telling.words), len(known.telling.words))
    near = abs(telling.submitted_at - known.telling.submitted_at) <= COPIED_WITHIN
    return near and (words >= UNMISTAKABLE or (words >= WORDY and not telling.contradicts(known.telling)))


def _may_be_same(telling: Telling, known: _Known) -> bool:
    """Counted from the group's first, so that a flood of weeks does not become one matter report by report."""
    near = abs(telling.submitted_at - known.first.submitted_at) <= SAME_WITHIN
    return near and not telling.contradicts(known.telling)


def _best(weights: Weights, candidates: Iterable[_Known], at_least: float) -> _Likeness | None:
    """The most similar one; of several the first known."""
    scored = (_Likeness(each, likeness(weights, each.weights)) for each in candidates)
    best = max(scored, key=lambda each: each.value, default=None)
    return best if best and best.value >= at_least else None
