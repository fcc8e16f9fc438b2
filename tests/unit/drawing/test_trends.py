"""Trend lines: what is not known is left open, a threshold is drawn where the line comes near it."""

import re

import pytest

from pesut.drawing.trends import HEIGHT, MARGIN, WIDTH, draw_trend


def _line(svg: str | None) -> str:
    assert svg is not None
    found = re.findall(r'<path d="([^"]*)"', svg)
    assert len(found) == 1
    return found[0]


def test_the_line_fills_the_drawing_from_lowest_to_highest() -> None:
    assert _line(draw_trend([1, 3])) == f"M{MARGIN}.0 {HEIGHT - MARGIN}.0L{WIDTH - MARGIN}.0 {MARGIN}.0"


def test_a_gap_is_not_drawn_over() -> None:
    assert re.findall("[ML]", _line(draw_trend([1, 2, None, 3, 4]))) == ["M", "L", "M", "L"]


@pytest.mark.parametrize("values", [[], [1], [None, 1, None]])
def test_one_value_is_no_trend(values: list[float | None]) -> None:
    assert draw_trend(values) is None


def test_values_that_never_change_make_a_level_line() -> None:
    heights = set(re.findall(r"[ML][\d.]+ ([\d.]+)", _line(draw_trend([5, 5, 5]))))
    assert len(heights) == 1


@pytest.mark.parametrize(("threshold", "drawn"), [(8.5, True), (7.5, True), (12, False), (None, False)])
def test_a_threshold_far_away_does_not_flatten_the_line(threshold: float | None, drawn: bool) -> None:
    svg = draw_trend([7, 8], threshold)
    assert svg is not None
    assert ('class="limit"' in svg) is drawn
