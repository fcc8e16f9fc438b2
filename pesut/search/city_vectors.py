"""Vectors learned from the city's own reports: TF-IDF of words and of characters, reduced by SVD (LSA).

Fast (thousands of texts per second), and on short complaints better than a general model. What is learned is kept as plain
arrays and JSON: no pickle, no version of a library to match, and embedding needs numpy alone.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from pesut.search.embeddings import TextKind, Vectors, unit
from pesut.search.grams import Grams, character_grams, word_grams

DIMENSION = 256
FEWEST_TEXTS = 200  # below, there is little to learn from
SOME = 2000  # texts are enough to know a space's middle, and what chance reaches in it
QUESTION = 4  # words
HIGHEST_FLOOR = 0.3  # where reports are of few topics, pairs by chance are often of the same one


@dataclass(frozen=True)
class Features:
    """One kind of gram: `vocabulary` gives each its row, `idf` its weight."""

    grams: Grams
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]

    def weigh(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Rows and weights (sublinear TF-IDF, unit length) of the grams of `text`; both empty when it has none."""
        counts = Counter(row for gram in self.grams(text) if (row := self.vocabulary.get(gram)) is not None)
        rows = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        return rows, unit((1 + np.log(times))[None, :] * self.idf[rows])[0]


class CityVectors:
    """An LSA space. `projection` has a row for each word gram, then one for each character gram."""

    def __init__(
        self,
        words: Features,
        characters: Features,
        projection: NDArray[np.float16],
        mean: NDArray[np.float32],
        floor: float,
        fitted_on: int,
    ) -> None:
        self._words = words
        self._characters = characters
        self._projection = projection
        self._mean = mean
        self.floor = floor
        self.fitted_on = fitted_on
        self.dimension = projection.shape[1]
        self.space = "lsa-" + sha256(projection.tobytes() + mean.tobytes()).hexdigest()[:12]

    @classmethod
    def fit(cls, texts: Sequence[str], dimension: int = DIMENSION) -> "CityVectors":
        """Learn a space from `texts`: about 10 s for 20,000, on one core.

        Raises ValueError below FEWEST_TEXTS texts.
        """
        if len(texts) < FEWEST_TEXTS:
            raise ValueError(f"{len(texts)} texts are too few to learn from; {FEWEST_TEXTS} are needed")
        from pesut.search.lsa import learn, reduce

        words, word_idf, by_word = learn(word_grams, texts)
        characters, character_idf, by_character = learn(character_grams, texts)
        projection = reduce([by_word, by_character], dimension)
        halves = (
            Features(word_grams, _numbered(words), word_idf),
            Features(character_grams, _numbered(characters), character_idf),
        )
        nowhere = np.zeros(projection.shape[1], dtype=np.float32)
        mean = cls(*halves, projection, nowhere, 0, len(texts)).embed(texts[:SOME]).mean(axis=0, dtype=np.float32)
        floor = _reached_by_chance(cls(*halves, projection, mean, 0, len(texts)), texts[:SOME])
        return cls(*halves, projection, mean, floor, len(texts))

    def embed(self, texts: Sequence[str], kind: TextKind = TextKind.PASSAGE) -> Vectors:
        """See `Embedder`. A text without a known gram gets zeros, and so does a question without a known word: syllables alone
        would find something for any language.
        """
        raw = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            if kind is TextKind.PASSAGE or self._knows_a_word_of(text):
                raw[row] = self._project(text)
        known = raw.any(axis=1, keepdims=True)
        return unit((unit(raw) - self._mean) * known)

    def save(self, folder: Path) -> Path:
        """Write `folder/<space>` and return it; it appears whole or not at all."""
        target, partial = folder / self.space, folder / f".{self.space}.partial"
        if target.exists():
            return target
        rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        np.savez(
            partial / "arrays.npz",
            projection=self._projection,
            mean=self._mean,
            words=self._words.idf,
            characters=self._characters.idf,
        )
        about = {
            "fitted_on": self.fitted_on,
            "floor": self.floor,
            "words": list(self._words.vocabulary),
            "characters": list(self._characters.vocabulary),
        }
        (partial / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
        return partial.rename(target)

    @classmethod
    def load(cls, folder: Path) -> "CityVectors":
        """A saved space. Raises FileNotFoundError where there is none."""
        about = cast("dict[str, Any]", json.loads((folder / "about.json").read_text("utf-8")))
        with np.load(folder / "arrays.npz") as arrays:
            return cls(
                Features(word_grams, _numbered(about["words"]), arrays["words"]),
                Features(character_grams, _numbered(about["characters"]), arrays["characters"]),
                arrays["projection"],
                arrays["mean"],
                about["floor"],
                about["fitted_on"],
            )

    def _knows_a_word_of(self, text: str) -> bool:
        return any(gram in self._words.vocabulary for gram in word_grams(text))

    def _project(self, text: str) -> NDArray[np.float32]:
        rows, weights = self._words.weigh(text)
        more_rows, more_weights = self._characters.weigh(text)
        used = np.concatenate([rows, more_rows + len(self._words.vocabulary)])
        return np.concatenate([weights, more_weights]) @ self._projection[used].astype(np.float32)


def _reached_by_chance(space: CityVectors, texts: Sequence[str]) -> float:
    """The cosine that one in a hundred pairs of a short question and a text that is not its source reach."""
    words = [text.split() for text in texts[::4]]
    questions = [" ".join(said[len(said) // 2 :][:QUESTION]) for said in words]
    alike = space.embed(questions) @ space.embed(texts).T
    others = np.ones(alike.shape, dtype=bool)
    others[np.arange(len(questions)), np.arange(0, len(texts), 4)] = False
    return min(HIGHEST_FLOOR, round(float(np.percentile(alike[others], 99)), 3))


def _numbered(grams: Sequence[str]) -> dict[str, int]:
    return {gram: row for row, gram in enumerate(grams)}
