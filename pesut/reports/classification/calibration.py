# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# scipy carries no types of its own.
"""Turns scores into probabilities that mean what they say, and finds from which on a label can be trusted.

Temperature: Guo et al., On Calibration of Modern Neural Networks (2017); the line through the log-odds: Platt (1999). Both are
fitted on scores of texts that the model had not seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pesut.reports.classification.arrays import Doubles, Floats, Mask

FEWEST_SURE = 20  # texts above a threshold, below which their share of right labels says nothing
NEVER = 1.01  # a threshold that no probability reaches
BINS = 15  # of the expected calibration error, as is usual
TINY = 1e-6


@dataclass(frozen=True)
class Calibration:
    """`temperature` multiplies scores; `slope` and `offset` correct the log-odds of the best label."""

    temperature: float = 1.0
    slope: float = 1.0
    offset: float = 0.0

    def probabilities(self, scores: Floats) -> Doubles:
        """One row for each text, of sum 1. The best label is still the one with the best score."""
        spread = softmax(scores, self.temperature)
        best = spread.argmax(axis=1)
        rows = np.arange(len(spread))
        top = spread[rows, best]
        sure = _sigmoid(self.slope * _log_odds(top) + self.offset)
        others = np.clip(1 - top, TINY, None)
        corrected = spread * ((1 - sure) / others)[:, None]
        corrected[rows, best] = sure
        return corrected


def calibrate(scores: Floats, right: Mask) -> Calibration:
    """`right` says of each text whether its best-scored label is the right one."""
    from scipy.optimize import minimize

    best = scores.argmax(axis=1)
    rows = np.arange(len(scores))

    def of(parameters: Doubles) -> Calibration:
        return Calibration(float(np.exp(parameters[0])), float(np.exp(parameters[1])), float(parameters[2]))

    def loss(parameters: Doubles) -> float:
        sure = np.clip(of(parameters).probabilities(scores)[rows, best], TINY, 1 - TINY)
        prior = 0.01 * float(parameters[1] ** 2 + parameters[2] ** 2)  # for samples too small to tell
        return float(-np.where(right, np.log(sure), np.log(1 - sure)).mean()) + prior

    found = minimize(loss, np.array([np.log(3.0), 0.0, 0.0]), method="Nelder-Mead", options={"maxiter": 200})
    return of(found.x)


def threshold_for(confidence: Doubles, right: Mask, share: float) -> float:
    """The lowest confidence at and above which at least `share` of the labels are right; NEVER where there is none."""
    order = np.argsort(-confidence, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last = np.append(np.diff(confidence[order]) < 0, True)  # equal confidences are trusted together or not at all
    good = np.flatnonzero((shares >= share) & last)
    if not len(good) or good[-1] + 1 < min(FEWEST_SURE, len(order)):
        return NEVER
    return float(confidence[order][good[-1]])


def expected_error(confidence: Doubles, right: Mask) -> float:
    """Expected calibration error: the mean distance between confidence and share right, over BINS equal stretches."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = np.bincount(places, confidence - right, minlength=BINS)
    return float(np.abs(gaps).sum() / len(confidence))


def brier(probabilities: Doubles, truth: NDArray[np.intp]) -> float:
    """Brier's score over all labels (0 best, 2 worst); `truth` is -1 for a label that the model does not know."""
    known = truth >= 0
    chance = np.zeros(len(truth))
    chance[known] = probabilities[np.flatnonzero(known), truth[known]]
    return float(((probabilities**2).sum(axis=1) - 2 * chance + 1).mean())


def softmax(scores: Floats, temperature: float) -> Doubles:
    raised = np.asarray(scores, dtype=np.float64) * temperature
    raised = np.exp(raised - raised.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def _log_odds(share: Doubles) -> Doubles:
    share = np.clip(share, TINY, 1 - TINY)
    return np.log(share / (1 - share))


def _sigmoid(value: Doubles) -> Doubles:
    return 1 / (1 + np.exp(-value))
