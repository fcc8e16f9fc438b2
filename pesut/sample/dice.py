"""Seeded chance that is cheap one draw at a time."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

BATCH = 16_384  # uniforms drawn at once: a single draw from numpy costs ten times as much


def generator(seed: int, *path: str) -> np.random.Generator:
    """A generator for one purpose: the same for the same seed and path, independent of those of other paths."""
    words = [byte for part in path for byte in part.encode()]
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=tuple(words)))


class Weighted(Generic[T]):
    """Options to draw from in proportion to their weights."""

    def __init__(self, options: Sequence[T], weights: Sequence[float]) -> None:
        self.options = tuple(options)
        self.weights = tuple(weights)
        self.bounds = tuple(accumulate(weights))
        self.total = self.bounds[-1]


def weighted(weights: Mapping[T, float]) -> Weighted[T]:
    """Options with the weights beside them."""
    return Weighted(tuple(weights), tuple(weights.values()))


class Dice:
    """Single draws from a generator, prepared in bulk."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._drawn: list[float] = []
        self._normals: list[float] = []

    def uniform(self) -> float:
        """A number in [0, 1)."""
        if not self._drawn:
            self._drawn = self.rng.random(BATCH).tolist()
        return self._drawn.pop()

    def chance(self, probability: float) -> bool:
        return self.uniform() < probability

    def below(self, limit: int) -> int:
        return int(self.uniform() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[int(self.uniform() * len(options))]

    def draw(self, weighted: Weighted[T]) -> T:
        return weighted.options[bisect_right(weighted.bounds, self.uniform() * weighted.total)]

    def normal(self) -> float:
        """A standard normal number."""
        if not self._normals:
            self._normals = self.rng.standard_normal(BATCH).tolist()
        return self._normals.pop()
