"""Outcomes of a suite, summed up by kind with their uncertainty."""

from collections.abc import Iterable
from math import sqrt
from uuid import UUID

from pesut.contracts import Contract

Z = 1.96  # two-sided 95 %


class Outcome(Contract):
    """One question asked: right or why not."""

    name: str
    kind: str
    part: str
    question: str = ""
    right: bool
    faults: tuple[str, ...] = ()
    answer: str = ""
    status: str = ""
    run_id: UUID | None = None
    seconds: float = 0.0

    @classmethod
    def broken(cls, name: str, kind: str, part: str | None, error: str) -> "Outcome":
        """A question that could not be scored counts as wrong."""
        return cls(name=name, kind=kind, part=part or "", right=False, faults=(f"not scored: {error}",))


class Score(Contract):
    """Share right, with Wilson's 95 % interval (E. B. Wilson, 1927)."""

    name: str
    asked: int
    right: int
    score: float
    interval: tuple[float, float]


class SuiteResult(Contract):
    """A suite's score over all, by part and by kind, and every failure."""

    suite: str
    score: float
    interval: tuple[float, float]
    parts: tuple[Score, ...]
    kinds: tuple[Score, ...]
    failures: tuple[Outcome, ...]


def summed(suite: str, outcomes: list[Outcome]) -> SuiteResult:
    """The suite's result. Raises ValueError when nothing was asked, since no question answered is no score."""
    if not outcomes:
        raise ValueError(f"the suite {suite} asked nothing")
    whole = score_of("all", outcomes)
    return SuiteResult(
        suite=suite,
        score=whole.score,
        interval=whole.interval,
        parts=_grouped(outcomes, {each.part for each in outcomes}, "part"),
        kinds=_grouped(outcomes, {each.kind for each in outcomes}, "kind"),
        failures=tuple(each for each in outcomes if not each.right),
    )


def score_of(name: str, outcomes: Iterable[Outcome]) -> Score:
    every = list(outcomes)
    right = sum(each.right for each in every)
    return Score(name=name, asked=len(every), right=right, score=right / len(every), interval=wilson(right, len(every)))


def wilson(right: int, asked: int) -> tuple[float, float]:
    """Wilson's score interval for `right` of `asked`."""
    share = right / asked
    middle = (share + Z**2 / (2 * asked)) / (1 + Z**2 / asked)
    half = Z / (1 + Z**2 / asked) * sqrt(share * (1 - share) / asked + Z**2 / (4 * asked**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _grouped(outcomes: list[Outcome], names: set[str], by: str) -> tuple[Score, ...]:
    return tuple(score_of(name, (each for each in outcomes if getattr(each, by) == name)) for name in sorted(names))
