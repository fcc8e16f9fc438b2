"""A decision of the highlands, frozen by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from pesut.contracts import (
    Comparison,
    Dimension,
    Evidence,
    Filter,
    Language,
    MetricQuery,
    ModelUse,
    Period,
    ReviewOption,
    ReviewPoint,
    Role,
    StaffReview,
)
from pesut.contracts.decision import DecisionAct, DecisionActKind, DecisionStatus
from pesut.decisions.exhibits import exhibits
from pesut.decisions.orders import Order
from pesut.decisions.record import Decider, DecisionRecord, Government
from pesut.placeholders import Sources, render

DECISION = UUID("0192f0c1-2a3b-7c4d-8e5f-60718293a4b5")
MAYOR = UUID("0192f0c1-2a3b-7c4d-8e5f-60718293a4b6")
DECIDED = datetime(2026, 11, 24, 3, 30, 15, 250_000, tzinfo=UTC)
OCTOBER = Period(start=datetime(2026, 9, 30, 17, tzinfo=UTC), end=datetime(2026, 10, 31, 17, tzinfo=UTC))
QUERY = MetricQuery(
    metric="jumlah_keluhan",
    period=OCTOBER,
    comparison=Comparison.LAST_YEAR,
    filters=(Filter(dimension=Dimension.CATEGORY, values=("hama",)),),
)
ROW = {"value": 1204, "previous": 1000, "change": 204, "change_ratio": 0.204}
MakeRecord = Callable[..., DecisionRecord]


def review_of(sources: Sources, **texts: str) -> StaffReview:
    """A staff review over E1; `texts` replace its conclusion, its first action or its title."""

    def said(text: str, *evidence: str) -> ReviewPoint:
        return ReviewPoint(text=text, evidence=evidence, rendered=render(text, sources) if "{" in text else text)

    def option(title: str, action: str) -> ReviewOption:
        return ReviewOption(
            title=title,
            action=said(action),
            agency="dinas_tani",
            agency_name="Dinas Pertanian dan Peternakan",
            deadline=said("Paling lambat {clock.workdays[14]|date}"),
            expected_effect=said("Keluhan diharapkan turun dari {E1.rows[0].value|measure}", "E1"),
            counter_argument=said("Keluhan dapat turun dengan sendirinya"),
        )

    return StaffReview(
        problem=said("Hama menyerang sawah"),
        assumptions=(said("Keluhan dianggap mewakili keadaan"),),
        facts=(said("Ada {E1.rows[0].value|measure} pada {E1.period|period}", "E1"),),
        analysis=(said("Keluhan naik {E1.rows[0].change_ratio|percent}", "E1"),),
        conclusion=ReviewPoint(text="-", rendered=texts.get("conclusion", "Perlu ditindaklanjuti")),
        options=(
            option(texts.get("title", "Bertindak sekarang"), "Petak yang terserang didatangi"),
            option("Menunggu", "Keadaan dipantau"),
        ),
    )


@pytest.fixture(scope="session")
def make_record(make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]) -> MakeRecord:
    """`make_record(texts=…, **fields)`: approved, unless the fields say otherwise."""

    def make(texts: dict[str, str] | None = None, rows: list[Any] | None = None, **fields: Any) -> DecisionRecord:
        evidence = make_evidence("E1", QUERY, rows or [ROW], id=UUID(int=1), run_id=UUID(int=2))
        sources = make_sources(evidence)
        review = review_of(sources, **(texts or {}))
        body: dict[str, Any] = {
            "decision_id": DECISION,
            "run_id": UUID(int=2),
            "title": "Apa yang sebaiknya dilakukan tentang hama?",
            "question": "Apa yang sebaiknya dilakukan tentang hama?",
            "language": Language.ID,
            "verdict": "approved",
            "decided_at": DECIDED,
            "decided_by": Decider(id=MAYOR, name="bupati", role=Role.MAYOR),
            "draft": review,
            "review": review,
            "version": 1,
            "orders": (
                Order(
                    number=1, option=0, agency="dinas_tani", agency_name="Dinas Pertanian dan Peternakan",
                    instruction="Petak yang terserang didatangi", deadline=date(2026, 12, 14),
                ),
            ),
            "expected": "jumlah keluhan (Hama) paling banyak 800 keluhan, dilihat kembali pada 22 Februari 2027",
            "acts": (
                DecisionAct(
                    id=UUID(int=3), decision_id=DECISION, kind=DecisionActKind.APPROVE, key="a", principal_id=MAYOR,
                    version=1, status=DecisionStatus.APPROVED, note="Dahulukan desa di hulu.", at=DECIDED,
                ),
            ),
            "evidence": (evidence,),
            "exhibits": exhibits(sources),
            "model": ModelUse(reasoner="offline"),
            "as_of": sources.now,
            "catalog_version": "test",
            "code_version": "test",
            "frozen_by": "test",
            "sample": True,
            "restricted": False,
            "government": Government.of(sources.city),
        }  # fmt: skip
        return DecisionRecord.model_validate(body | fields)

    return make
