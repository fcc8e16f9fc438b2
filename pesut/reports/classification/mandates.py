"""The sensible default before anything was learned: a city's own words for its categories, and who answers for each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pesut.catalog.models import Term
from pesut.city.models import Agency
from pesut.language.common import SMALL_WORDS, light_words
from pesut.reports.classification.classifier import CANDIDATES, Guess
from pesut.reports.classification.texts import ReadText, TextReader
from pesut.reports.classification.words import Phrases, stem_of

ENOUGH = 0.4  # confidence from which on words decide; nine in ten such are right among the sample city's reports
IN_TITLE = 1.5  # times as telling as in the text
FROM_MANDATE = 0.5  # a piece of an agency's mandate, beside a synonym of the category
ONE_OF_SEVERAL = 0.6  # a word of a synonym of several words
SHORTEST = 4  # letters of such a word
LONGER = 1.3  # exponent by which a phrase of several words tells more
_EMPTY = SMALL_WORDS | light_words()


@dataclass(frozen=True)
class Speaks:
    """That a phrase speaks for a category, and how much."""

    category: str
    weight: float


class Mandates:
    """`agencies` in the order of the city's list: the first that answers for a category leads."""

    def __init__(self, categories: Sequence[Term], agencies: Sequence[Agency], reader: TextReader) -> None:
        self._leads = {category: agency.code for agency in reversed(agencies) for category in agency.categories}
        said = {category.code: _said(_names(category, reader)) for category in categories}
        for agency in agencies:
            for category in agency.categories if len(agency.categories) == 1 else ():
                for piece in agency.mandate.replace(";", ",").replace(".", ",").split(","):
                    said.get(category, {}).setdefault(reader.evened(piece), FROM_MANDATE)
        shared = Counter(" ".join(map(stem_of, phrase.split())) for phrases in said.values() for phrase in phrases)
        self._phrases = Phrases(
            reader,
            (
                (phrase, Speaks(category, weight / shared[" ".join(map(stem_of, phrase.split()))]))
                for category, phrases in said.items()
                for phrase, weight in phrases.items()
            ),
            stems=True,
        )

    def agency(self, category: str) -> str | None:
        """The agency that leads in a category."""
        return self._leads.get(category)

    def guess(self, text: ReadText) -> Guess | None:
        """The category that the words speak for; None where they speak for none."""
        scores: dict[str, float] = {}
        for part, times in ((text.rest, 1.0), (text.title, IN_TITLE - 1)):
            for found in self._phrases.find(part):
                weight = times * found.value.weight * found.length**LONGER
                scores[found.value.category] = scores.get(found.value.category, 0.0) + weight
        if not scores:
            return None
        whole = sum(scores.values()) + 1
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        candidates = tuple((category, round(score / whole, 4)) for category, score in ranked[:CANDIDATES])
        label, confidence = candidates[0]
        return Guess(label, confidence, confidence >= ENOUGH, candidates)


def _names(category: Term, reader: TextReader) -> list[str]:
    names = (category.name.id, category.name.en, *category.synonyms)
    return [evened for name in names if (evened := reader.evened(name))]


def _said(names: Sequence[str]) -> dict[str, float]:
    """What speaks for a category of these names: each whole, and the telling words of those with several."""
    words = (word for name in names if " " in name for word in name.split())
    telling = [word for word in words if len(word) >= SHORTEST and not {word, stem_of(word)} & _EMPTY]
    return dict.fromkeys(telling, ONE_OF_SEVERAL) | dict.fromkeys(names, 1.0)
