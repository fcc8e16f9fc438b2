"""Probabilities that mean what they say, and the threshold from which on a label is trusted."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import f1_score  # pyright: ignore[reportUnknownVariableType]

from pesut.reports.classification.calibration import NEVER, Calibration, brier, calibrate, expected_error, threshold_for
from pesut.reports.classification.figures import macro_f1


def _overconfident(count: int) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Scores that say 95 % where 70 % are right."""
    dice = np.random.default_rng(1)
    scores = np.zeros((count, 2), dtype=np.float32)
    scores[:, 0] = 3 + dice.normal(size=count)
    return scores, dice.random(count) < 0.7


def test_calibration_brings_confidence_to_the_share_that_is_right() -> None:
    scores, right = _overconfident(2000)
    raw = Calibration().probabilities(scores)[:, 0]
    mended = calibrate(scores, right).probabilities(scores)
    assert expected_error(raw, right) > 0.15
    assert expected_error(mended[:, 0], right) < 0.05
    assert np.allclose(mended.sum(axis=1), 1)


def test_the_threshold_is_the_lowest_that_keeps_the_promise() -> None:
    confidence = np.repeat([0.9, 0.8, 0.7], 100)
    right = np.concatenate([np.ones(100), np.arange(100) < 90, np.arange(100) < 20]).astype(bool)
    assert threshold_for(confidence, right, 0.9) == pytest.approx(0.8)
    assert threshold_for(confidence, right, 0.96) == pytest.approx(0.9)
    assert threshold_for(confidence, ~right, 0.9) == NEVER


def test_equal_confidences_are_trusted_together() -> None:
    assert threshold_for(np.full(100, 0.6), np.arange(100) < 50, 0.9) == NEVER


def test_brier_of_sure_and_right_is_0_and_of_sure_and_wrong_2() -> None:
    chances = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
    assert brier(chances[:1], np.array([0])) == 0
    assert brier(chances[:1], np.array([1])) == 2
    assert brier(chances[:1], np.array([-1])) == 2


def test_macro_f1_is_that_of_scikit_learn() -> None:
    dice = np.random.default_rng(2)
    truth, given = dice.integers(0, 7, 300), dice.integers(0, 9, 300)
    assert macro_f1(truth, given) == pytest.approx(float(f1_score(truth, given, average="macro")))  # pyright: ignore[reportUnknownArgumentType]
