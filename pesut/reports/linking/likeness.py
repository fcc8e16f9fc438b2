"""How much two reports say the same: the cosine of their words, each weighted by how rare it is in the city's reports."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt

Weights = Mapping[str, float]
"""A report's words with their weights, of length 1."""


class Rarity:
    """Inverse document frequencies, smoothed as in scikit-learn: ln((1 + n) / (1 + df)) + 1."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self.texts = 0
        for words in texts:
            self._counts.update(words)
            self.texts += 1

    def of(self, word: str) -> float:
        return log((1 + self.texts) / (1 + self._counts[word])) + 1

    def weigh(self, words: frozenset[str]) -> Weights:
        raw = {word: self.of(word) for word in words}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {word: weight / length for word, weight in raw.items()}


def likeness(one: Weights, other: Weights) -> float:
    """0 (no word in common) to 1 (the same words)."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    return sum(weight * many[word] for word, weight in few.items() if word in many)
