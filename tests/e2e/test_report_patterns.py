"""What was planted in the sample city is found by asking for it, and all of it replays."""

import pytest

from pesut.contracts import Answer, Evidence
from tests.e2e.asking import answer_to
from tests.e2e.conftest import Demo

pytestmark = pytest.mark.slow


def pattern_in(demo: Demo, question: str) -> tuple[Answer, Evidence]:
    """The answer, and the evidence of its pattern, replayed."""
    with demo.api() as api:
        answer = answer_to(api, question)
        found = next(each for each in answer.evidence if each.derivation)
        replayed = api.post(f"/v1/evidence/{found.id}/replay").raise_for_status().json()
    assert answer.status == "answered", answer.text
    assert replayed["same"], replayed["difference"]
    assert not answer.cut
    return answer, found


def test_the_campaign_stands_out_with_its_few_reporters(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Apa yang tidak biasa 60 hari terakhir?")

    campaign = next(row for row in found.result if row["category"] == "market" and row["place"])
    assert campaign["unusual"]
    assert campaign["place_name"] == "Samarinda Ulu"
    assert int(str(campaign["reporters"])) * 2 < int(str(campaign["value"]))
    assert "Pasar dan pedagang, Samarinda Ulu" in answer.text


def test_the_silent_villages_are_found_by_name(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Kelurahan mana yang jarang melapor?")

    assert sorted(str(row["village_name"]) for row in found.result if row["silent"]) == ["Baqa", "Sungai Kapih"]
    assert "Sungai Kapih (Sambutan)" in answer.text
