"""What was kept of cases, turned into outcomes by a suite's evaluator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import EvaluationResult
from pydantic_evals.reporting import ReportCase
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.suite import Material, Suite, SuiteCase, SuiteKind
from pesut.evaluations.contracts import About, Outcome


@dataclass(frozen=True)
class Asked:
    """A case that was asked; `name` is unique among those scored together."""

    name: str
    about: About
    material: Material
    seconds: float = 0.0


async def scored(kind: SuiteKind, engine: AsyncEngine, asked: Sequence[Asked]) -> dict[str, list[Outcome]]:
    """Outcomes by the name of the case. What the evaluator fails on counts as wrong."""
    dataset = Dataset[Asked, Material, About](
        name="kept",
        cases=[Case(name=each.name, inputs=each, metadata=each.about) for each in asked],
        evaluators=[kind.evaluator(engine)],
    )
    report = await dataset.evaluate(_kept, progress=False)
    return {case.name: list(_outcomes(case)) for case in report.cases}


async def asked_here(kind: SuiteKind, suite: Suite, engine: AsyncEngine) -> list[Outcome]:
    """Outcomes of every case, asked in turn, of which nothing is kept."""
    outcomes: list[Outcome] = []
    for case in suite.cases:
        asked = await asked_now(suite, case, "")
        outcomes += (await scored(kind, engine, [asked]))[asked.name]
    return outcomes


async def asked_now(suite: Suite, case: SuiteCase, key: str) -> Asked:
    assert case.name and case.metadata
    began = perf_counter()
    material = await suite.ask(case.inputs, key)
    return Asked(case.name, case.metadata, material, perf_counter() - began)


async def _kept(asked: Asked) -> Material:
    return asked.material


def _outcomes(case: ReportCase[Asked, Material, About]) -> Iterator[Outcome]:
    beside = _beside({**case.labels, **case.scores})
    for name, result in case.assertions.items():
        yield _outcome(case, name, result.value, result.reason, beside.get("", {}) | beside.get(name, {}))
    for failure in case.evaluator_failures:
        yield _outcome(case, "", False, f"not scored: {failure.error_message}", {})


def _outcome(
    case: ReportCase[Asked, Material, About], check: str, right: bool, reason: str | None, beside: dict[str, Any]
) -> Outcome:
    about, (kind, of_many, _) = case.inputs.about, check.partition("/")
    told: dict[str, Any] = about.model_dump() | ({"kind": kind} if of_many else {}) | _told(case.inputs.material)
    return Outcome.model_validate(
        {
            "name": f"{case.name}/{check}" if of_many else case.name,
            "right": right,
            "faults": tuple(reason.split("\n")) if reason and not right else (),
            "seconds": case.inputs.seconds,
            **told,
            **beside,
        }
    )


def _beside(told: Mapping[str, EvaluationResult[Any]]) -> dict[str, dict[str, Any]]:
    """What the evaluator tells besides, by check; under "" what it tells of all."""
    found: dict[str, dict[str, Any]] = {}
    for name, result in told.items():
        check, _, field = name.rpartition(":")
        found.setdefault(check, {})[field] = result.value
    return found


def _told(material: Material) -> dict[str, Any]:
    answer = material.answer
    if answer is None:
        return {}
    return {
        "answer": answer.text,
        "status": answer.status.value,
        "evidence": tuple(each.id for each in answer.evidence),
        "run_id": answer.run_id,
        "degraded": answer.degraded,
        "tokens": answer.model.input_tokens + answer.model.output_tokens,
        "usd": answer.model.cost_usd,
    }
