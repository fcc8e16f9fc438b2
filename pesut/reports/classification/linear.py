# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# scikit-learn and scipy carry no types of their own.
"""Scores of labels that are linear in a text's features: a support vector machine, and how near a text is to a label's middle."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from pesut.reports.classification.arrays import Floats, Mask, Numbers
from pesut.reports.classification.features import Matrix

MARGINS = (
    1.0,
    0.3,
    0.1,
)  # the SVM's C: smaller ones mind less what single reports say, as where labels are often wrong
TOLERANCE = 0.1  # a thousand times scikit-learn's: the same labels in half the time
FOLDS = 4


@dataclass(frozen=True)
class Mixture:
    """Weights of what speaks for a label besides the margin of the SVM, which is about 1."""

    nearness: float = 0.0
    naming: float = 0.0


MIXTURES = tuple(
    Mixture(nearness, naming) for naming in (0.0, 0.5, 1.0, 2.0) for nearness in (0.0, 0.25, 0.5, 1.0, 2.0)
)


@dataclass(frozen=True)
class Parts:
    """What speaks for each label (column) in each text (row): margins, nearness to the label's middle, being addressed."""

    margins: Floats
    near: Floats
    named: Floats

    def mixed(self, mixture: Mixture) -> Floats:
        return _dense(self.margins + mixture.nearness * self.near + mixture.naming * self.named)


@dataclass(frozen=True)
class Linear:
    """Parts as weights: a row for each feature, a column for each label; `offsets` belong to the margins."""

    weights: Parts
    offsets: Floats

    def of(self, features: Matrix) -> Parts:
        margins = features @ self.weights.margins + self.offsets
        return Parts(_dense(margins), _dense(features @ self.weights.near), _dense(features @ self.weights.named))


def _dense(values: Any) -> Floats:
    return np.asarray(values, dtype=np.float32)


@dataclass(frozen=True)
class Lessons:
    """Texts (rows of `features`) with the numbers of their labels and how much each counts. `names` has a 1 where a feature (row)
    is a label's (column) name.
    """

    features: Matrix
    labels: Numbers
    weights: Floats
    names: Floats

    def only(self, mask: Mask) -> "Lessons":
        return Lessons(self.features[mask], self.labels[mask], self.weights[mask], self.names)


def fit(lessons: Lessons, margin: float) -> Linear:
    """Learn with this C. What no report is labelled with gets a score that no other falls below."""
    count = lessons.names.shape[1]
    there = np.unique(lessons.labels)
    margins = np.zeros((lessons.features.shape[1], count), dtype=np.float32)
    offsets = np.full(count, -2.0, dtype=np.float32)
    if len(there) == 1:
        offsets[there] = 1.0
    else:
        machine = LinearSVC(C=margin, tol=TOLERANCE, random_state=0)
        machine.fit(lessons.features, lessons.labels, sample_weight=lessons.weights)
        coefficients, intercepts = _for_each_label(machine)
        margins[:, there], offsets[there] = coefficients.T, intercepts
    known = np.zeros(count, dtype=np.float32)
    known[there] = 1.0  # a label that was never seen is not told by its name either
    return Linear(Parts(margins, _middles(lessons, count), lessons.names * known), offsets)


def _for_each_label(machine: LinearSVC) -> tuple[Any, Any]:
    """Of two labels scikit-learn keeps the second's alone."""
    if len(machine.classes_) > 2:
        return machine.coef_, machine.intercept_
    return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])


def _middles(lessons: Lessons, count: int) -> Floats:
    """The mean direction of each label's texts."""
    places = (lessons.labels, np.arange(len(lessons.labels)))
    members = csr_matrix((lessons.weights, places), shape=(count, len(lessons.labels)), dtype=np.float32)
    middles: Any = normalize(members @ lessons.features)
    return _dense(middles.toarray().T)


def out_of_fold(lessons: Lessons, margin: float, folds: Numbers, wanted: Sequence[int]) -> Parts:
    """What models that had not seen a text say of it; of texts outside the `wanted` folds nothing."""

    said = Parts(*np.zeros((3, len(lessons.labels), lessons.names.shape[1]), dtype=np.float32))
    for (
        fold
    ) in wanted:  # one after the other: liblinear draws from one stream, and a model is to come out the same each time
        held = folds == fold
        parts = fit(lessons.only(~held), margin).of(lessons.features[held])
        said.margins[held], said.near[held], said.named[held] = parts.margins, parts.near, parts.named
    return said


def stretches(groups: Numbers) -> Numbers:
    """Folds of neighbours: the groups (numbers in the order of time) cut into FOLDS stretches, so that a label is always guessed
    from other times than its own, as it will be in use.
    """
    _, order = np.unique(groups, return_inverse=True)
    return (order * FOLDS // (order.max() + 1)).astype(np.intp)
