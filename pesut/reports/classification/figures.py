"""How good a classifier is, with how sure one can be of that: every figure comes with its interval, and beside the baseline's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pesut.contracts.base import Contract
from pesut.reports.classification.arrays import Numbers
from pesut.reports.classification.baseline import NAME

RESAMPLES = 1000
SEED = 20
INTERVAL = (2.5, 97.5)  # percentiles: 95 of 100 intervals hold the true value
Resamples = NDArray[np.intp]


class Score(Contract):
    """A value with the bounds of its 95 % interval, from bootstrap resamples of the reports."""

    value: float
    low: float
    high: float


class Baseline(Contract):
    name: str
    accuracy: float
    macro_f1: float


class Difference(Contract):
    """Ours less the baseline's on the same reports, resampled together; better for sure where `low` is above 0."""

    accuracy: Score
    macro_f1: Score


class Confusion(Contract):
    """So many reports of `truth` were labelled `predicted`."""

    truth: str
    predicted: str
    reports: int


class Figures(Contract):
    """On reports that the model had not seen. `macro_f1` is the mean over all labels that are true or given somewhere (as
    scikit-learn has it), `ece` the expected calibration error of 15 bins, `brier` that of all labels (0 best, 2 worst).

    `trusted` is the share of reports whose label is sure enough to stand, `trusted_right` the share of these that are right;
    the others wait for a person. `unknown` is the share whose label no report had that was learned from: none can be right.
    """

    reports: int
    learned_from: int
    accuracy: float
    macro_f1: float
    accuracy_interval: tuple[float, float]
    macro_f1_interval: tuple[float, float]
    ece: float
    brier: float
    trusted: float
    trusted_right: float | None
    unknown: float
    baseline: Baseline
    difference: Difference
    confusion: tuple[Confusion, ...]


@dataclass(frozen=True)
class Labelling:
    """Labels as numbers: the true ones, ours, the baseline's."""

    truth: Numbers
    ours: Numbers
    baseline: Numbers
    labels: tuple[str, ...]

    @classmethod
    def of(cls, truth: Sequence[str], ours: Sequence[str], baseline: Sequence[str]) -> "Labelling":
        labels = tuple(sorted({*truth, *ours, *baseline}))
        number = {label: place for place, label in enumerate(labels)}
        return cls(_numbered(truth, number), _numbered(ours, number), _numbered(baseline, number), labels)

    def confusion(self) -> tuple[Confusion, ...]:
        """What was taken for what, most frequent first."""
        truths: list[int] = self.truth.tolist()
        ours: list[int] = self.ours.tolist()
        pairs = Counter(zip(truths, ours, strict=True))
        return tuple(
            Confusion(truth=self.labels[truth], predicted=self.labels[given], reports=count)
            for (truth, given), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
        )


def _numbered(labels: Sequence[str], number: Mapping[str, int]) -> Numbers:
    return np.array([number[label] for label in labels], dtype=np.intp)


def accuracy(truth: Numbers, given: Numbers) -> float:
    return float((truth == given).mean())


def macro_f1(truth: Numbers, given: Numbers) -> float:
    """The mean F1 over labels that are true or given."""
    size = int(max(truth.max(), given.max())) + 1
    both = np.bincount(truth[truth == given], minlength=size)
    either = np.bincount(truth, minlength=size) + np.bincount(given, minlength=size)
    used = either > 0
    return float((2 * both[used] / either[used]).mean())


def resamples(count: int) -> Resamples:
    """The same draws for everything that is compared."""
    return np.random.default_rng(SEED).integers(0, count, (RESAMPLES, count))


def compared(labelling: Labelling) -> tuple[Score, Score, Baseline, Difference]:
    """Accuracy and macro-F1 of ours, the baseline's, and how far they are apart."""
    drawn = resamples(len(labelling.truth))
    ours = _both(labelling.truth, labelling.ours)
    theirs = _both(labelling.truth, labelling.baseline)
    our_draws = np.array([_both(labelling.truth[each], labelling.ours[each]) for each in drawn])
    their_draws = np.array([_both(labelling.truth[each], labelling.baseline[each]) for each in drawn])
    apart = [
        _score(one - other, draws) for one, other, draws in zip(ours, theirs, (our_draws - their_draws).T, strict=True)
    ]
    own = [_score(value, draws) for value, draws in zip(ours, our_draws.T, strict=True)]
    beside = Baseline(name=NAME, accuracy=round(theirs[0], 4), macro_f1=round(theirs[1], 4))
    return own[0], own[1], beside, Difference(accuracy=apart[0], macro_f1=apart[1])


def _both(truth: Numbers, given: Numbers) -> tuple[float, float]:
    return accuracy(truth, given), macro_f1(truth, given)


def _score(value: float, draws: NDArray[np.float64]) -> Score:
    low, high = np.percentile(draws, INTERVAL)
    return Score(value=round(value, 4), low=round(float(low), 4), high=round(float(high), 4))
