"""Personal data planted in sample reports are such as nobody has, and masking finds nearly all of them and little else."""

import re
from collections import Counter

import pytest

from pesut.reports.privacy.kinds import PersonalKind
from pesut.sample.outline import Outline
from pesut.sample.report_spec import Style
from pesut.sample.story import Story
from pesut.sample.telling import Told
from tests.unit.sample.conftest import Tell


@pytest.fixture(scope="module")
def told(tell: Tell) -> list[Told]:
    """The words of 10,000 reports, told with another seed than the one that masking was worked on with."""
    story = tell(scale=0.5, seed=20261124)
    return _words(story)


def _words(story: Story) -> list[Told]:
    maker, kept = story.reports(), list[Told]()
    tell = maker.teller.tell

    def kept_too(outline: Outline, style: Style, *, place_needed: bool) -> Told:
        kept.append(tell(outline, style, place_needed=place_needed))
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maker.teller, "tell", kept_too)
        for _ in maker.blocks(story.outliner().outlines()):
            pass
    return kept


def test_about_one_in_eight_has_some(told: list[Told]) -> None:
    share = sum(bool(each.planted) for each in told) / len(told)
    assert 0.1 < share < 0.14
    assert {kind for each in told for kind, _ in each.planted} == set(PersonalKind)


def test_nobody_can_have_them(told: list[Told]) -> None:
    values = [(kind, re.sub(r"\D", "", value), value) for each in told for kind, value in each.planted]
    assert all(digits.endswith("0000") for kind, digits, _ in values if kind in {"nik", "kk"})
    assert all("0000" in digits for kind, digits, _ in values if kind == "phone")
    assert all(value.lower().endswith("@surel.example") for kind, _, value in values if kind == "email")


def test_masking_finds_nearly_all(told: list[Told]) -> None:
    planted, missed = Counter[str](), Counter[str]()
    for each in told:
        for kind, value in each.planted:
            planted[kind] += 1
            missed[kind] += value in each.arrival.shown.body
    recall = {kind: 1 - missed[kind] / planted[kind] for kind in planted}
    assert 1 - missed.total() / planted.total() > 0.97, recall
    assert recall["name"] > 0.93, recall
    assert min(recall[kind] for kind in recall if kind not in {"name", "home"}) > 0.99, recall


def test_masking_finds_little_else(told: list[Told]) -> None:
    """House numbers are left out: the texts tell some of their own."""
    planted = Counter(kind for each in told for kind, _ in each.planted)
    found = Counter[str]()
    for each in told:
        beyond = each.arrival.found - Counter(PersonalKind(kind) for kind, _ in each.planted)
        found.update({kind.value: count for kind, count in beyond.items() if kind is not PersonalKind.HOME})
    assert found.total() < 0.01 * planted.total(), found
