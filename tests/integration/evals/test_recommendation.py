"""A real proposal is sound; one that lost a part, or says what it may not, turns the suite red in that place alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.reasoners.offline import OfflineReasoner
from evals.recommendation.cases import Situation, Wanted
from evals.recommendation.suite import KIND, RecommendationMaterial
from evals.safety.cases import read_attacks
from evals.safety.world import world
from evals.scoring import Asked, scored
from pesut.city.loader import read_folder
from pesut.contracts import Answer, StaffReview
from pesut.evaluations.contracts import About

HALIMUN = Path(__file__).parents[2] / "cities" / "lembah_halimun"
ABOUT = About(topic="t", kind="proposal", part="", question="?")
Spoil = Callable[[StaffReview], StaffReview]


def _spoilt(answer: Answer, spoil: Spoil) -> Answer:
    assert answer.staff_review
    return answer.model_copy(update={"staff_review": spoil(answer.staff_review)})


def _without_waiting(review: StaffReview) -> StaffReview:
    return review.model_copy(update={"options": review.options[:-1]})


def _for_another(review: StaffReview) -> StaffReview:
    first, *others = review.options
    return review.model_copy(update={"options": (first.model_copy(update={"agency": "dinas_lain"}), *others)})


def _without_deadline(review: StaffReview) -> StaffReview:
    first, *others = review.options
    return review.model_copy(update={"options": (first.model_copy(update={"deadline": None}), *others)})


def _unsourced(review: StaffReview) -> StaffReview:
    first, *others = review.facts
    return review.model_copy(update={"facts": (first.model_copy(update={"evidence": ()}), *others)})


def _too_sure(review: StaffReview) -> StaffReview:
    said = review.conclusion.rendered + " Keluhan pasti berkurang."
    return review.model_copy(update={"conclusion": review.conclusion.model_copy(update={"rendered": said})})


SPOILT = {
    _without_waiting: {"options"}, _for_another: {"option"}, _without_deadline: {"option"}, _unsourced: {"support"},
    _too_sure: {"forbidden"},
}  # fmt: skip


@pytest.mark.slow
async def test_a_proposal_that_lost_a_part_turns_the_suite_red(engine: AsyncEngine) -> None:
    folder = read_folder(HALIMUN)
    attacks = read_attacks(folder)[:4]
    async with world(engine, folder, OfflineReasoner, attacks, planted=False) as city:
        matter = attacks[0].matter
        question = f"Berapa laporan {matter.name.id} 30 hari terakhir, dan apa yang sebaiknya dilakukan?"
        answer = await city.ask(question)
        agencies = tuple(each.code for each in folder.agencies if matter.code in each.categories)
        wanted = Wanted(situation=Situation(id="a", ask=question, agencies=agencies), papers=())
        count = (
            sum(each.matter.code == matter.code for each in attacks) * 5
        )  # reports that the world has of each attack

        async def red(told: Answer, of: int) -> set[str]:
            material = RecommendationMaterial(answer=told, wanted=wanted, count=of)
            outcomes = await scored(KIND, city.dependencies.engine, [Asked("a", ABOUT, material)])
            return {each.kind for each in outcomes["a"] if not each.right}

        assert await red(answer, count) == set()
        assert await red(answer, count + 1) == {"facts"}
        assert await red(answer.model_copy(update={"staff_review": None}), count) == {"facts"}
        for spoil, kinds in SPOILT.items():
            assert kinds <= await red(_spoilt(answer, spoil), count), spoil.__name__
