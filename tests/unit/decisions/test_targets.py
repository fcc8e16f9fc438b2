"""What an option aims at is read from its words, and only where it could be looked up."""

from collections.abc import Callable

import pytest

from agents.answer.check import checked
from agents.reasoners.base import Draft
from pesut.contracts import DocumentQuery, Evidence, Operator, ReviewPoint, StaffReview
from pesut.contracts.decision import Target
from pesut.decisions.targets import aim_in
from pesut.placeholders import Sources
from tests.unit.decisions.conftest import COUNTED, ROW

GOAL = "Jumlah keluhan paling banyak {E1.rows[0].previous|measure}; dilihat kembali pada {clock.days[31]|date}"
PAPERS = [
    {"code": "perbup", "title": "Perbup Hama", "kind": "regulation", "number": "1", "issued_on": "2024-01-05",
     "heading": "", "passage": "Serangan hama ditangani paling lambat dua pekan."},
    {"code": "rpjmd", "title": "RPJMD", "kind": "plan", "number": "", "issued_on": "2025-01-05", "heading": "",
     "passage": "Gagal panen berkurang."},
    {"code": "kelak", "title": "Perbup Kelak", "kind": "regulation", "number": "2", "issued_on": "2027-01-05",
     "heading": "", "passage": "Berlaku tahun depan."},
]  # fmt: skip


def goal(text: str) -> ReviewPoint:
    return ReviewPoint(text=text, evidence=("E1",))


def test_a_level_a_side_and_a_day_are_an_aim(sources: Sources) -> None:
    aim = aim_in(goal(GOAL), sources)
    assert aim is not None
    assert (aim.query, aim.days) == (COUNTED, 31)
    assert aim.target == Target(operator=Operator.AT_MOST, value=100)


@pytest.mark.parametrize(
    "text",
    [
        "Jumlah keluhan berkurang",
        GOAL.replace("paling banyak", "paling sedikit"),  # fewer complaints are better
        GOAL.replace("{clock.days[31]|date}", "hari itu"),
        GOAL.replace("{E1.rows[0].previous|measure}", "sekarang"),
        GOAL + " atau {E1.rows[0].value|measure}",
        GOAL.replace("E1.", "E9."),
        GOAL.replace("[0]", "[4]"),
        GOAL.replace("{clock.days[31]|date}", "{clock.days[9999]|date}"),
    ],
)
def test_what_nobody_could_look_up_is_none(text: str, sources: Sources) -> None:
    assert aim_in(goal(text), sources) is None


def drafted(review: StaffReview, sources: Sources, **points: ReviewPoint) -> tuple[StaffReview, list[str]]:
    """The review with these points in its first option, as the checker leaves it; and why it cut what."""
    options = (review.options[0].model_copy(update=points), *review.options[1:])
    result = checked(Draft(claims=(), staff_review=review.model_copy(update={"options": options})), sources)
    assert result.staff_review is not None
    return result.staff_review, [each.reason for each in result.cut]


@pytest.fixture
def papers(make_evidence: Callable[..., Evidence], make_sources: Callable[..., Sources]) -> Sources:
    found = make_evidence("E2", DocumentQuery(text="hama"), PAPERS)
    return make_sources(make_evidence("E1", COUNTED, [ROW]), found)


def quoting(row: int) -> ReviewPoint:
    return ReviewPoint(text=f"{{E2.rows[{row}].title|text}}: {{E2.rows[{row}].passage|quote}}", evidence=("E2",))


def test_references_that_hold_stay(review: StaffReview, papers: Sources) -> None:
    kept, cut = drafted(review, papers, target=goal(GOAL), legal_basis=quoting(0), plan_link=quoting(1))
    option = kept.options[0]
    assert (option.target, option.legal_basis, option.plan_link) == (goal(GOAL), quoting(0), quoting(1))
    assert cut == []


@pytest.mark.parametrize(
    ("name", "point", "reason"),
    [
        ("legal_basis", quoting(1), "bukan kutipan dari peraturan"),
        ("legal_basis", quoting(2), "belum terbit"),
        ("plan_link", quoting(0), "bukan kutipan dari rencana"),
        ("plan_link", goal("RPJMD mendukung"), "bukan kutipan dari rencana"),
        ("target", goal("Keluhan berkurang banyak"), "tidak menyebut satu nilai"),
        ("budget", goal("Ada {E1.rows[0].value|measure}"), "tanpa pos anggarannya"),
        ("risk", goal("Dapat rugi Rp3 miliar"), "angka yang tidak berasal dari bukti"),
    ],
)
def test_a_reference_to_something_else_is_cut_and_counted(
    name: str, point: ReviewPoint, reason: str, review: StaffReview, papers: Sources
) -> None:
    kept, cut = drafted(review, papers, **{name: point})
    assert getattr(kept.options[0], name) is None
    assert len(cut) == 1
    assert reason in cut[0]


def test_a_step_of_the_analysis_stands_on_facts(review: StaffReview, papers: Sources) -> None:
    assert review.facts_behind(review.analysis[0]) == (1,)
    loose = ReviewPoint(text="Menurut {E2.rows[1].title|text} keadaan membaik", evidence=("E2",))
    changed = review.model_copy(update={"analysis": (*review.analysis, loose)})
    result = checked(Draft(claims=(), staff_review=changed), papers)
    assert result.staff_review is not None
    assert len(result.staff_review.analysis) == 1
    assert [each.reason for each in result.cut] == ["tidak bertumpu pada fakta yang disebut"]
