"""Finds many phrases at once in a report's words: whatever the form of the word ("berlubang", "lubangnya"), one phrase found once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from pesut.language.stems import stems_of
from pesut.reports.classification.texts import TextReader

T = TypeVar("T")

LONGEST = 6  # words of a phrase


@lru_cache(maxsize=60_000)
def stem_of(word: str) -> str:
    """The shortest stem of a word."""
    return min(stems_of(word), key=lambda stem: (len(stem), stem))


@dataclass(frozen=True)
class Found(Generic[T]):
    """A phrase of `length` words, and what it stands for."""

    phrase: str
    length: int
    value: T


class Phrases(Generic[T]):
    """Phrases, each with what it stands for; in any spelling that the reader evens out, with `stems` in any form of their words."""

    def __init__(self, reader: TextReader, phrases: Iterable[tuple[str, T]], *, stems: bool = False) -> None:
        self._stems = stems
        self._known: dict[str, list[Found[T]]] = {}
        self._longest: dict[str, int] = {}  # words of the longest phrase that begins with a word
        for phrase, value in phrases:
            words = self._words(reader.evened(phrase))
            if 0 < len(words) <= LONGEST:
                self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
                self._known.setdefault(" ".join(words), []).append(Found(phrase, len(words), value))

    def find(self, text: str) -> list[Found[T]]:
        """What is found in a text of evened words, each once, in the order of the text."""
        found = {id(each): each for _, each in self.places(text)}
        return list(found.values())

    def places(self, text: str) -> Iterator[tuple[int, Found[T]]]:
        """Every place (number of the word, from 0) at which something is found."""
        words = self._words(text)
        for start, word in enumerate(words):
            for end in range(start + 1, min(start + self._longest.get(word, 0), len(words)) + 1):
                for each in self._known.get(" ".join(words[start:end]), ()):
                    yield start, each

    def _words(self, text: str) -> list[str]:
        words = text.split()
        return [stem_of(word) for word in words] if self._stems else words
