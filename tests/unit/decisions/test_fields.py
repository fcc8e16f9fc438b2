"""A text as fields of a form: what a person wrote otherwise becomes changes, and reads as differences."""

import pytest

from pesut.contracts import StaffReview
from pesut.decisions.edits import changed
from pesut.decisions.fields import Difference, changes_in, differences, fields_of
from pesut.placeholders import Sources


def said(review: StaffReview) -> dict[str, str]:
    return {field.pointer: field.point.rendered for field in fields_of(review)}


def test_a_form_that_was_sent_as_it_came_changes_nothing(review: StaffReview) -> None:
    assert changes_in(review, said(review)) == ()
    assert changes_in(review, {pointer: f"  {text}\r\n" for pointer, text in said(review).items()}) == ()
    assert changes_in(review, {}) == ()


def test_what_is_written_emptied_and_added(review: StaffReview, sources: Sources) -> None:
    told = said(review) | {
        "/facts/0": "Tercatat 120 keluhan",
        "/assumptions/0": "",
        "/assumptions/-": "Musim tanam tetap",
        "/options/0/deadline": "",
    }
    after = changed(review, changes_in(review, told), sources)
    assert after.facts[0].text == "Tercatat {E1.rows[0].value|measure}"
    assert [each.text for each in after.assumptions] == ["Musim tanam tetap"]
    assert after.options[0].deadline is None
    assert after.options[1].deadline is not None


def test_removals_do_not_move_what_else_is_removed(review: StaffReview, sources: Sources) -> None:
    three = review.model_copy(update={"analysis": review.analysis * 3})
    told = said(three) | {"/analysis/0": "", "/analysis/2": ""}
    assert len(changed(three, changes_in(three, told), sources).analysis) == 1


@pytest.mark.parametrize("pointer", ["/problem", "/conclusion", "/options/0/action"])
def test_what_is_needed_is_not_taken_out(pointer: str, review: StaffReview) -> None:
    (change,) = changes_in(review, said(review) | {pointer: ""})
    assert (change.op, change.value) == ("replace", "")


@pytest.mark.parametrize("pointer", ["/problem/-", "/options/-", "/rendered", "/facts/9"])
def test_a_field_that_no_form_has_is_passed_over(pointer: str, review: StaffReview) -> None:
    assert changes_in(review, said(review) | {pointer: "Entah"}) == ()


def test_differences_read_in_order(review: StaffReview) -> None:
    assert differences(review, review) == ()
    conclusion = review.conclusion.model_copy(update={"rendered": "Perlu segera"})
    after = review.model_copy(update={"conclusion": conclusion, "assumptions": ()})
    assert differences(review, after) == (
        Difference("assumptions", "Keluhan dianggap mewakili keadaan", ""),
        Difference("conclusion", "Perlu ditindaklanjuti", "Perlu segera"),
    )
