"""Regions within a statement: which district and village a row belongs to, and which rows a filter on regions keeps."""

from sqlalchemy import CTE, Select, String, case, false, literal, select, true

from pesut.catalog.compiler.frame import Column, Frame, known
from pesut.city.models import RegionLevel
from pesut.contracts.query import Dimension, Filter

PLACES = frozenset({Dimension.REGION, Dimension.DISTRICT, Dimension.VILLAGE})


def district_of(place: CTE) -> Column:
    """Code of the district that the place is or lies in; '' for the city itself."""
    return known(
        case(
            (place.c.level == RegionLevel.DISTRICT, place.c.code),
            (place.c.level == RegionLevel.VILLAGE, place.c.parent_code),
        )
    )


def village_of(place: CTE) -> Column:
    """Code of the village that the place is; '' for any larger place."""
    return known(case((place.c.level == RegionLevel.VILLAGE, place.c.code)))


def place_columns(place: CTE) -> dict[Dimension, Column]:
    return {Dimension.DISTRICT: district_of(place), Dimension.VILLAGE: village_of(place)}


def within(region_code: Column, each: Filter, frame: Frame) -> Column:
    """Whether the region is one of the filter's, or lies in one. The city itself stands for everything."""
    if frame.root in each.values:
        return false() if each.exclude else true()
    codes = frame.inside(each.values)
    return known(region_code).not_in(codes) if each.exclude else region_code.in_(codes)


def all_places(level: Dimension, filters: tuple[Filter, ...], frame: Frame) -> Select[str]:
    """Codes of all districts or villages that the filters on regions let through."""
    place = frame.place
    conditions = [within(place.c.code, each, frame) for each in filters if each.dimension in PLACES]
    return select(place.c.code.label(level.value)).where(place.c.level == literal(level.value, String), *conditions)
