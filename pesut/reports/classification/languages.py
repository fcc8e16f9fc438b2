"""In which language a report is: Indonesian (with a city's own words), English, another, or none at all."""

from collections.abc import Mapping
from enum import StrEnum

from pesut.language.common import english_words, indonesian_words
from pesut.language.spelling import everyday
from pesut.reports.classification.texts import ReadText
from pesut.reports.classification.words import stem_of

KNOWN = 0.12  # share of words that have to be known, in texts of MANY and more, for the language not to be another
MANY = 6  # words


class TextLanguage(StrEnum):
    INDONESIAN = "id"
    ENGLISH = "en"
    OTHER = "other"
    NONE = "none"  # no words: signs, numbers, nothing


class Languages:
    """Tells languages by their ordinary words; `words` are the city's own."""

    def __init__(self, words: Mapping[str, str]) -> None:
        standard = (word for meant in (*words.values(), *everyday().values()) for word in meant.split())
        self._indonesian = frozenset({*indonesian_words(), *words, *everyday(), *standard}) - english_words()
        self._english = english_words() - indonesian_words()

    def of(self, read: ReadText) -> TextLanguage:
        words = [word for word in read.rest.split() if len(word) > 1]
        if not words:
            return TextLanguage.NONE
        if not any("a" <= sign <= "z" for sign in read.rest):
            return TextLanguage.OTHER
        indonesian = sum(word in self._indonesian or stem_of(word) in self._indonesian for word in words)
        english = sum(word in self._english for word in words)
        if len(words) >= MANY and max(indonesian, english) < KNOWN * len(words):
            return TextLanguage.OTHER
        return TextLanguage.ENGLISH if english > indonesian else TextLanguage.INDONESIAN
