"""Difference in differences, and the plain reasons why there may be none."""

from datetime import date
from typing import Any

import pytest

from pesut.city.loader import CityFolder
from pesut.city.models import Gazetteer
from pesut.contracts import Dimension, Filter
from pesut.contracts.decision import Expectation
from tools.outcomes.comparing import Comparable, NoComparison, comparable, difference, touched

ASKED = Comparable(Dimension.DISTRICT, ("a",), ())


def expected(metric: str = "jumlah_keluhan", *filters: Filter) -> Expectation:
    return Expectation(metric=metric, filters=filters, review_on=date(2027, 2, 22))


def region(*codes: str, dimension: Dimension = Dimension.REGION, **more: Any) -> Filter:
    return Filter(dimension=dimension, values=codes, **more)


@pytest.fixture
def gazetteer(highland: CityFolder) -> Gazetteer:
    return Gazetteer(regions=highland.regions, agencies=highland.agencies)


def test_the_change_beyond_that_of_others() -> None:
    """Worked by hand: the decided region falls by 40, the others rise by 1, 2 and 3."""
    earlier = {"a": 50.0, "b": 8.0, "c": 9.0, "d": 10.0}
    before = {"a": 60.0, "b": 10.0, "c": 10.0, "d": 10.0}
    after = {"a": 20.0, "b": 11.0, "c": 12.0, "d": 13.0}
    found = difference(ASKED, (earlier, before, after), (), "lower")
    assert (found.treated_before, found.treated_after) == (60, 20)
    assert (found.controls_before, found.controls_after) == (10, 12)
    assert found.estimate == -42
    assert found.earlier == 10 - 1
    assert found.as_good == 0
    assert found.controls == ("b", "c", "d")


@pytest.mark.parametrize(("better", "as_good"), [("lower", 2), ("higher", 2), ("neither", None)])
def test_how_many_others_did_as_well_without_it(better: Any, as_good: int | None) -> None:
    before = {"a": 10.0, "b": 10.0, "c": 10.0, "d": 10.0}
    after = {"a": 8.0, "b": 8.0, "c": 3.0, "d": 9.0}
    found = difference(ASKED, ({}, before, after), (), better)
    assert found.as_good == as_good
    assert found.earlier is None, "nothing is known of the time before"


@pytest.mark.parametrize(
    ("before", "after", "excluded", "said"),
    [
        ({"b": 1.0}, {"a": 1.0, "b": 1.0}, (), "tidak lengkap"),
        ({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 1.0, "b": 1.0, "c": 1.0}, (), "terlalu sedikit"),
        (dict.fromkeys("abcd", 1.0), dict.fromkeys("abcd", 1.0), ("d",), "terlalu sedikit"),
    ],
)
def test_too_little_to_compare_with(before: Any, after: Any, excluded: Any, said: str) -> None:
    with pytest.raises(NoComparison, match=said):
        difference(ASKED, ({}, before, after), excluded, "lower")


@pytest.mark.parametrize(
    ("expectation", "said"),
    [
        (expected(), "seluruh wilayah"),
        (expected("jumlah_keluhan", region("91.07")), "tidak setingkat"),
        (expected("jumlah_keluhan", region("91.07.03", "91.07.03.2001")), "tidak setingkat"),
        (expected("jumlah_keluhan", region("91.07.03", exclude=True)), "seluruh wilayah"),
        (expected("pagu", region("91.07.03")), "tidak dirinci"),
    ],
)
def test_what_has_no_regions_beside_it(
    expectation: Expectation, said: str, highland: CityFolder, gazetteer: Gazetteer
) -> None:
    with pytest.raises(NoComparison, match=said):
        comparable(expectation, highland.catalog, gazetteer)


def test_what_is_compared(highland: CityFolder, gazetteer: Gazetteer) -> None:
    pests = Filter(dimension=Dimension.CATEGORY, values=("hama",))
    found = comparable(expected("jumlah_keluhan", pests, region("91.07.03.2001")), highland.catalog, gazetteer)
    assert found == Comparable(Dimension.VILLAGE, ("91.07.03.2001",), (pests,))


def test_a_decision_touches_what_lies_in_its_region_and_around_it(gazetteer: Gazetteer) -> None:
    assert touched(["91.07.03.2001"], gazetteer) == {"91.07.03.2001", "91.07.03"}
    assert {"91.07.03", "91.07.03.2001", "91.07.03.2002"} <= touched(["91.07.03"], gazetteer)
    assert "91.07" not in touched(["91.07.03"], gazetteer)
