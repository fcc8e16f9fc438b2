"""The faithfulness suite: what answers say, held against what they cite, and what they cite, run again."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pydantic_evals import Case
from pydantic_evals.evaluators import Evaluator, EvaluatorContext
from sqlalchemy.ext.asyncio import AsyncEngine

from evals.data.cases import read_cases
from evals.faithfulness.scorers import Check, checks
from evals.suite import Checks, Ground, Material, SuiteCase, SuiteKind, held
from pesut.catalog.store import catalog_of
from pesut.contracts import Answer, Contract, Evidence
from pesut.evaluations.contracts import About, Part
from pesut.evidence import replay


class Replayed(Contract):
    """An evidence that was run again; `difference` is empty where the same came out."""

    label: str
    difference: str


class FaithfulnessMaterial(Material):
    replays: tuple[Replayed, ...]


@dataclass(frozen=True)
class FaithfulnessSuite:
    """`answer` answers a question under a key; what it rests on lies behind `engine`."""

    engine: AsyncEngine
    answer: Callable[[str, str], Awaitable[Answer]]
    questions: Sequence[str]

    @property
    def cases(self) -> Sequence[SuiteCase]:
        return [
            Case(
                name=str(number),
                inputs=question,
                metadata=About(topic=question, kind="answer", part="", question=question),
            )
            for number, question in enumerate(self.questions, start=1)
        ]

    async def ask(self, inputs: str, key: str) -> FaithfulnessMaterial:
        answer = await self.answer(inputs, key)
        replays = [await self._replayed(evidence) for evidence in answer.evidence]
        return FaithfulnessMaterial(answer=answer, replays=tuple(replays))

    async def _replayed(self, evidence: Evidence) -> Replayed:
        again = await replay(self.engine, evidence)
        difference = "; ".join(again.difference) or ("" if again.same else "another digest")
        return Replayed(label=evidence.label, difference=difference)


@dataclass
class Faithful(Evaluator[Any, FaithfulnessMaterial, About]):
    """Each number, citation and evidence of an answer. Catalogs are read from `engine`."""

    engine: AsyncEngine

    async def evaluate(self, ctx: EvaluatorContext[Any, FaithfulnessMaterial, About]) -> Checks:
        kept = ctx.output
        assert kept.answer
        catalog = await catalog_of(self.engine, kept.answer.catalog_version)
        replays = (Check("replay", each.label, each.difference) for each in kept.replays)
        found = [*checks(kept.answer, catalog), *replays]
        return {
            f"{check.kind}/{number}": held([f"{check.fault}: {check.about}"] if check.fault else [])
            for number, check in enumerate(found, start=1)
        }


@asynccontextmanager
async def opened(ground: Ground, part: Part) -> AsyncGenerator[FaithfulnessSuite]:
    """The city's own questions and the open cases, of every part the same: `part` is of no matter."""
    del part
    alone = [case.phrasings[0] for case in await asyncio.to_thread(read_cases, "open") if not case.after]
    questions = (*ground.folder.city.questions, *alone)
    yield FaithfulnessSuite(ground.asker.dependencies.engine, ground.asker.ask, questions)


KIND = SuiteKind(opened, FaithfulnessMaterial, Faithful)
