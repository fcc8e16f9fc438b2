"""An approval orders only what can be carried out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pesut.catalog.models import Catalog
from pesut.city.loader import CityFolder
from pesut.city.models import Gazetteer
from pesut.contracts import Dimension, Filter, Operator, ReviewPoint, StaffReview
from pesut.contracts.decision import Approve, Directive, Expectation, Target
from pesut.decisions.orders import Ground, expectation, orders
from pesut.errors import InvalidInputError
from pesut.placeholders import Sources

TODAY = date(2026, 11, 25)
LATER = date(2027, 2, 23)


@pytest.fixture
def ground(review: StaffReview, sources: Sources) -> Ground:
    return Ground(review, sources, sources.catalog, sources.gazetteer, TODAY)


def approve(*directives: Directive, expected: Expectation | None = None) -> Approve:
    return Approve(directives=directives or (Directive(option=0),), expectation=expected)


def test_what_is_left_out_is_taken_from_the_option(ground: Ground) -> None:
    (order,) = orders(approve(), ground)
    assert (order.number, order.agency, order.agency_name) == (1, "dinas_tani", "Dinas Pertanian dan Peternakan")
    assert order.instruction == "Petak yang terserang didatangi"
    assert order.deadline == date(2026, 12, 10), "14 working days from 24 November in a six-day week"


def test_an_option_may_go_to_several_agencies(ground: Ground) -> None:
    both = (Directive(option=0), Directive(option=0, agency="badan_bencana", deadline=LATER, instruction="Bantu."))
    assert [(each.agency, each.deadline) for each in orders(approve(*both), ground)] == [
        ("dinas_tani", date(2026, 12, 10)),
        ("badan_bencana", LATER),
    ]


@pytest.mark.parametrize(
    ("directives", "said"),
    [
        ((Directive(option=2),), "no option 2"),
        ((Directive(option=1),), "names no agency"),
        ((Directive(option=0, agency="dinas_antariksa"),), "no agency dinas_antariksa"),
        ((Directive(option=0, deadline=date(2026, 11, 24)),), "in the past"),
        ((Directive(option=0), Directive(option=0)), "twice"),
    ],
)
def test_what_cannot_be_carried_out_is_refused(directives: tuple[Directive, ...], said: str, ground: Ground) -> None:
    with pytest.raises(InvalidInputError, match=said):
        orders(approve(*directives), ground)


def test_the_deadline_of_a_draft_that_lay_too_long_is_refused(ground: Ground) -> None:
    with pytest.raises(InvalidInputError, match="in the past"):
        orders(approve(), replace(ground, today=date(2026, 12, 11)))


def test_a_merged_agency_is_named(ground: Ground, highland: CityFolder) -> None:
    rest = [each for each in highland.agencies if each.code not in {"dinas_tani", "dinas_jalan"}]
    heir = next(each for each in highland.agencies if each.code == "dinas_jalan")
    merged = heir.model_copy(update={"name": "Dinas Tani dan Jalan", "aliases": ("dinas_tani",)})
    gazetteer = Gazetteer(regions=highland.regions, agencies=(*rest, merged))
    with pytest.raises(InvalidInputError) as refused:
        orders(approve(), replace(ground, gazetteer=gazetteer))
    assert "Dinas Tani dan Jalan (dinas_jalan)" in refused.value.remedy


def test_the_expected_effect_is_what_the_option_cites(ground: Ground) -> None:
    expected = expectation(approve(), ground, 90)
    assert expected is not None
    assert (expected.metric, expected.review_on, expected.target) == ("jumlah_keluhan", LATER, None)
    assert expected.filters == (Filter(dimension=Dimension.CATEGORY, values=("hama",)),)


def test_what_an_option_aims_at_is_expected_as_long_after_the_decision(ground: Ground) -> None:
    text = "Keluhan paling banyak {E1.rows[0].previous|measure}, dilihat kembali pada {clock.days[31]|date}"
    aiming = ground.review.options[0].model_copy(update={"target": ReviewPoint(text=text, evidence=("E1",))})
    review = ground.review.model_copy(update={"options": (aiming, *ground.review.options[1:])})
    expected = expectation(approve(), replace(ground, review=review), 90)
    assert expected is not None
    assert expected.target == Target(operator=Operator.AT_MOST, value=100)
    assert expected.review_on == TODAY + timedelta(days=31)


def test_an_expectation_of_ones_own(ground: Ground) -> None:
    target = Target(operator=Operator.AT_MOST, value=60)
    own = Expectation(metric="suhu_terendah", target=target, review_on=LATER)
    assert expectation(approve(expected=own), ground, 90) == own


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (Expectation(metric="dihapus", review_on=LATER), "no metric dihapus"),
        (Expectation(metric="jumlah_keluhan", review_on=TODAY), "not in the future"),
        (
            Expectation(
                metric="pagu", filters=(Filter(dimension=Dimension.REGION, values=("91.07.01",)),), review_on=LATER
            ),
            "cannot be filtered by region",
        ),
        (
            Expectation(
                metric="jumlah_keluhan", filters=(Filter(dimension=Dimension.REGION, values=("1",)),), review_on=LATER
            ),
            "no region 1",
        ),
    ],
)
def test_an_expectation_that_could_not_be_looked_up_is_refused(
    expected: Expectation, said: str, ground: Ground
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        expectation(approve(expected=expected), ground, 90)


def test_a_metric_that_was_removed_meanwhile_is_not_expected_of(ground: Ground) -> None:
    metrics = [each.model_dump() for each in ground.catalog.metrics if each.code != "jumlah_keluhan"]
    catalog = Catalog.model_validate(ground.catalog.model_dump() | {"metrics": metrics})
    assert expectation(approve(), replace(ground, catalog=catalog), 90) is None
