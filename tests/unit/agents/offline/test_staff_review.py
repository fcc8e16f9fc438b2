"""A draft without a model: each option says who, when, with what money, by which rule, for which aim, and what speaks against it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.answer.check import checked
from agents.reasoners.base import WriteRequest
from agents.reasoners.offline.writing.draft import write
from pesut.contracts import (
    AgencyQuery,
    BudgetQuery,
    Comparison,
    DocumentQuery,
    Evidence,
    Language,
    MetricQuery,
    Period,
    Plan,
    RecommendStep,
    StaffReview,
)
from pesut.decisions.targets import aim_in
from pesut.placeholders import Sources, render

OCTOBER = Period(start=datetime(2026, 9, 30, 17, tzinfo=UTC), end=datetime(2026, 10, 31, 17, tzinfo=UTC))
COUNT = MetricQuery(metric="jumlah_keluhan", period=OCTOBER, comparison=Comparison.LAST_YEAR)
WORSE = {"value": 120, "previous": 100, "change": 20, "change_ratio": 0.2}
BETTER = {"value": 80, "previous": 100, "change": -20, "change_ratio": -0.2}
Drafted = Callable[..., tuple[StaffReview, Sources]]


def paper(title: str, kind: str, passage: str) -> dict[str, Any]:
    return {"code": title, "title": title, "kind": kind, "number": "", "issued_on": "2025-03-02", "heading": "",
            "passage": passage}  # fmt: skip


@pytest.fixture
def drafted(make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]) -> Drafted:
    """`drafted(row, left=, language=)`: the checked draft on complaints of October, with every kind of ground."""

    def make(row: dict[str, Any], left: int = 400, language: Language = Language.ID, **query: Any) -> Any:
        money = {"code": "p1", "name": "Pengendalian Hama", "program": "", "agency": "dinas_tani", "year": 2026,
                 "ceiling": 1000, "realised": 1000 - left, "left": left}  # fmt: skip
        agency = {
            "code": "dinas_tani",
            "name": "Dinas Pertanian",
            "mandate": "Urusan pertanian.",
            "categories": ["hama"],
        }
        plans = [
            paper("Renstra Dinas Pertanian", "plan", "Penyuluhan diperluas ke setiap desa di hulu."),
            paper("RPJMD Lembah Halimun", "plan", "Gagal panen akibat hama berkurang setiap tahun."),
        ]
        sources = make_sources(
            make_evidence("E1", COUNT.model_copy(update=query), [row]),
            make_evidence("E2", AgencyQuery(categories=("hama",)), [agency]),
            make_evidence("E3", BudgetQuery(year=2026, limit=3), [money]),
            make_evidence(
                "E4", DocumentQuery(text="hama"), [paper("Perbup Hama", "regulation", "Hama ditangani cepat.")]
            ),
            make_evidence("E5", DocumentQuery(text="hama", kinds=("plan",)), plans),
            language=language,
        )
        request = WriteRequest(
            question="Apa yang sebaiknya dilakukan?", language=language,
            plan=Plan(language=language, steps=(RecommendStep(topic="hama"),)), findings=(), evidence=sources.evidence,
            catalog=sources.catalog, city=sources.city, gazetteer=sources.gazetteer, now=sources.now, wants_review=True,
        )  # fmt: skip
        result = checked(write(request), sources)
        assert result.cut == ()
        assert result.staff_review is not None
        return result.staff_review, sources

    return make


@pytest.mark.parametrize("language", list(Language))
def test_every_option_is_whole(language: Language, drafted: Drafted) -> None:
    review, sources = drafted(WORSE, language=language)
    acting, *_ = review.options
    for option in review.options:
        assert option.agency == "dinas_tani"
        assert option.deadline
        assert option.risk
        assert option.target
        assert aim_in(option.target, sources)
    assert acting.budget
    assert acting.legal_basis
    assert acting.plan_link
    assert all(review.facts_behind(step) for step in review.analysis)


def test_what_got_worse_is_to_come_back(drafted: Drafted) -> None:
    review, sources = drafted(WORSE)
    levels = [aim.target.value for each in review.options if each.target and (aim := aim_in(each.target, sources))]
    assert levels == [100, 120, 120]
    assert review.options[0].target
    assert render(review.options[0].target.text, sources) == (
        "Jumlah keluhan paling banyak 100 keluhan dalam masa yang sama panjang sesudah diputuskan; "
        "dilihat kembali pada 25 Desember 2026 bila diputuskan hari ini."
    )


def test_what_got_better_is_not_to_get_worse(drafted: Drafted) -> None:
    review, sources = drafted(BETTER)
    assert review.options[0].target
    aim = aim_in(review.options[0].target, sources)
    assert aim is not None
    assert (aim.target.value, aim.days) == (80, 31)


@pytest.mark.parametrize(
    "query",
    [
        {"period": None, "comparison": None},
        {"period": Period(start=OCTOBER.start, end=datetime(2026, 10, 2, tzinfo=UTC))},
    ],
)
def test_a_count_of_no_or_few_days_gives_no_target(query: dict[str, Any], drafted: Drafted) -> None:
    review, _ = drafted(WORSE, **query)
    assert [option.target for option in review.options] == [None, None, None]


def test_the_medium_term_plan_comes_before_those_of_agencies(drafted: Drafted) -> None:
    review, sources = drafted(WORSE)
    assert review.options[0].plan_link
    said = render(review.options[0].plan_link.text, sources)
    assert said.startswith("Menurut RPJMD Lembah Halimun")
    assert "“Gagal panen akibat hama berkurang setiap tahun.”" in said


def test_money_that_is_gone_is_a_risk(drafted: Drafted) -> None:
    review, sources = drafted(WORSE, left=0)
    assert review.options[0].risk
    assert "sisa pagu Pengendalian Hama tinggal Rp0" in render(review.options[0].risk.text, sources)
