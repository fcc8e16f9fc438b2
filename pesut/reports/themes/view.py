# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportArgumentType=false
# scikit-learn and scipy carry no types of their own.
"""Vectors as themes see them: only the directions in which words that tell of a matter lie.

A report's vector holds its place, its greeting and its anger as well. Which words tell of a matter is known from the categories
that reports have: such words are common in few of them. The mean vectors of reports with these words span the directions kept.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pesut.search.embeddings import Vectors, unit
from pesut.search.grams import word_grams

DIRECTIONS = 64
RAREST, COMMONEST = 10, 0.3  # reports with a word that counts, and the share of reports above which it tells nothing
TELLING = 0.45  # of the entropy of categories: what a word must tell of them, by Kullback and Leibler's measure
FLATTENED = 0.1  # exponent of a direction's variance, that the strongest count a little more
CATEGORY = 0.5  # how much the decided category counts beside the words, which may say it was decided wrongly
_PRIOR = 5  # reports of the usual mix that every word is thought to have been in


@dataclass(frozen=True)
class View:
    """`projection` has a row for each dimension of the space; `categories` are those that have a direction of their own."""

    space: str
    projection: NDArray[np.float32]
    categories: tuple[str, ...]

    def of(self, vectors: Vectors, categories: Sequence[str | None]) -> Vectors:
        """A row of unit length for each report. One whose vector is all zeros gets zeros: nothing is known of it."""
        places = {code: place for place, code in enumerate(self.categories)}
        marks = np.zeros((len(vectors), len(places)), dtype=np.float32)
        for row, code in enumerate(categories):
            if code in places:
                marks[row, places[code]] = CATEGORY
        told = unit(vectors @ self.projection)
        return unit(np.hstack([told, marks * told.any(axis=1, keepdims=True)]))

    def to_bytes(self) -> bytes:
        head = json.dumps({"categories": self.categories, "shape": self.projection.shape}).encode()
        return head + b"\n" + self.projection.astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, space: str, body: bytes) -> "View":
        head, _, numbers = body.partition(b"\n")
        about = json.loads(head)
        projection = np.frombuffer(numbers, dtype="<f4").reshape(about["shape"])
        return cls(space, projection, tuple(about["categories"]))


def learn_view(space: str, texts: Sequence[str], vectors: Vectors, categories: Sequence[str | None]) -> View:
    """From a sample of reports. Where too few words tell of a matter (one category, few reports) all directions are kept."""
    known = sorted({code for code in categories if code})
    words = _telling(_counted(texts), categories, known)
    if words is None or words.shape[1] <= DIRECTIONS:
        return View(space, np.eye(vectors.shape[1], dtype=np.float32), tuple(known))
    often = np.asarray(words.sum(axis=0)).ravel()[:, None]
    means = (words.T @ vectors) / often
    variance, directions = np.linalg.eigh((means * often).T @ means)
    best = np.argsort(variance)[::-1][:DIRECTIONS]
    scale = (np.maximum(variance[best], 0) / variance[best[0]]) ** FLATTENED
    return View(space, (directions[:, best] * scale).astype(np.float32), tuple(known))


def _counted(texts: Sequence[str]) -> Any:
    """A sparse row for each text, a column for each word or pair of words that counts; None where none does."""
    from sklearn.feature_extraction.text import CountVectorizer

    if len(texts) * COMMONEST < RAREST:
        return None
    counter = CountVectorizer(analyzer=word_grams, min_df=RAREST, max_df=COMMONEST, binary=True, dtype=np.float32)
    try:
        return counter.fit_transform(texts)
    except ValueError:  # which is how it says that no word is left
        return None


def _telling(words: Any, categories: Sequence[str | None], known: Sequence[str]) -> Any:
    """The columns of words that tell of categories; None where categories tell nothing."""
    if words is None or len(known) < 2:
        return None
    mix = np.array([[code == each for each in known] for code in categories], dtype=np.float32)
    usual = mix.sum(axis=0) / mix.sum()
    entropy = -float((usual * np.log(usual)).sum())
    found = words.T @ mix + _PRIOR * usual
    share = found / found.sum(axis=1, keepdims=True)
    told = (share * np.log(share / usual)).sum(axis=1)
    return words[:, np.flatnonzero(told >= TELLING * entropy)]
