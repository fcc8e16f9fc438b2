"""The words of a question that are worth looking for."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pesut.catalog.models import Term

WORDS = re.compile(r"\w+")
MOST_WORDS = 12

# The dictionary `indonesian` stems but has no stop words. Words that any report holds are among these too.
STOP_WORDS = frozenset(
    line for line in (Path(__file__).parent / "stop_words.txt").read_text("utf-8").splitlines() if line[:1] != "#"
)

Terms = tuple[tuple[str, ...], ...]
"""Each telling word of a question, lower case, with what it is called elsewhere."""


def terms_of(text: str, vocabulary: Mapping[str, str]) -> Terms:
    """The first MOST_WORDS telling words of `text`; when none is telling, its words as they are.

    `vocabulary` maps the city's own words to standard ones, and is followed in both directions.
    """
    said = list(dict.fromkeys(word for word in WORDS.findall(text.lower()) if len(word) > 1))
    telling = [word for word in said if word not in STOP_WORDS] or said
    return tuple((word, *_called(word, vocabulary)) for word in telling[:MOST_WORDS])


def called_by_the_city(text: str, categories: Sequence[Term]) -> str:
    """The Indonesian names of the categories that `text` names in either language ("potholes": "Jalan rusak"), or ''."""
    said = _spaced(text)
    names = [
        each.name.id
        for each in categories
        if any(_spaced(word) in said for word in (each.name.id, each.name.en, *each.synonyms) if word.strip())
    ]
    return " ".join(names)


def _spaced(text: str) -> str:
    return f" {' '.join(WORDS.findall(text.lower()))} "


def _called(word: str, vocabulary: Mapping[str, str]) -> list[str]:
    standard = [vocabulary[word].lower()] if word in vocabulary else []
    local = [own.lower() for own, meant in vocabulary.items() if meant.lower() == word]
    return [other for other in dict.fromkeys(standard + local) if other != word and WORDS.fullmatch(other)]
