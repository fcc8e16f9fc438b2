"""Real answers are faithful; one whose number was changed, or whose source was taken away, turns the suite red."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.offline import OfflineReasoner
from evals.faithfulness.suite import KIND, FaithfulnessSuite
from evals.safety.cases import read_attacks
from evals.safety.world import World, world
from evals.scoring import asked_here
from pesut.city.loader import read_folder
from pesut.contracts import Answer, Claim

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
Spoil = Callable[[Claim], Claim]


def _another_number(claim: Claim) -> Claim:
    return claim.model_copy(update={"rendered": f"{claim.rendered} Seluruhnya 777 keluhan."})


def _no_source(claim: Claim) -> Claim:
    return claim.model_copy(update={"evidence": ()})


def _spoilt(ask: Callable[[str], Awaitable[Answer]], spoil: Spoil) -> Callable[[str], Awaitable[Answer]]:
    async def asked(question: str) -> Answer:
        answer = await ask(question)
        return answer.model_copy(update={"claims": tuple(map(spoil, answer.claims))})

    return asked


async def _red(city: World, ask: Callable[[str], Awaitable[Answer]], question: str) -> set[str]:
    async def answer(text: str, key: str) -> Answer:
        return await ask(text)

    engine = city.dependencies.engine
    outcomes = await asked_here(KIND, FaithfulnessSuite(engine, answer, [question]), engine)
    assert {"number", "citation", "replay"} <= {each.kind for each in outcomes}
    return {each.kind for each in outcomes if not each.right}


@pytest.mark.slow
async def test_what_is_changed_or_unsourced_turns_the_suite_red(engine: AsyncEngine) -> None:
    folder = read_folder(HALIMUN)
    attacks = read_attacks(folder)[:4]
    question = f"Berapa laporan per kategori 30 hari terakhir, dan apa kata warga tentang {attacks[0].about}?"
    async with world(engine, folder, OfflineReasoner, attacks, planted=False) as city:
        assert await _red(city, city.ask, question) == set()
        assert await _red(city, _spoilt(city.ask, _another_number), question) == {"number"}
        assert await _red(city, _spoilt(city.ask, _no_source), question) >= {"number", "citation"}
