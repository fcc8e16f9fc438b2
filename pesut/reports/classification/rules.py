"""What words alone tell of a report: its class, how urgent it is and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

import pesut.language
from pesut.catalog.models import Term
from pesut.intake.names import term_names
from pesut.reports.classification.decisions import By, Decision
from pesut.reports.classification.texts import ReadText, TextReader
from pesut.reports.classification.words import Phrases

FEARED_WITHIN = 4  # words before a danger
VERSION = "1"  # of the rules; kept with what they decided
_FOLDER = Path(pesut.language.__file__).parent


@dataclass(frozen=True)
class Ruled:
    """A value and how it was decided."""

    value: str
    decision: Decision


class Classes:
    """The classes of SP4N-LAPOR! as this city's catalog calls them."""

    def __init__(self, classifications: Sequence[Term], reader: TextReader) -> None:
        about, names = _read("report_classes.yml"), term_names(classifications)
        found = [(each, code) for each in about["classes"] if (code := _called(each["called"], names))]
        self._codes = [code for _, code in found]
        self._phrases = Phrases(reader, ((phrase, code) for each, code in found for phrase in each["phrases"]))
        self._begins = Phrases(reader, ((phrase, code) for each, code in found for phrase in each.get("begins", ())))
        self._usual = _called(about["usual"], names) or (classifications[0].code if classifications else "complaint")

    def of(self, text: ReadText) -> Ruled:
        begins = [each for part in (text.title, text.rest) for start, each in self._begins.places(part) if start == 0]
        found = [*self._phrases.find(text.rest), *begins]
        first = min(found, key=lambda each: self._codes.index(each.value), default=None)
        if first is None:
            return Ruled(self._usual, Decision(by=By.RULE, how="usual", version=VERSION))
        return Ruled(first.value, Decision(by=By.RULE, how="words", said=first.phrase, version=VERSION))


class Urgency:
    """How urgent a report is: emergency, high or normal, with the reason."""

    def __init__(self, categories: Sequence[Term], reader: TextReader) -> None:
        about = _read("urgency.yml")
        self._levels = [level["level"] for level in about["levels"]]
        self._usual: str = about["usual"]
        self._phrases = Phrases(reader, _reasons(about["levels"]))
        self._feared = tuple(f" {reader.evened(word)}" for word in about["feared"])
        self._of_categories = {
            category.code: level
            for level, words in about["categories"].items()
            for category in categories
            if {word for name in _names(category) for word in reader.evened(name).split()} & set(words)
        }

    def of(self, text: ReadText, category: str | None) -> Ruled:
        words = text.rest.split()
        found = [each for start, each in self._phrases.places(text.rest) if not self._is_feared(words[:start])]
        first = min(found, key=lambda each: self._levels.index(each.value[0]), default=None)
        floor = self._of_categories.get(category or "")
        if first and (floor is None or self._levels.index(first.value[0]) <= self._levels.index(floor)):
            level, reason = first.value
            return Ruled(level, Decision(by=By.RULE, how=reason, said=first.phrase, version=VERSION))
        how = "category" if floor else "usual"
        return Ruled(floor or self._usual, Decision(by=By.RULE, how=how, version=VERSION))

    def _is_feared(self, before: Sequence[str]) -> bool:
        """Whether what stands before says that a danger has not come."""
        return f" {' '.join(before[-FEARED_WITHIN:])}".endswith(self._feared) or any(
            f" {' '.join(before[-FEARED_WITHIN:-back])}".endswith(self._feared) for back in (1, 2)
        )


def _reasons(levels: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for level in levels:
        for reason in level["reasons"]:
            for phrase in reason["phrases"]:
                yield phrase, (level["level"], reason["reason"])


def _names(category: Term) -> tuple[str, ...]:
    return (category.name.id, category.name.en, *category.synonyms)


def _called(words: Sequence[str], names: Any) -> str | None:
    """The catalog's code for what is called by one of these words."""
    matches = (names.find(word) for word in words)
    return next((match.code for match in matches if match.how == "name"), None)


@cache
def _read(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", yaml.safe_load((_FOLDER / name).read_text("utf-8")))
