"""What was planted in the sample city is found by asking for it, and all of it replays."""

from datetime import timedelta
from zoneinfo import ZoneInfo

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
    told = next(claim.rendered for claim in answer.claims if "Pasar dan pedagang" in claim.rendered)
    assert "Samarinda Ulu" in told, "first, or beside the whole city, whichever is clearer on the day"


def test_the_silent_villages_are_found_by_name(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Kelurahan mana yang jarang melapor?")

    assert sorted(str(row["village_name"]) for row in found.result if row["silent"]) == ["Baqa", "Sungai Kapih"]
    assert "Sungai Kapih (Sambutan)" in answer.text


def test_who_is_late_and_whose_closures_are_contested(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Siapa yang terlambat?")

    late = [int(str(row["overdue"])) for row in found.result]
    assert late == sorted(late, reverse=True)
    assert late[0] > 0
    assert str(found.result[0]["agency_name"]) in answer.text
    contested = {str(row["agency"]): float(str(row["reopened_share"] or 0)) for row in found.result}
    assert (
        contested["perumdam"] > contested["disdukcapil"] >= 0
    )  # planted: 13 % against 3 %, of which most are reopened


def test_reports_that_will_be_late_are_named_with_what_forecasts_were_worth(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Laporan mana yang akan terlambat?")

    shares = [(float(str(row["late_share"])), row["alike_late_share"]) for row in found.result if row["alike"]]
    assert shares
    assert all(abs(chance - float(str(true))) < 0.25 for chance, true in shares)
    assert str(found.result[0]["number"]) in answer.text


def test_reports_that_will_be_late_are_those_of_the_place(demo: Demo) -> None:
    """Nor those of which nobody knows the place."""
    told = [
        pattern_in(demo, f"Laporan mana di {place} yang akan terlambat?")[1] for place in ("Palaran", "Sungai Pinang")
    ]
    here, there = ({str(row["number"]) for row in found.result} for found in told)
    assert here or there
    assert not here & there


def test_planted_floods_are_found_in_reports_and_levels_by_place_and_date(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Apakah laporan banjir 100 hari terakhir sesuai dengan tinggi muka air?")

    today = found.as_of.astimezone(ZoneInfo("Asia/Makassar")).date()
    agreeing = {(str(row["place_name"]), str(row["since"])) for row in found.result if row["verdict"] == "both"}
    for place, ago in (("Sungai Pinang", 36), ("Samarinda Utara", 36), ("Sungai Kunjang", 83), ("Samarinda Utara", 12)):
        assert (place, (today - timedelta(days=ago)).isoformat()) in agreeing
    assert float(str(found.result[0]["relation_share"])) < 0.05
    assert "Sungai Pinang" in answer.text and "Gunung Lingai" in answer.text


def test_a_flood_where_no_gauge_stands_is_reported_without_a_high_level(demo: Demo) -> None:
    _, found = pattern_in(demo, "Apakah laporan banjir di Palaran 200 hari terakhir cocok dengan tinggi muka air?")

    today = found.as_of.astimezone(ZoneInfo("Asia/Makassar")).date()
    alone = [row for row in found.result if row["verdict"] == "reports_only"]
    assert [row["place_name"] for row in alone] == ["Palaran"]
    assert alone[0]["since"] in {(today - timedelta(days=ago)).isoformat() for ago in (162, 163)}


def test_the_cells_that_floods_fill_are_found_by_village(demo: Demo) -> None:
    answer, found = pattern_in(demo, "Di mana titik rawan banjir?")

    hot = [row for row in found.result if row["hot"]]
    assert {"Sempaja Timur", "Gunung Lingai"} <= {str(row["village_name"]) for row in hot}
    assert all(float(str(row["value"])) > 3 * float(str(row["expected"])) for row in hot)
    assert 0.7 < float(str(found.result[0]["unplaced_share"])) < 0.85
    assert "Sempaja Timur (Samarinda Utara)" in answer.text
