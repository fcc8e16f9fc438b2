"""A staff review of the highlands over evidence made by hand."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pesut.contracts import (
    Comparison,
    Dimension,
    Evidence,
    Filter,
    MetricQuery,
    Period,
    Principal,
    ReviewOption,
    ReviewPoint,
    Role,
    StaffReview,
    new_id,
)
from pesut.placeholders import Sources, render

OCTOBER = Period(start=datetime(2026, 9, 30, 17, tzinfo=UTC), end=datetime(2026, 10, 31, 17, tzinfo=UTC))
COUNTED = MetricQuery(
    metric="jumlah_keluhan",
    period=OCTOBER,
    comparison=Comparison.LAST_YEAR,
    filters=(Filter(dimension=Dimension.CATEGORY, values=("hama",)),),
)
ROW = {"value": 120, "previous": 100, "change": 20, "change_ratio": 0.2}


def person(role: Role, name: str = "") -> Principal:
    return Principal(id=new_id(), name=name or role.value, role=role)


@pytest.fixture
def sources(make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]) -> Sources:
    return make_sources(make_evidence("E1", COUNTED, [ROW]))


@pytest.fixture
def review(sources: Sources) -> StaffReview:
    """As an answer carries it: rendered, here with labels."""

    def said(text: str, *evidence: str) -> ReviewPoint:
        return ReviewPoint(text=text, evidence=evidence, rendered=render(text, sources))

    def option(title: str, agency: str | None) -> ReviewOption:
        return ReviewOption(
            title=title,
            action=said("Petak yang terserang didatangi"),
            agency=agency,
            agency_name="Dinas Pertanian dan Peternakan" if agency else "",
            deadline=said("Paling lambat {clock.workdays[14]|date}"),
            expected_effect=said("Keluhan diharapkan turun dari {E1.rows[0].value|measure}", "E1"),
            counter_argument=said("Keluhan dapat turun dengan sendirinya"),
        )

    return StaffReview(
        problem=said("Hama menyerang sawah"),
        assumptions=(said("Keluhan dianggap mewakili keadaan"),),
        facts=(said("Ada {E1.rows[0].value|measure} pada {E1.period|period}", "E1"),),
        analysis=(said("Keluhan naik {E1.rows[0].change_ratio|percent}", "E1"),),
        conclusion=said("Perlu ditindaklanjuti"),
        options=(option("Bertindak sekarang", "dinas_tani"), option("Menunggu", None)),
    )
