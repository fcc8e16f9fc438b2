"""The words by which personal data are told apart, from lexicon.yml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Lexicon:
    """All in lower case. `ambiguous` are those given names that are ordinary words or places too."""

    provinces: frozenset[str]
    plate_areas: frozenset[str]
    not_plate_ends: frozenset[str]
    banks: frozenset[str]
    offices: frozenset[str]
    honorifics: frozenset[str]
    myself: frozenset[str]
    places: frozenset[str]
    not_names: frozenset[str]
    given: frozenset[str]
    ambiguous: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read once."""
    listed: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("lexicon.yml").read_text("utf-8"))
    return Lexicon(**{name: _words(each) for name, each in listed.items()})


def _words(listed: str | list[int]) -> frozenset[str]:
    return frozenset(listed.split() if isinstance(listed, str) else map(str, listed))


def one_of(words: frozenset[str]) -> str:
    """A regular expression's alternatives, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
