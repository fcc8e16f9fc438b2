"""Guesses at misspelt words, from the words that are known."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pesut.language.stems import is_formed
from pesut.language.tokens import Token

_VOWELS = frozenset("aeiou")
_SHORTEST = 4
_SHORTEST_BONES = 3
_SHORTEST_FAR = 8  # letters from which two slips are forgiven
_SHORTEST_SLIP = 5  # shorter words are too near to too many others
_MOST = 3


class Corrections:
    """Known words, and for an unknown one those it may be meant for.

    One slip (a letter more, less, other or swapped) is forgiven in words of 5 to 7 letters, two in longer ones; the first
    letter must stand, unless it was swapped with the second. Words written without vowels are known by their consonants.
    """

    def __init__(self, words: Collection[str], *, left_alone: Collection[str] = ()) -> None:
        """`words` may be guessed; `left_alone` are words that exist and therefore are no misspelling of another."""
        self._known = frozenset(words) | frozenset(left_alone)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._by_bones: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words)):
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_letter[word[0]].append(word)
                self._by_bones[_bones(word)].append(word)

    def known(self, word: str) -> bool:
        return word in self._known

    def mended(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens, each unknown one with its guesses."""
        found: list[Token] = []
        for token in tokens:
            near = self.guesses(token.word)
            far = self.guesses(token.word, slips=2) if not near and len(token.word) >= _SHORTEST_FAR else ()
            found.append(replace(token, guesses=near, far_guesses=far) if near or far else token)
        return tuple(found)

    def guesses(self, word: str, slips: int = 1) -> tuple[str, ...]:
        """Known words so many slips from an unknown one, or with its consonants; none for a known word."""
        if word in self._known or len(word) < _SHORTEST_BONES or not word.isalpha() or is_formed(word):
            return ()
        near = process.extract(word, self._candidates(word), scorer=OSA.distance, score_cutoff=slips, limit=_MOST)
        found = [match[0] for match in near] if len(word) >= _SHORTEST_SLIP else []
        if not found and sum(letter in _VOWELS for letter in word) <= len(word) // 4:
            found = self._by_bones.get(_bones(word), [])[:_MOST]
        return tuple(found)

    def _candidates(self, word: str) -> list[str]:
        return self._by_letter.get(word[0], []) + (self._by_letter.get(word[1], []) if word[1] != word[0] else [])


def _bones(word: str) -> str:
    """The consonants of a word, and its first letter."""
    return word[0] + "".join(letter for letter in word[1:] if letter not in _VOWELS)
