"""Whatever a model drafts becomes a plan or claims that hold, or is said to be unfit: nothing else may come of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from agents.reasoners.base import Draft, Label, PlanRequest, ReadPurpose, ReadRequest, Source, WriteRequest
from agents.reasoners.model.asking import UnfitError
from agents.reasoners.model.drafts import PlanDraft
from agents.reasoners.model.planning import plan_from
from agents.reasoners.model.reading import draft_for
from agents.reasoners.model.writing import AnswerDraft, Judge
from pesut.city.loader import CityFolder
from pesut.city.models import Gazetteer
from pesut.contracts import Dimension, Evidence, Language, MetricQuery, Period, Plan
from pesut.errors import PesutError

UNFIT = (UnfitError, PesutError, ValidationError)  # what the model is told, and asked again
exhaustive = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

WORDS = st.sampled_from(
    [
        "jumlah_keluhan",
        "suhu_terendah",
        "serapan",
        "hama",
        "Kawah",
        "91.07.02",
        "dinas_tani",
        "dinas tani (kabupaten)",
        "",
    ]
) | st.text(max_size=30)
DAYS = st.none() | st.dates().map(str) | st.sampled_from(["0001-01-01", "2026-10-01", "2026-10-31", "9999-12-31"])


def _object(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(required, optional=optional)


FILTERS: st.SearchStrategy[Any] = st.lists(
    _object({"dimension": st.sampled_from(list(Dimension)), "values": st.lists(WORDS, min_size=1, max_size=3)}),
    max_size=20,
)
METRICS = _object(
    {"metric": WORDS},
    first_day=DAYS,
    last_day=DAYS,
    filters=FILTERS,
    group_by=st.lists(st.sampled_from(list(Dimension)), max_size=5),
    having=_object({"operator": st.sampled_from([">", "<="]), "value": st.floats()}, threshold=WORDS),
    limit=st.integers(1, 100),
)
PLANS = _object(
    {},
    language=st.sampled_from(list(Language)),
    metrics=st.lists(METRICS, max_size=4),
    reports=st.lists(_object({}, text=WORDS, first_day=DAYS, last_day=DAYS, filters=FILTERS), max_size=2),
    documents=st.lists(_object({"text": WORDS}), max_size=2),
    recommend=_object({"topic": st.text()}, regions=st.lists(WORDS, max_size=3)),
    clarify=_object({"question": WORDS, "options": st.lists(WORDS, min_size=2, max_size=4)}),
    decline=_object({"reason": st.just("no_data")}, agency=WORDS),
    assumptions=st.lists(st.text(), max_size=3),
)
TEXTS = st.sampled_from(
    ["Jumlah keluhan {E1.rows[0].value|measure}.", "Keluhan {E1.rows[9].value|rupiah}", "{E1", "nol\0nol", "lima"]
) | st.text(max_size=40)
POINTS = _object({"text": TEXTS}, evidence=st.lists(WORDS | st.just("E1"), max_size=2))
OPTIONS = _object(
    {"title": TEXTS, "action": POINTS, "expected_effect": POINTS, "counter_argument": POINTS},
    agency=WORDS,
    deadline=POINTS,
    budget=POINTS,
)
REVIEWS = _object(
    {"problem": POINTS, "facts": st.lists(POINTS, min_size=1, max_size=2), "conclusion": POINTS},
    options=st.lists(OPTIONS, max_size=2),
)
ANSWERS = _object(
    {"claims": st.lists(POINTS, min_size=1, max_size=3)},
    follow_ups=st.lists(TEXTS, max_size=3),
    staff_review=REVIEWS,
)


@pytest.fixture
def request_of(highland: CityFolder) -> PlanRequest:
    return PlanRequest(
        question="Berapa keluhan hama bulan lalu?",
        history=(),
        city=highland.city,
        catalog=highland.catalog,
        gazetteer=Gazetteer(regions=tuple(highland.regions), agencies=tuple(highland.agencies)),
        now=datetime(2026, 11, 24, 10, 30, tzinfo=highland.city.zone),
    )


@pytest.fixture
def written(highland: CityFolder, make_evidence: Callable[..., Evidence], request_of: PlanRequest) -> WriteRequest:
    month = Period(
        start=datetime(2026, 10, 1, tzinfo=highland.city.zone), end=datetime(2026, 11, 1, tzinfo=highland.city.zone)
    )
    evidence = make_evidence("E1", MetricQuery(metric="jumlah_keluhan", period=month), [{"value": 40}])
    return WriteRequest(
        question=request_of.question,
        language=Language.ID,
        plan=Plan(),
        findings=(),
        evidence={"E1": evidence},
        catalog=highland.catalog,
        city=highland.city,
        gazetteer=request_of.gazetteer,
        now=request_of.now,
        wants_review=True,
    )


@exhaustive
@given(drafted=PLANS)
def test_any_draft_of_a_plan_holds_or_is_unfit(request_of: PlanRequest, drafted: dict[str, Any]) -> None:
    try:
        plan = plan_from(PlanDraft.model_validate(drafted), request_of)
    except UNFIT:
        return
    assert plan.steps or plan.clarify or plan.decline
    assert "\\u0000" not in plan.model_dump_json()


@exhaustive
@given(drafted=ANSWERS)
def test_any_draft_of_an_answer_holds_or_is_unfit(written: WriteRequest, drafted: dict[str, Any]) -> None:
    judge = Judge(written)
    for _ in range(2):  # the second look is a milder one
        try:
            draft = judge(AnswerDraft.model_validate(drafted))
        except UNFIT:
            continue
        assert isinstance(draft, Draft)
        assert "\\u0000" not in draft.model_dump_json()


TEXTS_TO_READ = (Source(id="7", text="Wereng lagi."), Source(id="8", text="Jalan putus."))
LABELS = (Label(code="hama", meaning="pests"), Label(code="jalan", meaning="roads"))


def _reading(purpose: ReadPurpose) -> ReadRequest:
    return ReadRequest(texts=TEXTS_TO_READ, purpose=purpose, language=Language.ID, vocabulary=LABELS, limit=2)


@pytest.mark.parametrize("schema", [PlanDraft, AnswerDraft, *(draft_for(_reading(each)) for each in ReadPurpose)])
def test_no_draft_can_go_on_for_ever(schema: type[BaseModel]) -> None:
    """A small model that goes in circles is stopped by the grammar that a server makes of the schema."""
    endless = [path for path, part in _parts(schema.model_json_schema()) if _endless(part)]
    assert endless == []


@pytest.mark.parametrize("wrong", [{"source": "9", "label": "hama"}, {"source": "7", "label": "aman"}])
def test_a_reader_can_name_nothing_but_what_it_was_given(wrong: dict[str, str]) -> None:
    schema = draft_for(_reading(ReadPurpose.LABEL))
    schema.model_validate({"labels": [{"source": "7", "label": "hama"}]})
    with pytest.raises(ValidationError):
        schema.model_validate({"labels": [wrong]})


def _endless(part: dict[str, Any]) -> bool:
    if part.get("type") == "array":
        return "maxItems" not in part
    return part.get("type") == "string" and not part.keys() & {"maxLength", "enum", "const", "format"}


def _parts(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        named = cast("dict[str, Any]", part)
        yield path, named
        for name, inner in named.items():
            yield from _parts(inner, f"{path}/{name}")
    elif isinstance(part, list):
        for inner in cast("list[Any]", part):
            yield from _parts(inner, path)
