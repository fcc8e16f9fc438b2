"""Boundaries are checked, and give centre and area."""

import pytest
from shapely.geometry import shape

from pesut.intake.geometry import parse_geometry

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[117.0, -0.5], [117.0, -0.4], [117.1, -0.4], [117.1, -0.5], [117.0, -0.5]]],
}


def test_centre_and_area_of_a_tenth_of_a_degree() -> None:
    boundary = parse_geometry(SQUARE)
    assert (boundary.latitude, boundary.longitude) == (-0.45, 117.05)
    assert boundary.area_km2 == pytest.approx(123.9, abs=0.5)
    assert shape(boundary.polygon).equals(shape(SQUARE))


def test_text_as_geojson_and_wkt() -> None:
    assert parse_geometry(shape(SQUARE).wkt) == parse_geometry(SQUARE)
    assert parse_geometry(str(SQUARE).replace("'", '"')) == parse_geometry(SQUARE)


def test_a_height_is_dropped() -> None:
    high = {"type": "Polygon", "coordinates": [[[*point, 12.5] for point in SQUARE["coordinates"][0]]]}
    assert parse_geometry(high).polygon == parse_geometry(SQUARE).polygon


def test_the_point_lies_within_also_of_a_crescent() -> None:
    crescent = "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 2.9, 2.9 2.9, 2.9 0.1, 0 0.1, 0 0))"
    boundary = parse_geometry(crescent)
    assert (
        shape(boundary.polygon)
        .buffer(1e-4)
        .contains(shape({"type": "Point", "coordinates": [boundary.longitude, boundary.latitude]}))
    )


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", "Self-intersection"),
        ("POINT (1 2)", "a Point, no polygon"),
        ("POLYGON ((500000 9950000, 500000 9960000, 510000 9960000, 500000 9950000))", "no degrees"),
        ("not a shape", "no GeoJSON or WKT"),
        ("{broken", "no GeoJSON or WKT"),
        ({"type": "Polygon"}, "no GeoJSON or WKT"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "no GeoJSON or WKT"),
        ([1, 2], "no GeoJSON or WKT"),
    ],
)
def test_what_is_no_boundary(cell: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_geometry(cell)
