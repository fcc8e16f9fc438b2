"""Boundaries of regions: GeoJSON or WKT in WGS 84, checked, with centre and area."""

import json
from dataclasses import dataclass
from math import cos, radians
from typing import Any, cast

import shapely
from shapely.errors import GEOSException, ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

KM_PER_DEGREE = 111.32  # along a meridian, and along the equator
MOST_POINTS = 200_000


@dataclass(frozen=True)
class Boundary:
    """`polygon` is a GeoJSON geometry; the point lies within it (degrees), the area is in km²."""

    polygon: dict[str, Any]
    latitude: float
    longitude: float
    area_km2: float


def parse_geometry(cell: object) -> Boundary:
    """Raises ValueError with a reason for people when it is no valid (multi)polygon in degrees."""
    try:
        geometry = _shape(cell)
    except (ShapelyError, GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError(f"is no GeoJSON or WKT geometry ({error})") from None
    if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        raise ValueError(f"is a {geometry.geom_type}, no polygon")
    if shapely.get_num_coordinates(geometry) > MOST_POINTS:  # pyright: ignore[reportUnknownMemberType]
        raise ValueError(f"has more than {MOST_POINTS} points")
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("has coordinates that are no degrees (WGS 84)")
    if not geometry.is_valid:
        raise ValueError(f"is no valid polygon: {explain_validity(geometry)}")
    return _boundary(geometry)


def _shape(cell: object) -> BaseGeometry:
    if isinstance(cell, str) and cell.lstrip()[:1] != "{":
        return shapely.force_2d(shapely.from_wkt(cell))  # pyright: ignore[reportUnknownMemberType]
    content = cast("dict[str, Any]", json.loads(cell) if isinstance(cell, str) else cell)
    return shapely.force_2d(shape(content))  # pyright: ignore[reportUnknownMemberType]


def _boundary(geometry: BaseGeometry) -> Boundary:
    centre = geometry.centroid if geometry.contains(geometry.centroid) else geometry.representative_point()
    # Flat near its own latitude: for a city the error is well under a percent.
    area = geometry.area * KM_PER_DEGREE**2 * cos(radians(centre.y))
    polygon = cast("dict[str, Any]", json.loads(json.dumps(mapping(geometry))))
    return Boundary(polygon, round(centre.y, 5), round(centre.x, 5), round(area, 2))
