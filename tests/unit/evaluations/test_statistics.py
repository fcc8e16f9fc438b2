"""Intervals grow with what outcomes of a topic have in common, and differences are judged by topics."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# (SciPy leaves types open.)

import random

import pytest
from scipy import stats

from pesut.evaluations.statistics import clustered_error, difference_interval, share_interval

ALONE = [str(number) for number in range(40)]
IN_FOURS = [str(number // 4) for number in range(40)]
RIGHT = [number < 30 for number in range(40)]


def test_topics_of_one_outcome_give_the_error_of_independent_ones() -> None:
    values = [float(each) for each in RIGHT]
    assert clustered_error(values, ALONE) == pytest.approx(float(stats.sem(values)))


def test_topics_that_stand_and_fall_together_count_as_one_each() -> None:
    fours = [float(number < 28) for number in range(40)]
    ones = [float(number < 7) for number in range(10)]
    assert clustered_error(fours, IN_FOURS) == pytest.approx(float(stats.sem(ones)))
    wide, narrow = share_interval([bool(each) for each in fours], IN_FOURS), share_interval(RIGHT, ALONE)
    assert wide[1] - wide[0] > narrow[1] - narrow[0]


def test_all_right_is_not_certain() -> None:
    low, high = share_interval([True] * 40, IN_FOURS)
    assert (low, high) == (pytest.approx(0.025 ** (1 / 10)), 1.0)
    assert share_interval([False], ["a"]) == (0.0, pytest.approx(0.975))


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    dice, held, worlds = random.Random(7), 0, 400
    for _ in range(worlds):
        topics: list[str] = []
        marks: list[bool] = []
        for topic in range(40):
            share = 0.8 + dice.choice((-0.15, 0.15))
            topics += [str(topic)] * 3
            marks += [dice.random() < share for _ in range(3)]
        low, high = share_interval(marks, topics)
        held += low <= 0.8 <= high
    assert held / worlds >= 0.93


def test_a_loss_in_many_topics_is_significant_and_one_in_a_single_topic_is_not() -> None:
    worse = [-1.0 if number % 4 == 0 and number < 32 else 0.0 for number in range(40)]
    assert difference_interval(worse, IN_FOURS)[1] < 0
    once = [-1.0] * 4 + [0.0] * 36
    assert difference_interval(once, IN_FOURS)[1] > 0
    assert difference_interval([-1.0] * 4, ["a"] * 4) == (-1.0, 1.0)
