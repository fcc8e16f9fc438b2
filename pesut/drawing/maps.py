"""Values by region drawn as SVG on the server: areas in shades where outlines are known, circles where only points are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians, sqrt
from typing import Any

from shapely.geometry.base import BaseGeometry

SHADES = 5  # of `--map-1` and so on, which the page defines
WIDTH, MARGIN, LARGEST = 640, 12, 26  # units of the drawing; the last the radius of the largest circle
FARTHEST = 1.6  # its height, as a part of its width: a longer city is drawn narrower

Project = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Place:
    """A region on the map. `said` is its value as text, `href` where a tap leads; `point` is longitude and latitude (WGS 84)."""

    name: str
    value: float | None
    said: str
    href: str | None = None
    outline: BaseGeometry | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Shade:
    """One class of the legend: shade `number` (from 1) holds the values `low` to `high`, both included."""

    number: int
    low: float
    high: float


def shades_of(values: Sequence[float]) -> list[Shade]:
    """Classes of about as many different values each, at most SHADES, from the lightest to the darkest."""
    distinct = sorted(set(values))
    count = min(SHADES, len(distinct))
    cuts = [len(distinct) * number // count for number in range(count)] + [len(distinct)]
    step = (SHADES - 1) / max(count - 1, 1)
    return [
        Shade(1 + round(number * step), distinct[cuts[number]], distinct[cuts[number + 1] - 1])
        for number in range(count)
    ]


def draw_map(places: Sequence[Place], shades: Sequence[Shade]) -> str | None:
    """An SVG element of class `map`, each place a link with its name and value as title; None where nothing has a place.

    It is for eyes and fingers: whoever shows it puts a table of the same places beside it. Areas have the classes `area` and
    `shade-N` or `unknown`; circles, drawn largest first, have `spot`.
    """
    areas = [place for place in places if place.outline is not None]
    spots = [] if areas else [place for place in places if place.point is not None]
    if not areas and not spots:
        return None
    project, height = _projection(areas, spots)
    marks = "".join(_areas(areas, shades, project) if areas else _spots(spots, project))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {height}" aria-hidden="true" focusable="false"'
        f' width="{WIDTH}" height="{height}">{marks}</svg>'
    )


def _projection(areas: Sequence[Place], spots: Sequence[Place]) -> tuple[Project, int]:
    """Degrees to units: true to the shape at the middle of the map, north up."""
    corners: list[tuple[float, float]] = [place.point for place in spots if place.point]
    for place in areas:
        assert place.outline is not None
        west, south, east, north = place.outline.bounds
        corners += [(west, south), (east, north)]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    narrowing = cos(radians((south + north) / 2))
    across, up = max((east - west) * narrowing, 1e-6), max(north - south, 1e-6)
    margin = MARGIN if areas else MARGIN + LARGEST
    scale = min((WIDTH - 2 * margin) / across, (WIDTH * FARTHEST - 2 * margin) / up)
    left = (WIDTH - across * scale) / 2

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        return round(left + (longitude - west) * narrowing * scale, 1), round(margin + (north - latitude) * scale, 1)

    return project, round(up * scale + 2 * margin)


def _areas(places: Sequence[Place], shades: Sequence[Shade], project: Project) -> Iterator[str]:
    for place in places:
        number = next((each.number for each in shades if _in(place.value, each)), None)
        kind = "unknown" if number is None else f"shade-{number}"
        path = "".join(_rings(place.outline, project))
        yield _linked(place, f'<path class="area {kind}" d="{path}"/>')


def _in(value: float | None, shade: Shade) -> bool:
    return value is not None and shade.low <= value <= shade.high


def _rings(outline: Any, project: Project) -> Iterator[str]:
    for polygon in getattr(outline, "geoms", (outline,)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = (project(longitude, latitude) for longitude, latitude, *_ in ring.coords)
            yield "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _spots(places: Sequence[Place], project: Project) -> Iterator[str]:
    """Circles whose areas are as the values; one without a value is a small ring."""
    most = max((abs(place.value) for place in places if place.value), default=1)
    for place in sorted(places, key=lambda place: -abs(place.value or 0)):
        assert place.point is not None
        x, y = project(*place.point)
        radius = max(round(LARGEST * sqrt(abs(place.value or 0) / most), 1), 3)
        kind = "spot" if place.value else "spot unknown"
        yield _linked(place, f'<circle class="{kind}" cx="{x:g}" cy="{y:g}" r="{radius:g}"/>')


def _linked(place: Place, mark: str) -> str:
    title = f"<title>{escape(f'{place.name}: {place.said}')}</title>"
    if place.href is None:
        return f"<g>{title}{mark}</g>"
    return f'<a href="{escape(place.href)}" data-sheet="" tabindex="-1">{title}{mark}</a>'
