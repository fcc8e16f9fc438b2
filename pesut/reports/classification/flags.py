"""What is odd about a report: it is stored and handled like any other, and whoever decides on it is told."""

import re
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

import pesut.language
from pesut.reports.classification.languages import TextLanguage
from pesut.reports.classification.texts import LONGEST, ReadText, ReportText, TextReader
from pesut.reports.classification.words import Phrases

VERSION = "2"  # of the rules; kept with what they found
LONG = 5_000  # characters
_MARKUP = re.compile(r"<(?:!--|!doctype|/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)


class Flag(StrEnum):
    EMPTY = "empty"  # neither title nor text
    NO_WORDS = "no_words"  # emoji, signs, numbers
    OTHER_LANGUAGE = "other_language"  # neither Indonesian nor a language of the city
    LONG = "long"
    MARKUP = "markup"  # HTML
    ORDERS = "orders"  # to an assistant
    ELSEWHERE = "elsewhere"  # its point lies outside the city
    FUTURE = "future"  # its date was yet to come when it arrived
    UNKNOWN_AGENCY = "unknown_agency"  # its source names one that the city does not have


class Flags:
    """Finds what is odd, in texts as they arrived and as they are read."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader
        self._orders = Phrases(reader, ((phrase, True) for phrase in _orders()))

    def of(self, text: ReportText, read: ReadText, language: TextLanguage, noticed: Collection[Flag]) -> list[Flag]:
        """What the text shows, and what was `noticed` of the rest of the report."""
        every_word = read.rest if len(text.whole) <= LONGEST else self._reader.evened(text.whole)
        empty = not text.whole.strip()
        odd = {
            Flag.EMPTY: empty,
            Flag.NO_WORDS: language is TextLanguage.NONE and not empty,
            Flag.OTHER_LANGUAGE: language in (TextLanguage.ENGLISH, TextLanguage.OTHER),
            Flag.LONG: len(text.body) > LONG,
            Flag.MARKUP: _MARKUP.search(text.whole) is not None,
            Flag.ORDERS: any(True for _ in self._orders.places(every_word)),
        }
        return [flag for flag in Flag if odd.get(flag) or flag in noticed]


def stored(flags: Sequence[Flag]) -> dict[str, Any]:
    """For `report_state.decided`, under "flags"."""
    return {"by": "rule", "version": VERSION, "found": [flag.value for flag in flags]}


@cache
def _orders() -> tuple[str, ...]:
    path = Path(pesut.language.__file__).parent / "report_flags.yml"
    return tuple(cast("dict[str, list[str]]", yaml.safe_load(path.read_text("utf-8")))["orders"])
