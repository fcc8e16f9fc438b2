"""Where only the matter is missing, one question back; its options keep all that was said."""

import pytest

from tests.unit.agents.offline.conftest import Planner, said


@pytest.mark.parametrize(
    "question",
    ["Berapa jumlahnya bulan lalu?", "naik apa turun?", "Bandingkan Kawah dengan Garung Kidul", "Kawah bulan lalu?"],
)
def test_a_question_without_matter_is_asked_back(halimun: Planner, question: str) -> None:
    plan = halimun(question)
    assert plan.clarify
    assert "Jumlah keluhan" in [option.label for option in plan.clarify.options]


def test_the_option_keeps_places_and_comparison(halimun: Planner) -> None:
    asked = "Bandingkan Kawah dengan Garung Kidul bulan lalu"
    plan = halimun(asked)
    assert plan.clarify
    chosen = next(option for option in plan.clarify.options if option.label == "Jumlah keluhan")
    expected = ["metric jumlah_keluhan region=91.07.02,91.07.04 2026-10-01..2026-11-01 by:district"]
    assert said(halimun(chosen.question)) == expected
    assert (
        said(halimun("jumlah keluhan", plan_question := "Bandingkan Kawah dengan Garung Kidul bulan lalu")) == expected
    )
    assert plan_question


def test_small_talk_is_not_asked_back(halimun: Planner) -> None:
    assert said(halimun("halo")) == "out_of_scope"
