"""Names beside codes, in Indonesian: places and agencies as they were called at the moment, the rest from the catalog."""

from typing import Any

from sqlalchemy import CTE, FromClause, String, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from pesut.catalog.compiler.frame import Column, Frame
from pesut.catalog.compiler.places import PLACES
from pesut.catalog.compiler.tables import AGENCY
from pesut.catalog.models import Catalog, Metric
from pesut.contracts.query import Dimension

UNKNOWN = "Tidak diketahui"
BYTE_ORDER = "C"  # the collation to order by, so that rows come in the same order on every server


def agencies(frame: Frame) -> CTE:
    """The agencies that hold at the moment."""
    return select(AGENCY.c.code, AGENCY.c.name).where(frame.visible(AGENCY)).cte("agency_then")


def with_name(
    dimension: Dimension, code: Column, source: FromClause, catalog: Catalog, metric: Metric, frame: Frame
) -> tuple[FromClause, list[Any]]:
    """The source joined with what names the dimension, and the columns `<dimension>` (null where unknown) and
    `<dimension>_name`.
    """
    name: Column
    if dimension in PLACES:
        place = frame.place.alias(f"{dimension}_place")
        source, name = source.outerjoin(place, place.c.code == code), place.c.name
    elif dimension is Dimension.AGENCY:
        agency = agencies(frame)
        source, name = source.outerjoin(agency, agency.c.code == code), agency.c.name
    else:
        terms = catalog.items_of(metric) if dimension is Dimension.ITEM else catalog.terms(dimension)
        name = cast(literal({term.code: term.name.id for term in terms}, JSONB), JSONB)[code].astext
    known = func.nullif(code, literal("", String), type_=String)
    named = func.coalesce(name, known, literal(UNKNOWN, String)).collate(BYTE_ORDER).label(f"{dimension}_name")
    return source, [known.label(dimension.value), named]
