"""The pieces of a text that a city's own vectors count: words and pairs of words, and three to five letters."""

import re
from collections.abc import Callable
from itertools import pairwise

Grams = Callable[[str], list[str]]

LETTERS = re.compile(r"[^\W\d_]+")  # digits never enter, so neither do telephone numbers
SHORTEST, LONGEST = 3, 5


def word_grams(text: str) -> list[str]:
    """Lower-cased words of two letters and more, then each pair of neighbours."""
    words = [word for word in LETTERS.findall(text.lower()) if len(word) > 1]
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def character_grams(text: str) -> list[str]:
    """Three to five letters in a row within each word, its ends marked by a space."""
    padded = [f" {word} " for word in LETTERS.findall(text.lower())]
    return [
        word[start : start + size]
        for word in padded
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(word) - size + 1)
    ]
