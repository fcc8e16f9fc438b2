"""Tries a classifier out on reports that it has not seen, beside a linear SVM on the same ones, and then learns from all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from pesut.contracts.base import Contract
from pesut.reports.classification.arrays import Floats, Numbers
from pesut.reports.classification.baseline import baseline
from pesut.reports.classification.calibration import brier, expected_error
from pesut.reports.classification.classifier import TextClassifier
from pesut.reports.classification.figures import Figures, Labelling, compared
from pesut.reports.classification.learning import Judged, Lesson, Names, Pupil, Recipe, assemble, pupil_of

HELD_OUT = 5  # one report in so many is held out
ADDRESSED_NOTEWORTHY = 0.02  # share of reports that name their label, from which figures without salutations are given
SPEED_TRIED = 2_000  # reports that are classified to see how fast that goes
Tell = Callable[[str], None]


class TaskFigures(Contract):
    """What one task's training came to. `addressed` is the share of reports whose salutation names the label itself, as LAPOR!'s
    operators write it when they pass a report on; `unaddressed` tells how the same models do without any salutation.

    `coverage` is the share of unseen reports (out of fold and later-dated) whose label reaches `threshold`, or
    `threshold_addressed` where the report addresses somebody; of the labels that do, `share` or more were right.
    """

    labels: int
    reports: int
    share: float
    threshold: float
    threshold_addressed: float
    coverage: float
    addressed: float
    held_out: Figures
    later_dated: Figures
    held_out_unaddressed: Figures | None = None
    later_dated_unaddressed: Figures | None = None
    reports_per_second: float


@dataclass(frozen=True)
class Example:
    """A labelled report as it was told (`raw`) and as it is read (`lesson`), for one task."""

    raw: str
    raw_unaddressed: str
    lesson: Lesson


@dataclass(frozen=True)
class Setting:
    """`names` says what a label is called; `share` is how many of the labels that are trusted are to be right."""

    names: Names
    share: float
    tell: Tell


@dataclass(frozen=True)
class _Outcome:
    classifier: TextClassifier
    recipe: Recipe
    unseen: Judged
    figures: Figures
    unaddressed: Figures | None


def train(examples: Sequence[Example], setting: Setting) -> tuple[TextClassifier, TaskFigures]:
    """`examples` come in the order of their time. Raises InvalidInputError where there is too little to learn from."""
    addressed = _addressed(examples, setting.names)
    setting.tell("learning from the earlier reports, trying the later ones")
    later = _try_out(examples, _later(len(examples)), setting, addressed)
    setting.tell("learning from most reports, trying those held out")
    held = _try_out(examples, _held_out([example.lesson.label for example in examples]), setting, addressed)
    setting.tell("learning from all reports")
    classifier = _learn_all(examples, later, setting)
    sure = classifier.judge(later.unseen.scores, later.unseen.addressed)
    return classifier, TaskFigures(
        labels=len(classifier.labels),
        reports=len(examples),
        share=setting.share,
        threshold=round(classifier.plain.threshold, 4),
        threshold_addressed=round(classifier.addressed.threshold, 4),
        coverage=round(float(sure.trusted.mean()), 4),
        addressed=round(addressed, 4),
        held_out=held.figures,
        later_dated=later.figures,
        held_out_unaddressed=held.unaddressed,
        later_dated_unaddressed=later.unaddressed,
        reports_per_second=_speed(classifier, examples),
    )


def _later(count: int) -> Numbers:
    """The last fifth."""
    return np.arange(count - max(1, count // HELD_OUT), count)


def _held_out(labels: Sequence[str]) -> Numbers:
    """A random fifth in which each label has its share."""
    shuffled = np.random.default_rng(0).permutation(len(labels))
    by_label = shuffled[np.argsort(np.array(labels)[shuffled], kind="stable")]
    return np.sort(by_label[HELD_OUT // 2 :: HELD_OUT])


def _try_out(examples: Sequence[Example], held: Numbers, setting: Setting, addressed: float) -> _Outcome:
    """Learn from all but the `held` ones, with nothing chosen by them, and try those."""
    away = set(held.tolist())
    seen = [example for place, example in enumerate(examples) if place not in away]
    unseen = [examples[int(place)] for place in held]
    pupil = pupil_of([example.lesson for example in seen], setting.names)
    recipe, out_of_fold = pupil.recipe()
    classifier = assemble(pupil, recipe, out_of_fold, setting.share)
    figures = _figures(classifier, seen, unseen)
    bare = _figures(classifier, _bare(seen), _bare(unseen)) if addressed >= ADDRESSED_NOTEWORTHY else None
    return _Outcome(classifier, recipe, _with(out_of_fold, pupil, classifier, unseen), figures, bare)


def _figures(classifier: TextClassifier, seen: Sequence[Example], unseen: Sequence[Example]) -> Figures:
    truth = [example.lesson.label for example in unseen]
    found = classifier.classify([example.lesson.text for example in unseen])
    number = {label: place for place, label in enumerate(classifier.labels)}
    known = np.array([number.get(label, -1) for label in truth], dtype=np.intp)
    right = found.best == known
    theirs = baseline([each.raw for each in seen], [each.lesson.label for each in seen], [each.raw for each in unseen])
    labelling = Labelling.of(truth, [classifier.labels[int(place)] for place in found.best], theirs)
    accuracy, macro_f1, beside, difference = compared(labelling)
    return Figures(
        reports=len(unseen),
        learned_from=len(seen),
        accuracy=accuracy.value,
        macro_f1=macro_f1.value,
        accuracy_interval=(accuracy.low, accuracy.high),
        macro_f1_interval=(macro_f1.low, macro_f1.high),
        ece=round(expected_error(found.confidence, right), 4),
        brier=round(brier(found.chances, known), 4),
        trusted=round(float(found.trusted.mean()), 4),
        trusted_right=round(float(right[found.trusted].mean()), 4) if found.trusted.any() else None,
        unknown=round(float((known < 0).mean()), 4),
        baseline=beside,
        difference=difference,
        confusion=labelling.confusion(),
    )


def _bare(examples: Sequence[Example]) -> list[Example]:
    return [
        Example(each.raw_unaddressed, each.raw_unaddressed, Lesson(each.lesson.text.unaddressed, each.lesson.label))
        for each in examples
    ]


def _with(out_of_fold: Judged, pupil: Pupil, classifier: TextClassifier, unseen: Sequence[Example]) -> Judged:
    """What was said out of fold, and what was said of the reports held out: together, all reports when unseen."""
    scores: Floats = classifier.scores([example.lesson.text for example in unseen])
    number = {label: place for place, label in enumerate(pupil.labels)}
    truth = np.array([number.get(example.lesson.label, -1) for example in unseen])
    right = scores.argmax(axis=1) == truth
    addressed = np.array([bool(example.lesson.text.addressee) for example in unseen], dtype=np.bool_)
    return Judged(
        np.concatenate([out_of_fold.scores, scores]),
        np.concatenate([out_of_fold.right, right]),
        np.concatenate([out_of_fold.addressed, addressed]),
    )


def _learn_all(examples: Sequence[Example], later: _Outcome, setting: Setting) -> TextClassifier:
    """The model that is kept: on all reports, mixed and calibrated as when the later ones were unseen."""
    pupil = pupil_of([example.lesson for example in examples], setting.names)
    return assemble(pupil, later.recipe, later.unseen, setting.share)


def _addressed(examples: Sequence[Example], names: Names) -> float:
    hits = [
        example.lesson.text.addressee in names(example.lesson.label)
        for example in examples
        if example.lesson.text.addressee
    ]
    return sum(hits) / len(examples) if examples else 0.0


def _speed(classifier: TextClassifier, examples: Sequence[Example]) -> float:
    texts = [example.lesson.text for example in examples[:SPEED_TRIED]]
    started = perf_counter()
    classifier.guess(texts)
    return round(len(texts) / (perf_counter() - started), 1)
