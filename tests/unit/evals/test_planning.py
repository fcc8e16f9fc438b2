"""The planning suite's cases can be read and follow their schema; its measures tell asking back from refusing too much."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evals.planning.cases import CASES, CaseFile, Route, read_planning
from pesut.errors import InvalidInputError
from pesut.evaluations.contracts import Outcome
from pesut.evaluations.measures import routing

FILES = sorted(CASES.glob("*/*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_file_follows_the_schema(path: Path) -> None:
    schema = json.loads((CASES / "schema.json").read_text())
    jsonschema.validate(yaml.safe_load(path.read_text()), schema)


def test_the_schema_is_that_of_the_cases() -> None:
    assert json.loads((CASES / "schema.json").read_text()) == CaseFile.model_json_schema()


def test_a_hundred_questions_are_ambiguous_or_cannot_be_answered_and_a_third_is_held_out() -> None:
    written = [(part, case) for part, case, _ in read_planning("all") if not case.id.startswith("data_")]
    assert len({case.id for _, case in written}) == len({case.ask for _, case in written}) == 100
    assert 1 / 4 <= sum(part == "held_out" for part, _ in written) / 100 <= 2 / 5
    assert all(case.expect[0] in {Route.CLARIFY, Route.ABSTAIN} for _, case in written)


def test_most_questions_can_be_answered() -> None:
    routes = [case.expect[0] for _, case, _ in read_planning("all")]
    assert routes.count(Route.METRIC) > 100
    assert {Route.REPORT, Route.DOCUMENT, Route.RECOMMEND} <= set(routes)


def test_a_malformed_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "broken.yml").write_text("version: 1\ncases: [{id: a, ask: '?', expect: [guess], why: x}]\n")
    monkeypatch.setattr("evals.planning.cases.CASES", tmp_path)
    with pytest.raises(InvalidInputError, match=r"broken\.yml"):
        list(read_planning("open"))


def test_refusing_everything_is_over_refusal_and_answering_everything_has_no_recall() -> None:
    wanted = ["metric", "metric", "clarify", "abstain"]
    refused, answered = routing(_told(wanted, ["abstain"] * 4)), routing(_told(wanted, ["metric"] * 4))
    assert (refused["over-refusal"], refused["abstain recall"], refused["abstain precision"]) == (1.0, 1.0, 0.25)
    assert (answered["over-refusal"], answered["abstain recall"], answered["clarify recall"]) == (0.0, 0.0, 0.0)
    assert routing(_told(wanted, wanted)) | {"over-refusal": 1.0} == dict.fromkeys(routing(_told(wanted, wanted)), 1.0)
    assert routing([Outcome(name="a", kind="k", part="open", right=True)]) == {}


def _told(expected: list[str], got: list[str]) -> list[Outcome]:
    return [
        Outcome(name=str(n), kind=want, part="open", right=want == have, expected=want, got=have)
        for n, (want, have) in enumerate(zip(expected, got, strict=True))
    ]
