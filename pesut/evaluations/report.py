"""Outcomes of a suite, summed up by kind with their uncertainty."""

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import Field

from pesut.contracts import Contract
from pesut.evaluations.contracts import KeptCase, KeptRun, Outcome
from pesut.evaluations.cost import Cost, cost_of
from pesut.evaluations.measures import measures
from pesut.evaluations.statistics import share_interval


class Score(Contract):
    """Share right, with its 95 % interval clustered by topic."""

    name: str
    asked: int
    right: int
    score: float
    interval: tuple[float, float]


class SuiteResult(Contract):
    """A suite's score over all, by part and by kind, and every failure. `degraded`: answers that the model in question did not
    give; `unasked`: cases that could not be asked, which count as wrong; `measures`: as of `pesut.evaluations.measures`.
    """

    suite: str
    score: float
    interval: tuple[float, float]
    parts: tuple[Score, ...]
    kinds: tuple[Score, ...]
    failures: tuple[Outcome, ...]
    degraded: int = 0
    unasked: int = 0
    measures: dict[str, float] = Field(default_factory=dict)


class Results(Contract):
    """What each suite of a run came to, and what the answers took, by suite."""

    suites: dict[str, SuiteResult]
    cost: dict[str, Cost]

    @property
    def short(self) -> "Results":
        """The same without each failure."""
        suites = {name: suite.model_copy(update={"failures": ()}) for name, suite in self.suites.items()}
        return Results(suites=suites, cost=self.cost)


class RunResult(Results):
    """A kept run and its results."""

    run: KeptRun


def result_of(run: KeptRun, cases: Sequence[KeptCase]) -> RunResult:
    """Over the cases that were asked so far. Suites of which none was asked are left out."""
    suites = {name: outcomes for name in run.wanted.suites if (outcomes := outcomes_of(cases, name))}
    broken = Counter(case.suite for case in cases if case.error)
    results = {
        name: summed(name, outcomes).model_copy(update={"unasked": broken[name]}) for name, outcomes in suites.items()
    }
    took = {name: cost_of([case for case in cases if case.suite == name]) for name in run.wanted.suites}
    return RunResult(run=run, suites=results, cost={name: cost for name, cost in took.items() if cost})


def outcomes_of(cases: Iterable[KeptCase], suite: str) -> list[Outcome]:
    return [outcome for case in cases if case.suite == suite for outcome in case.outcomes]


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
        degraded=sum(each.degraded for each in outcomes),
        measures=measures(suite, outcomes),
    )


def score_of(name: str, outcomes: Iterable[Outcome]) -> Score:
    every = list(outcomes)
    marks = [each.right for each in every]
    interval = share_interval(marks, [each.topic or each.name for each in every])
    return Score(name=name, asked=len(every), right=sum(marks), score=sum(marks) / len(every), interval=interval)


def _grouped(outcomes: list[Outcome], names: set[str], by: str) -> tuple[Score, ...]:
    return tuple(score_of(name, (each for each in outcomes if getattr(each, by) == name)) for name in sorted(names))
