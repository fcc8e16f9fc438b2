"""Reports: as many as wanted, varied like people's, with duplicates, campaigns, mistakes and silence planted to be found."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from pesut.sample.outline import Outline
from pesut.sample.reports import TABLES
from pesut.sample.story import Story

Tell = Callable[..., Story]
Line = dict[str, str]

REPORT, STATE = (TABLES[table].split(", ") for table in ("report", "report_state"))
BANJAR = re.compile(
    r"\b(kada|banyu|handak|ulun|nang|gasan|matan|ratik|lakasi?|banar|wayahini|buhan|kayapa|pian|larang|calap)\b"
)


def _rows(story: Story, table: str, columns: list[str]) -> Iterator[Line]:
    for rows in story.reports().blocks(story.outliner().outlines()):
        for line in rows.lines[table]:
            yield dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))


@pytest.fixture(scope="module")
def tenth(tell: Tell) -> Story:
    return tell(scale=0.25)


@pytest.fixture(scope="module")
def reports(tenth: Story) -> list[Line]:
    return list(_rows(tenth, "report", REPORT))


@pytest.fixture(scope="module")
def states(tenth: Story) -> dict[str, list[Line]]:
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for row in _rows(tenth, "report_state", STATE):
        found[row["report_id"]].append(row)
    return found


@pytest.fixture(scope="module")
def truths(tenth: Story) -> dict[str, dict[str, Any]]:
    rows = _rows(tenth, "sample_truth", ["report_id", "truth"])
    return {row["report_id"]: json.loads(row["truth"].replace("\\\\", "\\")) for row in rows}


def test_there_are_as_many_as_wanted_in_the_order_of_time(whole: Story, outlines: list[Outline]) -> None:
    assert len(outlines) == whole.spec.reports.total == 20_000
    moments = [each.moment for each in outlines]
    assert moments == sorted(moments)
    assert moments[-1] < whole.timeline.now.timestamp()


def test_the_same_seed_tells_the_same(tell: Tell) -> None:
    told = [list(_rows(tell(scale=0.01, seed=seed), "report", REPORT)) for seed in (5, 5, 6)]
    assert told[0] == told[1] != told[2]


def test_categories_classes_and_channels_are_the_catalogs(
    tenth: Story, reports: list[Line], states: dict[str, list[Line]]
) -> None:
    catalog = tenth.city.catalog
    last = [rows[-1] for rows in states.values()]
    assert {row["category"] for row in last} == {term.code for term in catalog.categories}
    assert {row["classification"] for row in last} == {term.code for term in catalog.classifications}
    assert {row["status"] for row in last} == {term.code for term in catalog.statuses}
    assert {row["channel"] for row in reports} == {term.code for term in catalog.channels}
    assert {row["agency_code"] for row in last} <= {agency.code for agency in tenth.city.agencies}


def _plain(text: str) -> str:
    return re.sub(r"[^a-z ]", "", text.lower())


def test_texts_do_not_look_alike(reports: list[Line], truths: dict[str, dict[str, Any]]) -> None:
    told = [_plain(row["body"]) for row in reports if "campaign" not in truths[row["id"]]]
    assert len(set(told)) / len(told) > 0.98
    openings = Counter(" ".join(text.split()[:4]) for text in told)
    assert openings.most_common(1)[0][1] / len(told) < 0.02


def test_texts_are_as_long_as_peoples(reports: list[Line]) -> None:
    lengths = sorted(len(row["body"].split()) for row in reports)
    assert 13 <= lengths[len(lengths) // 2] <= 32
    assert sum(5 <= length <= 60 for length in lengths) / len(lengths) > 0.96


def test_some_speak_banjar_some_shorten_some_shout(tenth: Story, reports: list[Line]) -> None:
    bodies = [row["body"] for row in reports]
    short = {way for word, ways in tenth.spec.words.short.items() for way in ways if way != word}
    shares = {
        "banjar": sum(bool(BANJAR.search(body.lower())) for body in bodies) / len(bodies),
        "short": sum(not short.isdisjoint(body.lower().split()) for body in bodies) / len(bodies),
        "shouting": sum(body.isupper() for body in bodies) / len(bodies),
        "emoji": sum(any(ord(sign) > 0x2600 for sign in body) for body in bodies) / len(bodies),
    }
    assert shares["banjar"] > 0.05
    assert shares["short"] > 0.2
    assert shares["shouting"] > 0.01
    assert shares["emoji"] > 0.03


def test_nothing_of_the_grammar_is_left_over(reports: list[Line]) -> None:
    for row in reports:
        assert not re.search(r"[{}|]", row["title"] + row["body"]), row
        assert row["title"]
        assert row["body"]


def test_mistakes_and_gaps_are_as_frequent_as_meant(
    reports: list[Line], states: dict[str, list[Line]], truths: dict[str, dict[str, Any]]
) -> None:
    last = {report: rows[-1] for report, rows in states.items()}
    wrong = sum(last[report]["category"] != truth["category"] for report, truth in truths.items()) / len(truths)
    unplaced = sum(row["region_code"] == "\\N" for row in last.values()) / len(last)
    supervised = sum(row["classification"] == "supervision" for row in last.values()) / len(last)
    assert 0.045 < wrong < 0.08
    assert 0.32 < unplaced < 0.38
    assert 0.015 < supervised < 0.045
    for report, row in last.items():
        if row["region_code"] == "\\N" and "campaign" not in truths[report]:
            assert truths[report]["mention"] not in {"vague", "district"}


def test_repeated_matters_are_the_same_matter(reports: list[Line], truths: dict[str, dict[str, Any]]) -> None:
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for row in reports:
        if first := truths[row["id"]].get("same_matter_as"):
            groups[first].append(row)
    again = sum(len(group) - 1 for group in groups.values())
    assert 0.08 < again / len(reports) < 0.1
    for group in groups.values():
        assert len({(truths[row["id"]]["category"], truths[row["id"]]["region"]) for row in group}) == 1
        assert len({_plain(row["body"]) for row in group}) > len(group) * 0.6


def test_a_campaign_is_many_texts_of_few(tenth: Story, reports: list[Line], truths: dict[str, dict[str, Any]]) -> None:
    for campaign in tenth.spec.reports.campaigns:
        told = [row for row in reports if truths[row["id"]].get("campaign") == campaign.code]
        assert len(told) >= 12
        assert len({row["reporter"] for row in told}) <= campaign.reporters
        days = sorted(row["submitted_at"][:10] for row in told)
        assert len(set(days)) <= campaign.days + 1


def test_few_people_report_often(reports: list[Line]) -> None:
    counts = sorted(Counter(row["reporter"] for row in reports).values(), reverse=True)
    assert sum(counts[: len(counts) // 10]) / len(reports) > 0.2
    assert counts.count(1) / len(counts) > 0.5


def test_two_villages_fall_silent(whole: Story, outlines: list[Outline]) -> None:
    places, midnights = whole.drivers.places, whole.timeline.midnights.astype("int64")
    for silence in whole.spec.reports.silences:
        village = places.villages.index(silence.region)
        begins = midnights[-silence.days]
        share = places.inhabitants[village] / places.inhabitants.sum()
        recent = [each for each in outlines if each.moment >= begins]
        told = sum(each.matter.village == village for each in recent)
        assert told < 0.25 * share * len(recent)
        assert sum(each.matter.village == village for each in outlines if each.moment < begins) > 4 * told


def test_a_life_runs_forward(states: dict[str, list[Line]], tenth: Story) -> None:
    now = tenth.timeline.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for rows in states.values():
        assert rows[0]["status"] == "waiting"
        assert rows[-1]["superseded_at"].startswith("9999")
        for earlier, later in pairwise(rows):
            assert earlier["superseded_at"] == later["recorded_at"] > earlier["recorded_at"]
        for row in rows:
            assert row["submitted_at"] < row["recorded_at"] <= now
            assert (row["closed_at"] != "\\N") == (row["status"] == "done")
            assert all(row[name] == "\\N" or row[name] <= row["recorded_at"] for name in ("responded_at", "closed_at"))


def test_agencies_differ_in_how_long_they_take(states: dict[str, list[Line]]) -> None:
    closed: defaultdict[str, list[int]] = defaultdict(list)
    for rows in states.values():
        closed[rows[-1]["agency_code"]].append(rows[-1]["status"] == "done")
    share = {agency: sum(done) / len(done) for agency, done in closed.items() if len(done) > 50}
    assert share["disdukcapil"] > share["dpupr"] + 0.08


def test_some_closures_are_contested_and_opened_again(states: dict[str, list[Line]]) -> None:
    opened = sum(any(row["status"] == "reopened" for row in rows) for rows in states.values())
    assert 0.015 < opened / len(states) < 0.07
