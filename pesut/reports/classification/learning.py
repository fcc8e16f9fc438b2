"""Fits a classifier to labelled reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pesut.errors import InvalidInputError
from pesut.reports.classification.arrays import Floats, Mask
from pesut.reports.classification.calibration import calibrate, threshold_for
from pesut.reports.classification.classifier import TextClassifier, Trust
from pesut.reports.classification.features import Features
from pesut.reports.classification.linear import MARGINS, MIXTURES, Lessons, Linear, Mixture, fit, out_of_fold, stretches
from pesut.reports.classification.texts import ReadText

FEWEST_REPORTS = 20
FEW_TO_TRUST = 100  # texts with, or without, a salutation, from which on these are calibrated by themselves
FEW = 2_500  # texts up to which all folds choose the recipe; of more, the latest fold is enough
Names = Callable[[str], Sequence[str]]
"""What a label is called, in words of standard spelling."""

ADDRESSED_OFTEN = 0.2  # share of texts that address somebody, from which each is also learned without that


@dataclass(frozen=True)
class Lesson:
    """A text and its label; `weight` counts it several times, as where a person corrected it."""

    text: ReadText
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """What is chosen by texts that the model had not seen: the SVM's C, and what counts besides."""

    margin: float
    mixture: Mixture


@dataclass(frozen=True)
class Judged:
    """Scores of texts by models that had not seen them, and whether the best label was right."""

    scores: Floats
    right: Mask
    addressed: Mask

    def only(self, mask: Mask) -> "Judged":
        return Judged(self.scores[mask], self.right[mask], self.addressed[mask])

    def trust(self, share: float) -> Trust:
        calibration = calibrate(self.scores, self.right)
        best = self.scores.argmax(axis=1)
        confidence = calibration.probabilities(self.scores)[np.arange(len(best)), best]
        return Trust(calibration, threshold_for(confidence, self.right, share))


class Pupil:
    """Lessons in the order of their time, made countable.

    Where texts often address an agency by name, each is learned twice, the second time without the salutation: reports that
    arrive do not always have one, and then the matter alone must tell.
    """

    def __init__(self, lessons: Sequence[Lesson], names: Names) -> None:
        self.labels = tuple(sorted({lesson.label for lesson in lessons}))
        addressed = [place for place, lesson in enumerate(lessons) if lesson.text.addressee]
        again = addressed if len(addressed) >= ADDRESSED_OFTEN * len(lessons) else []
        chosen = [*lessons, *(lessons[place] for place in again)]
        texts = [lesson.text for lesson in lessons] + [lessons[place].text.unaddressed for place in again]
        self._addressed: Mask = np.array([bool(text.addressee) for text in texts], dtype=np.bool_)
        self.features = Features.learn(texts)
        number = {label: place for place, label in enumerate(self.labels)}
        self._lessons = Lessons(
            self.features.weigh(texts),
            np.array([number[lesson.label] for lesson in chosen], dtype=np.intp),
            np.array([lesson.weight for lesson in chosen], dtype=np.float32),
            self._named(names),
        )
        self._folds = stretches(np.array([*range(len(lessons)), *again], dtype=np.intp))

    def recipe(self) -> "tuple[Recipe, Judged]":
        """The recipe under which most unseen texts are labelled rightly (of equal ones the first), and what it says of them."""
        folds = [int(fold) for fold in np.unique(self._folds)]
        tried = folds if len(self._folds) <= FEW else folds[-1:]
        said = {margin: out_of_fold(self._lessons, margin, self._folds, tried) for margin in MARGINS}
        among = np.isin(self._folds, tried)
        recipe = max(
            (Recipe(margin, mixture) for margin in MARGINS for mixture in MIXTURES),
            key=lambda each: float(self._right(said[each.margin].mixed(each.mixture))[among].mean()),
        )
        rest = [fold for fold in folds if fold not in tried]
        scores = said[recipe.margin].mixed(recipe.mixture)
        if rest:
            others = out_of_fold(self._lessons, recipe.margin, self._folds, rest)
            scores[~among] = others.mixed(recipe.mixture)[~among]
        return recipe, Judged(scores, self._right(scores), self._addressed)

    def fitted(self, margin: float) -> Linear:
        return fit(self._lessons, margin)

    def _right(self, scores: Floats) -> Mask:
        return scores.argmax(axis=1) == self._lessons.labels

    def _named(self, names: Names) -> Floats:
        """1 where a feature is the salutation of what a label is called."""
        found = np.zeros((self.features.size, len(self.labels)), dtype=np.float32)
        for column, label in enumerate(self.labels):
            for called in names(label):
                if (row := self.features.place_of("name", called)) is not None:
                    found[row, column] = 1.0
        return found


def learn(lessons: Sequence[Lesson], names: Names, share: float) -> TextClassifier:
    """A classifier for the labels of `lessons`, which come in the order of their time. `share` is how many of the labels that it
    trusts are to be right.

    Raises InvalidInputError where there is too little to learn from.
    """
    pupil = pupil_of(lessons, names)
    recipe, unseen = pupil.recipe()
    return assemble(pupil, recipe, unseen, share)


def pupil_of(lessons: Sequence[Lesson], names: Names) -> Pupil:
    """Raises InvalidInputError where there is too little to learn from."""
    labels = {lesson.label for lesson in lessons}
    if len(lessons) < FEWEST_REPORTS or len(labels) < 2:
        raise InvalidInputError(
            f"{len(lessons)} reports with {len(labels)} labels are too few to learn from.",
            remedy=f"Give {FEWEST_REPORTS} labelled reports or more, of two labels at least.",
        )
    if not any(lesson.text.rest for lesson in lessons):
        raise InvalidInputError("The reports hold no words.", remedy="Name the columns of the text with --text.")
    return Pupil(lessons, names)


def assemble(pupil: Pupil, recipe: Recipe, unseen: Judged, share: float) -> TextClassifier:
    """Fit on all of the pupil's lessons, with probabilities and threshold from what was `unseen`."""
    linear, everything = pupil.fitted(recipe.margin), unseen.trust(share)
    plain, addressed = (
        unseen.only(mask).trust(share) if FEW_TO_TRUST <= mask.sum() < len(mask) else everything
        for mask in (~unseen.addressed, unseen.addressed)
    )
    return TextClassifier(
        labels=pupil.labels,
        features=pupil.features,
        weights=linear.weights.mixed(recipe.mixture),
        offsets=linear.offsets,
        plain=plain,
        addressed=addressed,
        share=share,
    )
