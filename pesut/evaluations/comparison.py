"""Two runs, held against each other case by case."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from pesut.contracts import Contract
from pesut.evaluations.contracts import KeptCase, KeptRun
from pesut.evaluations.report import Score, score_of
from pesut.evaluations.statistics import difference_interval


class Kept(Contract):
    """A run with its cases, as it lies in the database or in a file."""

    run: KeptRun
    cases: tuple[KeptCase, ...]


class Side(Contract):
    """What a run made of a case. `run_id`: of the answer, to look it up by."""

    share: float
    status: str
    got: str
    why: tuple[str, ...]
    evidence: tuple[UUID, ...]
    run_id: UUID | None


class Flip(Contract):
    """A case of which more, or less, is right than before."""

    name: str
    topic: str
    question: str
    before: Side
    after: Side


class SuiteComparison(Contract):
    """`difference`: the mean over the paired cases, with its 95 % interval clustered by topic; a `verdict` where that leaves out 0.
    `only_before` and `only_after` name cases that the other run has not.
    """

    suite: str
    before: Score
    after: Score
    pairs: int
    difference: float
    interval: tuple[float, float]
    verdict: Literal["gain", "loss", ""]
    lost: tuple[Flip, ...]
    won: tuple[Flip, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


class Comparison(Contract):
    """`changed`: what else differs between the runs. `missing`: suites that only one of them has."""

    before: KeptRun
    after: KeptRun
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    suites: dict[str, SuiteComparison]


def compared(before: Kept, after: Kept) -> Comparison:
    """Paired by suite, case and repetition, over what both asked."""
    asked = [{case.suite for case in kept.cases if case.finished_at} for kept in (before, after)]
    return Comparison(
        before=before.run,
        after=after.run,
        changed=tuple(_changed(before.run, after.run)),
        missing=tuple(sorted(asked[0] ^ asked[1])),
        suites={name: _suite(name, before.cases, after.cases) for name in sorted(asked[0] & asked[1])},
    )


def _changed(before: KeptRun, after: KeptRun) -> list[str]:
    told = {"code": "code_version", "catalog": "catalog_version", "data": "data_digest"}
    names = [name for name, field in told.items() if getattr(before, field) != getattr(after, field)]
    return names + [name for name in ("model", "part") if getattr(before.wanted, name) != getattr(after.wanted, name)]


def _suite(name: str, before: Sequence[KeptCase], after: Sequence[KeptCase]) -> SuiteComparison:
    old, new = _by_key(name, before), _by_key(name, after)
    both = [key for key in old if key in new]
    differences = [_share(new[key]) - _share(old[key]) for key in both]
    low, high = difference_interval(differences, [new[key].about.topic for key in both])
    flips = [(change, _flip(old[key], new[key])) for key, change in zip(both, differences, strict=True) if change]
    return SuiteComparison(
        suite=name,
        before=_score(old),
        after=_score(new),
        pairs=len(both),
        difference=sum(differences) / len(both) if both else 0.0,
        interval=(low, high),
        verdict="loss" if high < 0 else "gain" if low > 0 else "",
        lost=tuple(flip for change, flip in flips if change < 0),
        won=tuple(flip for change, flip in flips if change > 0),
        only_before=tuple(key for key in old if key not in new),
        only_after=tuple(key for key in new if key not in old),
    )


def _by_key(suite: str, cases: Sequence[KeptCase]) -> dict[str, KeptCase]:
    mine = (case for case in cases if case.suite == suite and case.outcomes)
    return {f"{case.name} ({case.repetition})" if case.repetition > 1 else case.name: case for case in mine}


def _score(cases: dict[str, KeptCase]) -> Score:
    return score_of("all", (outcome for case in cases.values() for outcome in case.outcomes))


def _share(case: KeptCase) -> float:
    return sum(each.right for each in case.outcomes) / len(case.outcomes)


def _flip(before: KeptCase, after: KeptCase) -> Flip:
    about = after.about
    return Flip(name=after.name, topic=about.topic, question=about.question, before=_side(before), after=_side(after))


def _side(case: KeptCase) -> Side:
    told = case.outcomes[0]
    return Side(
        share=_share(case),
        status=told.status,
        got=told.answer,
        why=tuple(fault for outcome in case.outcomes for fault in outcome.faults),
        evidence=told.evidence,
        run_id=told.run_id,
    )
