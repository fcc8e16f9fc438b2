"""Maps: every place has its shade or circle, its title and its link; the classes of a legend cover all values once."""

import re
from xml.etree import ElementTree

import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from pesut.drawing.maps import FARTHEST, LARGEST, WIDTH, Place, draw_map, shades_of

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn: str | None) -> ElementTree.Element:
    assert drawn is not None
    return ElementTree.fromstring(drawn)


@pytest.mark.parametrize(
    "values",
    [[1.0], [0.0] * 50 + [3.0], [1, 1, 2, 2], [5.0, 4, 3, 2, 1, 0], [float(n * n) for n in range(59)], [-3.0, 0, 4]],
)
def test_each_value_has_one_class_and_the_highest_the_darkest(values: list[float]) -> None:
    shades = shades_of(values)
    for value in values:
        assert sum(shade.low <= value <= shade.high for shade in shades) == 1
    numbers = [shade.number for shade in shades]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert numbers[-1] == (5 if len(set(values)) > 1 else 1)


def test_no_values_have_no_classes() -> None:
    assert shades_of([]) == []


def test_areas_are_shaded_linked_and_named() -> None:
    hole = Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4)]])
    places = [
        Place("Hulu & Hilir", 1.0, "1 laporan", "/bukti/a?baris=1&x=2", hole),
        Place("Tengah", 9.0, "9 laporan", None, MultiPolygon([box(1, 0, 2, 1), box(3, 0, 4, 1)])),
        Place("Sepi", None, "tidak ada data", None, box(0, 1, 1, 2)),
    ]
    drawn = parsed(draw_map(places, shades_of([1.0, 9.0])))
    assert [each.get("class") for each in drawn.iter("path")] == ["area shade-1", "area shade-5", "area unknown"]
    assert next(each.text for each in drawn.iter("title")) == "Hulu & Hilir: 1 laporan"
    (link,) = drawn.iter("a")
    assert link.get("href") == "/bukti/a?baris=1&x=2"
    holed, several, _ = [each.get("d", "") for each in drawn.iter("path")]
    assert holed.count("M") == several.count("M") == 2


def test_north_is_up_and_all_of_it_on_the_page() -> None:
    places = [Place("utara", 1.0, "1", outline=box(0, 50, 1, 60)), Place("selatan", 2.0, "2", outline=box(0, 0, 1, 10))]
    drawn = parsed(draw_map(places, shades_of([1.0, 2.0])))
    _, _, width, height = map(float, drawn.get("viewBox", "").split())
    assert height <= WIDTH * FARTHEST + 1
    north, south = [
        [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", each.get("d", ""))]
        for each in drawn.iter("path")
    ]
    assert max(y for _, y in north) < min(y for _, y in south)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in north + south)


def test_without_outlines_circles_are_as_large_as_their_values() -> None:
    places = [
        Place("kecil", 1.0, "1", point=(117.1, -0.5)),
        Place("besar", 4.0, "4", point=(117.2, -0.4)),
        Place("nihil", 0.0, "0", point=(117.3, -0.6)),
    ]
    drawn = parsed(draw_map(places, []))
    radii = {each.findtext("title"): float(each.find("circle").get("r")) for each in drawn.iter("g")}  # pyright: ignore[reportOptionalMemberAccess, reportArgumentType]
    assert radii["besar: 4"] == LARGEST
    assert radii["kecil: 1"] == LARGEST / 2
    assert radii["nihil: 0"] < radii["kecil: 1"]
    assert next(each.findtext("title") for each in drawn.iter("g")) == "besar: 4", "the small ones lie on top"


def test_places_without_any_place_give_no_map() -> None:
    assert draw_map([Place("entah", 1.0, "1")], []) is None
