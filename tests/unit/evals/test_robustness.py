"""Noise is the same each night and leaves a question recognisable; pass^k counts a question whose every asking is right."""

import pytest

from evals.data.cases import read_cases
from evals.robustness.noise import NOISES, noisy
from pesut.evaluations.contracts import Outcome
from pesut.evaluations.measures import measures

QUESTION = "Berapa laporan banjir di Sungai Pinang bulan lalu?"


@pytest.mark.parametrize("kind", NOISES)
def test_noise_changes_a_question_and_always_in_the_same_way(kind: str) -> None:
    asked = {case.phrasings[0]: noisy(case.phrasings[0], kind) for case in read_cases("open")}
    assert asked == {question: noisy(question, kind) for question in asked}
    assert sum(question != made for question, made in asked.items()) > 0.8 * len(asked)


def test_each_kind_keeps_what_it_does_not_touch() -> None:
    assert noisy(QUESTION, "case").lower() == QUESTION.lower()
    assert QUESTION.rstrip("?") in noisy(QUESTION, "filler")
    assert noisy(QUESTION, "punctuation").startswith(QUESTION.rstrip("?"))
    words = zip(QUESTION.split(), noisy(QUESTION, "typos").split(), strict=True)
    assert sum(one != other for one, other in words) == 2


def test_a_question_counts_when_every_asking_is_right() -> None:
    outcomes = [
        *(_outcome("same", "steady", True, "a") for _ in range(5)),
        *(_outcome("same", "wrong once", number > 0, "b" if number else "c") for number in range(5)),
        *(_outcome("noise", "wrong but steady", False, "d") for _ in range(5)),
    ]
    assert measures("robustness", outcomes) == {
        "same pass^5": 0.5, "same stability": 0.5, "noise pass^5": 0.0, "noise stability": 1.0,
    }  # fmt: skip


def _outcome(kind: str, topic: str, right: bool, got: str) -> Outcome:
    return Outcome(name=topic, kind=kind, part="", topic=topic, right=right, got=got)
