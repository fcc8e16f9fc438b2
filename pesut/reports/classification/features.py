# pyright: reportArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# scikit-learn and scipy carry no types of their own.
"""What a classifier counts in a report: words and pairs of words, letters in a row, the title and the one addressed on their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from pesut.reports.classification.texts import ReadText
from pesut.reports.classification.words import stem_of

Matrix = Any
"""A sparse matrix (scipy CSR, float32): a row for each text."""

FREQUENT_FROM = 1_500  # texts from which on a gram has to occur twice


def words(text: str) -> list[str]:
    """Words, then each pair of neighbours."""
    found = text.split()
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


def single_words(text: str) -> list[str]:
    return text.split()


def stems(text: str) -> list[str]:
    """As `words`, each word cut to its shortest stem."""
    return words(" ".join(map(stem_of, text.split())))


def letters(text: str) -> list[str]:
    """Three to five letters in a row within each word, its ends marked by a space."""
    return list(chain.from_iterable(map(_letters_of, text.split())))


@lru_cache(maxsize=60_000)
def _letters_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[start : start + size] for size in (3, 4, 5) for start in range(len(padded) - size + 1))


def whole(text: str) -> list[str]:
    return [text] if text else []


@dataclass(frozen=True)
class Kind:
    """One kind of gram of one field; `weight` is its length beside the others'."""

    code: str
    grams: Callable[[str], list[str]]
    field: Callable[[ReadText], str]
    weight: float
    most: int


KINDS = (
    Kind("words", words, lambda text: text.rest, 1.0, 60_000),
    Kind("letters", letters, lambda text: text.rest, 1.0, 60_000),
    Kind("stems", stems, lambda text: text.rest, 0.7, 40_000),
    Kind("title", single_words, lambda text: text.title, 0.6, 20_000),
    Kind("addressee", words, lambda text: text.addressee, 1.0, 20_000),
    Kind("name", whole, lambda text: text.addressee, 1.0, 20_000),
)


class Features:
    """Grams with their weights (sublinear TF-IDF, unit length within each kind)."""

    def __init__(self, counted: Mapping[str, tuple[Sequence[str], NDArray[np.float32]]]) -> None:
        """`counted`: of each kind its grams and their IDF. A kind without a gram is left out."""
        self.counted = {code: (list(grams), idf) for code, (grams, idf) in counted.items() if len(grams)}
        self._counters = [
            (kind, _counter(kind, *self.counted[kind.code])) for kind in KINDS if kind.code in self.counted
        ]

    @classmethod
    def learn(cls, texts: Sequence[ReadText]) -> "Features":
        """The grams worth counting in `texts`. Raises ValueError where there is not one word in them."""
        learned = {kind.code: _learn(kind, texts) for kind in KINDS}
        if not len(learned["words"][0]):
            raise ValueError("there are no words in the texts")
        return cls(learned)

    @property
    def size(self) -> int:
        return sum(len(grams) for grams, _ in self.counted.values())

    def place_of(self, code: str, gram: str) -> int | None:
        """The column of a gram of one kind, None where it is not counted."""
        start = 0
        for kind, counter in self._counters:
            if kind.code == code:
                found = counter.vocabulary_.get(gram)
                return None if found is None else start + int(found)
            start += len(self.counted[kind.code][0])
        return None

    def weigh(self, texts: Sequence[ReadText]) -> Matrix:
        parts = [
            counter.transform([kind.field(text) for text in texts]) * kind.weight for kind, counter in self._counters
        ]
        return hstack(parts, format="csr", dtype=np.float32)


def _learn(kind: Kind, texts: Sequence[ReadText]) -> tuple[list[str], NDArray[np.float32]]:
    fields = [kind.field(text) for text in texts]
    counter = TfidfVectorizer(
        analyzer=kind.grams,
        min_df=2 if len(texts) >= FREQUENT_FROM else 1,
        max_features=kind.most,
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        counter.fit(fields)
    except ValueError:  # not one gram
        return [], np.zeros(0, dtype=np.float32)
    return [str(gram) for gram in counter.get_feature_names_out()], np.asarray(counter.idf_, dtype=np.float32)


def _counter(kind: Kind, grams: Sequence[str], idf: NDArray[np.float32]) -> TfidfVectorizer:
    vocabulary = {gram: place for place, gram in enumerate(grams)}
    counter = TfidfVectorizer(analyzer=kind.grams, vocabulary=vocabulary, sublinear_tf=True, dtype=np.float32)
    counter.idf_ = idf
    counter.vocabulary_ = vocabulary
    return counter
