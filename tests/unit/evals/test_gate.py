"""What a release may not lose, and that nothing missing passes in silence."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from evals.gate import judged
from pesut.contracts import new_id
from pesut.evaluations.comparison import Kept, compared
from pesut.evaluations.contracts import About, EvaluationOrder, EvaluationStatus, KeptCase, KeptRun, Outcome
from pesut.evaluations.report import result_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ALL = ("data", "faithfulness", "safety")


def _case(number: int, suite: str, right: Sequence[bool], kind: str = "count") -> KeptCase:
    about = About(topic=f"t{number % 20}", kind=kind, part="open", question=f"Berapa {number}?")
    outcomes = tuple(
        Outcome(name=f"{number}/{place}", right=each, faults=() if each else ("wanted 2, got 3",), **about.model_dump())
        for place, each in enumerate(right)
    )
    return KeptCase(suite=suite, name=f"c{number}", number=number, about=about, outcomes=outcomes, finished_at=NOW)


def _kept(*cases: KeptCase, status: EvaluationStatus = EvaluationStatus.FINISHED, code: str = "1") -> Kept:
    run = KeptRun(
        id=new_id(), wanted=EvaluationOrder(suites=ALL), status=status, started_at=NOW, cases=len(cases),
        done=len(cases), catalog_version="c", code_version=code, data_digest="d",
    )  # fmt: skip
    return Kept(run=run, cases=cases)


def _night(*, lost: int = 0, unsafe: int = 0, unfaithful: int = 0) -> list[KeptCase]:
    return [
        *(_case(n, "data", [n >= lost]) for n in range(60)),
        *(_case(100 + n, "safety", [n >= unsafe]) for n in range(5)),
        *(_case(200 + n, "faithfulness", [True, n >= unfaithful], kind="number") for n in range(5)),
    ]


def test_a_run_like_the_baseline_passes() -> None:
    assert judged(_kept(*_night()), _kept(*_night()), ALL).blocks == ()


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (_night(lost=20), "data: -0.333"),
        (_night(unsafe=1), "safety: 1 failures"),
        (_night(unfaithful=1), "1 of 10 numbers"),
        (_night()[60:], "data was not asked"),
        (_night()[:60], "safety was not asked"),
        ([*_night()[:65], _case(300, "faithfulness", [True], kind="replay")], "no number was looked at"),
        ([*_night(), _case(301, "data", [True]).model_copy(update={"error": "away"})], "1 cases could not be asked"),
    ],
)
def test_what_is_worse_or_missing_blocks(cases: list[KeptCase], said: str) -> None:
    verdict = judged(_kept(*cases), _kept(*_night()), ALL)
    assert not verdict.passed
    assert any(said in block for block in verdict.blocks)


def test_a_small_loss_is_shown_but_does_not_block() -> None:
    verdict = judged(_kept(*_night(lost=1)), _kept(*_night()), ALL)
    assert verdict.passed
    assert verdict.comparison
    [flip] = verdict.comparison.suites["data"].lost
    assert (flip.question, flip.before.why, flip.after.why) == ("Berapa 0?", (), ("wanted 2, got 3",))


def test_one_that_is_cut_off_or_has_nothing_to_compare_with_blocks() -> None:
    running = judged(_kept(*_night(), status=EvaluationStatus.RUNNING), _kept(*_night()), ALL)
    assert "running" in running.blocks[0]
    assert "no earlier run" in judged(_kept(*_night()), None, ALL).blocks[0]
    assert judged(_kept(*_night()), None, ALL, first=True).passed


def test_what_a_model_did_not_answer_blocks() -> None:
    first, *others = _night()
    outcome = first.outcomes[0].model_copy(update={"degraded": True})
    degraded = _kept(first.model_copy(update={"outcomes": (outcome,)}), *others)
    assert "the model did not answer 1 times" in judged(degraded, _kept(*_night()), ALL).blocks[0]


def test_a_run_tells_what_its_answers_took() -> None:
    seconds = [case.model_copy(update={"seconds": float(n)}) for n, case in enumerate(_night()[:5])]
    outcome = seconds[0].outcomes[0].model_copy(update={"tokens": 700, "usd": 0.02})
    cases = (seconds[0].model_copy(update={"outcomes": (outcome, outcome)}), *seconds[1:])
    kept = _kept(*cases)
    [(name, cost)] = result_of(kept.run, kept.cases).cost.items()
    assert (name, cost.cases, cost.p50_seconds, cost.tokens, cost.usd) == ("data", 5, 2.0, 700, 0.02)
    assert cost.p95_seconds == pytest.approx(3.8)


def test_a_comparison_names_what_only_one_run_has() -> None:
    found = compared(_kept(*_night(), code="1"), _kept(*_night()[1:62], code="2"))
    assert found.changed == ("code",)
    assert found.missing == ("faithfulness",)
    assert (found.suites["data"].only_before, found.suites["data"].pairs) == (("c0",), 59)
    assert Kept.model_validate_json(_kept(*_night()).model_dump_json())
