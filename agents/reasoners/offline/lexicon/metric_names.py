"""The names of metrics as single words, and how telling each word is among them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from pesut.catalog.models import Catalog
from pesut.language.common import SMALL_WORDS, ordinary_words
from pesut.language.stems import stems_of
from pesut.language.tokens import words_of

_LIGHTEST = 0.5
_OFTEN = 3
_COUNTING = frozenset(["jumlah", "angka", "nilai", "tingkat", "total", "banyak", "number", "count"])


@dataclass(frozen=True)
class MetricNames:
    """`phrases`: metric code with the telling words of one of its names."""

    phrases: tuple[tuple[str, tuple[str, ...]], ...]
    weights: Mapping[str, float]

    def weight(self, word: str) -> float:
        """How telling a word is: the fewer metrics use it, the more."""
        return max((self.weights.get(stem, _LIGHTEST) for stem in stems_of(word)), default=_LIGHTEST)


def metric_names(catalog: Catalog, spelling: Mapping[str, str]) -> MetricNames:
    phrases: dict[tuple[str, tuple[str, ...]], None] = {}
    for metric in catalog.metrics:
        for name in (metric.name.id, metric.name.en, *metric.synonyms):
            words = tuple(word for word in words_of(name, spelling) if word.isalpha() and word not in SMALL_WORDS)
            if words:
                phrases[(metric.code, words)] = None
    return MetricNames(tuple(phrases), _weights(tuple(phrases)))


def _weights(phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, float]:
    users = {(code, stem) for code, words in phrases for word in words for stem in stems_of(word)}
    seen = Counter(stem for _, stem in users)
    metrics = max(len({code for code, _ in phrases}), 2)
    return {stem: log(1 + metrics / count) * _plainness(stem, count) for stem, count in seen.items()}


def _plainness(stem: str, count: int) -> float:
    if stem in _COUNTING:
        return 0.2
    return 0.5 if count > _OFTEN and stem in ordinary_words() else 1.0
