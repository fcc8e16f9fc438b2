"""The reports suite: its truth is the generator's and people's, and a broken classifier or linker turns it red."""

import json
from collections.abc import Sequence

import jsonschema
import pytest
import yaml

from evals.reports.cases import LABELLED, LabelledFile, read_labelled
from evals.reports.matters import campaigns, pairs
from evals.reports.reading import Reader
from evals.reports.suite import KIND, ReportMaterial, ReportSuite
from evals.reports.truth import NOW, Told, made_up
from evals.scoring import Asked, asked_here, scored
from pesut.city.loader import CityFolder, read_folder
from pesut.contracts import new_id
from pesut.database.engine import connect
from pesut.evaluations.comparison import Kept, compared
from pesut.evaluations.contracts import About, EvaluationOrder, EvaluationStatus, KeptCase, KeptRun, Outcome
from pesut.evaluations.measures import measures
from pesut.reports.classification.deciding import Arrived, Decided, Decider
from pesut.reports.classification.texts import reader_of
from pesut.reports.linking.telling import TellingReader
from pesut.settings import Settings

NOWHERE = connect("postgresql+psycopg://nobody@localhost:1/none")  # nothing is read from it


class Stubborn(Decider):
    """Takes every report for a flood."""

    def decide(self, reports: Sequence[Arrived]) -> list[Decided]:
        every = super().decide(reports)
        for each in every:
            each.values |= {"category": "flood", "agency_code": "dpupr"}
        return every


@pytest.fixture(scope="module")
def folder() -> CityFolder:
    return read_folder(Settings().city)


@pytest.fixture(scope="module")
def told(folder: CityFolder) -> list[Told]:
    return list(made_up(Settings().city, folder, scale=0.02))


async def _asked(folder: CityFolder, told: list[Told], decider: type[Decider]) -> list[Outcome]:
    agencies, places = list(folder.agencies), TellingReader(reader_of(folder.city.words), folder.regions)
    reader = Reader(decider(folder.city, folder.catalog, agencies, {}), places)
    suite = ReportSuite(reader, told, read_labelled(), read=100)
    return await asked_here(KIND, suite, NOWHERE)


async def test_a_broken_classifier_turns_the_suite_red(folder: CityFolder, told: list[Told]) -> None:
    whole, broken = [await _asked(folder, told, decider) for decider in (Decider, Stubborn)]
    found, worse = measures("reports", whole), measures("reports", broken)
    assert found["category macro-F1"] > 0.4 > 0.1 > worse["category macro-F1"]
    assert found["category right where decided"] > 0.8
    assert found["place macro-F1"] == worse["place macro-F1"] > 0.5
    assert found["urgency macro-F1"] > 0.4
    assert 0 <= found["category ECE"] < worse["category ECE"]
    assert compared(_kept(whole), _kept(broken)).suites["reports"].verdict == "loss"


def _kept(outcomes: list[Outcome]) -> Kept:
    run = KeptRun(
        id=new_id(), wanted=EvaluationOrder(suites=("reports",)), status=EvaluationStatus.FINISHED, started_at=NOW,
        catalog_version="c", code_version="v", data_digest="d",
    )  # fmt: skip
    cases = [
        KeptCase(
            suite="reports", name=each.name, number=number, outcomes=(each,), finished_at=NOW,
            about=About(topic=each.topic, kind=each.kind, part="", question=each.question),
        )
        for number, each in enumerate(outcomes)
    ]  # fmt: skip
    return Kept(run=run, cases=tuple(cases))


def test_what_is_made_up_is_the_same_each_night_and_told_apart(folder: CityFolder, told: list[Told]) -> None:
    assert told == list(made_up(Settings().city, folder, scale=0.02))
    assert len({each.number for each in told}) == len(told)
    assert len({each.truth.category for each in told}) > 15
    assert any(each.truth.matter for each in told)


async def test_links_that_are_missing_or_wrong_are_told(told: list[Told]) -> None:
    right = {each.number: each.truth.campaign or each.truth.matter or each.number for each in told}
    alone = {each.number: each.number for each in told}
    heap = right | dict.fromkeys(list(alone)[:20], "all")
    assert await _links(told, right) == {"pair precision": 1.0, "pair recall": 1.0, "pair F1": 1.0, "red": 0}
    assert await _links(told, alone) == {"pair precision": 0.0, "pair recall": 0.0, "pair F1": 0.0, "red": 2}
    heaped = await _links(told, heap)
    assert heaped["pair precision"] < 0.5


async def _links(told: list[Told], groups: dict[str, str]) -> dict[str, float]:
    material = ReportMaterial(pairs=tuple(pairs(told, groups)), campaigns=tuple(campaigns(told, groups)))
    about = About(topic="matters", kind="matters", part="", question="")
    outcomes = (await scored(KIND, NOWHERE, [Asked("matters", about, material)]))["matters"]
    red = sum(not each.right for each in outcomes if each.kind == "campaign")
    return measures("reports", outcomes) | {"red": red}


def test_what_people_labelled_follows_its_schema() -> None:
    schema = json.loads((LABELLED.parent / "labelled.schema.json").read_text())
    assert schema == LabelledFile.model_json_schema()
    jsonschema.validate(yaml.safe_load(LABELLED.read_text()), schema)
    assert {each.urgency for each in read_labelled()} == {"emergency", "high", "normal"}
