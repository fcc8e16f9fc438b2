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
class MetricName:
    """One name of a metric: its telling words, each as stems with their weight; `whole` is the weight of all."""

    metric: str
    words: tuple[tuple[frozenset[str], float], ...]
    whole: float

    def covered(self, said: frozenset[str]) -> float:
        """The weight of those of its words that are among what was said."""
        return sum(weight for stems, weight in self.words if stems & said)


@dataclass(frozen=True)
class MetricNames:
    names: tuple[MetricName, ...]
    weights: Mapping[str, float]

    def weight(self, word: str) -> float:
        """How telling a word is: the fewer metrics use it, the more."""
        return _weight(word, self.weights)


def metric_names(catalog: Catalog, spelling: Mapping[str, str]) -> MetricNames:
    phrases: dict[tuple[str, tuple[str, ...]], None] = {}
    for metric in catalog.metrics:
        for name in (metric.name.id, metric.name.en, *metric.synonyms):
            words = tuple(word for word in words_of(name, spelling) if word.isalpha() and word not in SMALL_WORDS)
            if words:
                phrases[(metric.code, words)] = None
    weights = _weights(tuple(phrases))
    names = [(code, tuple((stems_of(word), _weight(word, weights)) for word in words)) for code, words in phrases]
    return MetricNames(
        tuple(MetricName(code, words, sum(weight for _, weight in words)) for code, words in names), weights
    )


def _weight(word: str, weights: Mapping[str, float]) -> float:
    return max((weights.get(stem, _LIGHTEST) for stem in stems_of(word)), default=_LIGHTEST)


def _weights(phrases: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, float]:
    users = {(code, stem) for code, words in phrases for word in words for stem in stems_of(word)}
    seen = Counter(stem for _, stem in users)
    metrics = max(len({code for code, _ in phrases}), 2)
    return {stem: log(1 + metrics / count) * _plainness(stem, count) for stem, count in seen.items()}


def _plainness(stem: str, count: int) -> float:
    if stem in _COUNTING:
        return 0.2
    return 0.5 if count > _OFTEN and stem in ordinary_words() else 1.0
