"""Kept runs as people look at them: how each suite went over time, and where a run was wrong."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Contract
from pesut.evaluations.comparison import Kept, SuiteComparison, compared
from pesut.evaluations.contracts import KeptRun, Outcome
from pesut.evaluations.kept import earlier_run, results_of
from pesut.evaluations.report import Score, SuiteResult, score_of, summed
from pesut.evaluations.store import cases_of, evaluations

_PHRASED = "data"  # the suite whose cases are "topic/phrasing"
MOST_TOPICS = 20


class Point(Contract):
    """A suite's result in one run."""

    run: KeptRun
    result: SuiteResult


class SuiteView(Contract):
    """A suite of one run: `topics` the worst first, at most MOST_TOPICS; `phrasings` by the number of the wording; `comparison` with
    the run before, None where there is none.
    """

    result: SuiteResult
    topics: tuple[Score, ...]
    phrasings: tuple[Score, ...]
    comparison: SuiteComparison | None
    before: KeptRun | None


async def trends(engine: AsyncEngine) -> tuple[list[KeptRun], dict[str, list[Point]]]:
    """The kept runs, the newest first, and by suite its points in the order of time."""
    runs = await evaluations(engine)
    results = await results_of(engine, (run.id for run in runs))
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for run in reversed(runs):
        for name, result in results[run.id].suites.items() if run.id in results else ():
            found[name].append(Point(run=run, result=result))
    return runs, dict(sorted(found.items()))


async def suite_of(engine: AsyncEngine, run: KeptRun, suite: str) -> SuiteView | None:
    """None where the run asked nothing of the suite."""
    mine = await _only(engine, run, suite)
    outcomes = [outcome for case in mine.cases for outcome in case.outcomes]
    if not outcomes:
        return None
    before = await earlier_run(engine, run)
    other = compared(await _only(engine, before, suite), mine) if before else None
    return SuiteView(
        result=summed(suite, outcomes),
        topics=tuple(sorted(_scores(_by_topic(outcomes)), key=lambda each: each.score))[:MOST_TOPICS],
        phrasings=_scores(_by_phrasing(outcomes)) if suite == _PHRASED else (),
        comparison=other.suites.get(suite) if other else None,
        before=before,
    )


async def _only(engine: AsyncEngine, run: KeptRun, suite: str) -> Kept:
    return Kept(run=run, cases=tuple(await cases_of(engine, run.id, suite)))


def _by_topic(outcomes: Iterable[Outcome]) -> Mapping[str, list[Outcome]]:
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        found[each.topic].append(each)
    return {topic: mine for topic, mine in found.items() if not all(each.right for each in mine)}


def _by_phrasing(outcomes: Iterable[Outcome]) -> Mapping[str, list[Outcome]]:
    found: defaultdict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        found[each.name.rpartition("/")[2]].append(each)
    return found


def _scores(groups: Mapping[str, Sequence[Outcome]]) -> tuple[Score, ...]:
    return tuple(score_of(name, groups[name]) for name in sorted(groups))
