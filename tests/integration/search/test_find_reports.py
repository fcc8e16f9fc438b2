"""Reports are found by words, as of the moment and within the scope, and what is shown of them replays without their finders' data."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from pesut.contracts import Dimension, Evidence, Filter, Period, ReportQuery, Scope
from pesut.errors import InvalidInputError
from pesut.evidence import replay
from tests.integration.search.town import JUNE, decide, settle, tell, visit
from tools.reports import find_reports


async def _find(engine: AsyncEngine, scope: Scope | None = None, **query: Any) -> Evidence:
    context = await visit(engine, scope=scope)
    return await find_reports(context, ReportQuery(**query), key="k", label="E1")


def _excerpts(evidence: Evidence) -> list[Any]:
    return [row["excerpt"] for row in evidence.result]


async def test_the_report_with_all_words_comes_first_and_names_are_given(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "Air keruh sejak pagi.", "Lampu jalan mati.", "Air mati dua hari, keruh pula.", "Parkir liar.")
    evidence = await _find(engine, text="laporan tentang air yang mati dan keruh")
    assert _excerpts(evidence) == ["Air mati dua hari, keruh pula.", "Air keruh sejak pagi."]
    row = evidence.result[0]
    assert (row["region_name"], row["agency_name"], row["category_name"]) == (
        "Tempat 9.1.1",
        "Perumda Air",
        "Air bersih",
    )
    assert (row["status_name"], row["submitted_at"]) == ("Menunggu", (JUNE + timedelta(minutes=2)).isoformat())
    assert [dataset.code for dataset in evidence.datasets] == ["reports"]
    assert evidence.observed == Period(start=JUNE, end=JUNE + timedelta(minutes=2, microseconds=1))


@pytest.mark.parametrize("asked", ["banyu kada mengalir", "air tidak mengalir", "Banyu, KADA mengalir!!"])
async def test_the_citys_own_words_are_followed_both_ways(engine: AsyncEngine, asked: str) -> None:
    await settle(engine)
    await tell(engine, "air tidak mengalir di gang kami", "banyu kada mengalir di rumah ulun", "jalan rusak")
    assert sorted(_excerpts(await _find(engine, text=asked))) == [
        "air tidak mengalir di gang kami",
        "banyu kada mengalir di rumah ulun",
    ]


async def test_a_category_named_in_english_is_found_by_its_name(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "Lampu di jalan kami padam.", "Sampah menumpuk.")
    assert _excerpts(await _find(engine, text="Street lights are out")) == ["Lampu di jalan kami padam."]
    assert _excerpts(await _find(engine, text="elephants")) == []


async def test_without_a_text_the_newest_come_first(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "pertama", "kedua kali", "yang ketiga")
    assert _excerpts(await _find(engine, limit=2)) == ["yang ketiga", "kedua kali"]


async def test_copies_of_one_matter_are_shown_once(engine: AsyncEngine) -> None:
    await settle(engine)
    copied = "Mohon perbaiki drainase di RT {} karena air selalu naik setiap hujan deras."
    await tell(engine, *(copied.format(number) for number in range(1, 8)), "Air di parit depan sekolah berwarna hitam.")
    assert len(_excerpts(await _find(engine, text="air"))) == 2
    assert len(_excerpts(await _find(engine))) == 2


@pytest.mark.parametrize(
    ("dimension", "values", "exclude", "kept"),
    [
        (Dimension.REGION, ("9.1",), False, ["village"]),
        (Dimension.DISTRICT, ("9.2",), False, ["district"]),
        (Dimension.VILLAGE, ("9.1.1",), True, ["district", "nowhere"]),
        (Dimension.REGION, ("9",), False, ["district", "nowhere", "village"]),
        (Dimension.CATEGORY, ("light",), False, ["nowhere"]),
        (Dimension.AGENCY, ("pdam",), True, ["nowhere"]),
        (Dimension.STATUS, ("waiting",), False, ["district", "village"]),
    ],
)
async def test_filters_keep_what_they_name(
    engine: AsyncEngine, dimension: Dimension, values: tuple[str, ...], exclude: bool, kept: list[str]
) -> None:
    await settle(engine)
    await tell(engine, "village")
    await tell(engine, "district", region_code="9.2")
    await tell(engine, "nowhere", region_code=None, category="light", agency_code=None, status="done")
    only = Filter(dimension=dimension, values=values, exclude=exclude)
    assert sorted(_excerpts(await _find(engine, filters=(only,)))) == kept


async def test_a_period_keeps_its_start_and_not_its_end(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "air satu", "air dua di rumah", "air tiga kali mati")
    inside = Period(start=JUNE + timedelta(minutes=1), end=JUNE + timedelta(minutes=2))
    assert _excerpts(await _find(engine, text="air", period=inside)) == ["air dua di rumah"]


async def test_a_filter_that_reports_do_not_have_is_refused(engine: AsyncEngine) -> None:
    await settle(engine)
    with pytest.raises(InvalidInputError, match="program"):
        await _find(engine, filters=(Filter(dimension=Dimension.PROGRAM, values=("x",)),))


async def test_supervision_cases_are_for_those_who_may_see_them(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "Pungli di loket air.", classification="supervision")
    for text in ("pungli loket", None):
        assert _excerpts(await _find(engine, text=text)) == []
        assert _excerpts(await _find(engine, Scope(supervision=True), text=text)) == ["Pungli di loket air."]
        assert _excerpts(await _find(engine, Scope(supervision=True, agencies=("dlh",)), text=text)) == []


async def test_what_was_known_at_the_moment_is_what_is_shown(engine: AsyncEngine) -> None:
    await settle(engine)
    report = (await tell(engine, "Air mati."))[0]
    before = await visit(engine)
    first = await find_reports(before, ReportQuery(text="air mati"), key="k", label="E1")
    await decide(engine, report, status="done", category="light")
    await tell(engine, "Air mati lagi di tempat lain, sudah seminggu lebih.")
    later = await find_reports(await visit(engine), ReportQuery(text="air mati"), key="k", label="E1")
    again = await find_reports(before, ReportQuery(text="air mati"), key="other", label="E2")
    assert [row["status"] for row in later.result] == ["done", "waiting"]
    assert again.result == first.result and first.result[0]["status_name"] == "Menunggu"
    assert (await replay(engine, first)).same


async def test_replay_gives_the_same_though_ranking_would_change(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "Air mati. Hubungi 0812-3456-7890. Sudah tiga hari 🥲 begini terus.", title="Air 081234567890")
    evidence = await _find(engine, text="air mati")
    await tell(engine, *(f"air mati di gang nomor {number}, kiriman ke-{number * 7}" for number in range(30)))
    assert (await replay(engine, evidence)).same
    changed = evidence.model_copy(update={"digest": "0" * 64})
    assert not (await replay(engine, changed)).same


@pytest.mark.parametrize(
    "text",
    ["air'; --", 'air & | ! ( ) <-> :* \\ "mati', "\u202eair 🥲", "%s %(x)s air", "?!"],
)
async def test_no_text_of_a_question_is_part_of_the_statement(engine: AsyncEngine, text: str) -> None:
    await settle(engine)
    await tell(engine, "Air mati.")
    evidence = await _find(engine, text=text)
    assert _excerpts(evidence) == ["Air mati."]


async def test_a_repeated_step_finds_its_evidence(engine: AsyncEngine) -> None:
    await settle(engine)
    await tell(engine, "Air mati.")
    context = await visit(engine)
    first = await find_reports(context, ReportQuery(text="air"), key="k", label="E1")
    await tell(engine, "Air mati lagi.")
    assert await find_reports(replace(context), ReportQuery(text="air"), key="k", label="E1") == first
