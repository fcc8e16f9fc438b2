"""What was learned for one task: labels by the words and letters of a text, with probabilities that can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pesut.reports.classification.arrays import Doubles, Floats, Mask, Numbers
from pesut.reports.classification.calibration import Calibration
from pesut.reports.classification.texts import ReadText

if TYPE_CHECKING:
    from pesut.reports.classification.features import Features

CANDIDATES = 3  # labels shown to a person who decides


@dataclass(frozen=True)
class Guess:
    """The best label, how sure it is (0 to 1), whether that is enough, and the likeliest labels with their probabilities."""

    label: str
    confidence: float
    trusted: bool
    candidates: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Trust:
    """A guess is good enough from `threshold` on: of such, the wanted share was right on texts that the model had not seen."""

    calibration: Calibration
    threshold: float


@dataclass(frozen=True)
class TextClassifier:
    """`weights` has a row for each feature and a column for each label. Texts that address somebody are trusted by themselves: what
    they say of the agency is worth more than what they say of the matter.
    """

    labels: tuple[str, ...]
    features: "Features"
    weights: Floats
    offsets: Floats
    plain: Trust
    addressed: Trust
    share: float

    def scores(self, texts: Sequence[ReadText]) -> Floats:
        return np.asarray(self.features.weigh(texts) @ self.weights + self.offsets, dtype=np.float32)

    def classify(self, texts: Sequence[ReadText]) -> "Classified":
        return self.judge(self.scores(texts), np.array([bool(text.addressee) for text in texts], dtype=np.bool_))

    def judge(self, scores: Floats, addressed: Mask) -> "Classified":
        """What scores mean for texts of which some are `addressed`."""
        chances = np.empty(scores.shape)
        chances[addressed] = self.addressed.calibration.probabilities(scores[addressed])
        chances[~addressed] = self.plain.calibration.probabilities(scores[~addressed])
        best = scores.argmax(axis=1)
        confidence = chances[np.arange(len(best)), best]
        trusted = confidence >= np.where(addressed, self.addressed.threshold, self.plain.threshold)
        return Classified(best, chances, confidence, trusted)

    def guess(self, texts: Sequence[ReadText]) -> list[Guess]:
        if not texts:
            return []
        found = self.classify(texts)
        return [self._guess(found, row) for row in range(len(texts))]

    def _guess(self, found: "Classified", row: int) -> Guess:
        most: list[int] = np.argsort(-found.chances[row])[:CANDIDATES].tolist()
        candidates = tuple((self.labels[each], round(float(found.chances[row, each]), 4)) for each in most)
        confidence = round(float(found.confidence[row]), 4)
        return Guess(self.labels[int(found.best[row])], confidence, bool(found.trusted[row]), candidates)


@dataclass(frozen=True)
class Classified:
    """For each text the number of its label, the probabilities of all labels, that of its own, and whether it is good enough."""

    best: Numbers
    chances: Doubles
    confidence: Doubles
    trusted: Mask
