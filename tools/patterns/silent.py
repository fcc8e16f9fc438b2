"""Which villages are silent."""

from datetime import timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Date, String, cast, func, literal, null, select, union_all

from pesut.catalog.compiler.places import PLACES, all_places, village_of
from pesut.contracts import Derivation, Dimension, SilentQuery
from pesut.errors import InvalidInputError
from pesut.evidence import Lookup
from pesut.evidence.rows import FIRST, LAST, SAMPLE
from tools.context import ToolContext
from tools.patterns.ground import STATE, Statement, asked, datasets, frame_of, inhabitants, states, until

METHOD = "silent-1"
HISTORY = timedelta(days=3 * 366)


def lookup(context: ToolContext, query: SilentQuery) -> Lookup:
    """Reports of the period by village, beside those of up to three years before it and the inhabitants last known.

    All villages count, since the city's rate is what one is held against; a filter on places is refused.
    """
    if any(each.dimension in PLACES and context.city.root not in each.values for each in query.filters):
        raise InvalidInputError(
            "Yang diam dikenali dengan membandingkan semua kelurahan.",
            remedy="Tanyakan tanpa menyebut wilayah; kelurahan yang diam disebut beserta kecamatannya.",
        )
    parameters: dict[str, JsonValue] = {"false_alarms_share": query.false_alarms_share}
    if query.whole:
        parameters["whole"] = True
    derivation = Derivation(method=METHOD, parameters=parameters)
    return Lookup(query, _statement(context, query), datasets(context), derivation=derivation)


def _statement(context: ToolContext, query: SilentQuery) -> Statement:
    """Rows: village ('' for reports without one), names, inhabitants, value, before, last."""
    frame, period = frame_of(context, beside=True), until(query.period, context)
    now = STATE.submitted_at >= period.start
    columns: list[Any] = [
        village_of(frame.place).label("village"), func.count().filter(now).label("value"),
        func.count().filter(~now).label("before"), func.max(STATE.submitted_at).label("newest"),
        func.min(STATE.submitted_at).filter(now).label("first"), func.bool_or(STATE.sample).label("sample"),
    ]  # fmt: skip
    within = (STATE.submitted_at < period.end, STATE.submitted_at >= period.start - HISTORY)
    found = (
        select(*columns).select_from(states(frame)).where(*asked(frame, query.filters), *within).group_by(columns[0])
    )
    counted, people = found.cte("counted"), inhabitants(context)
    if people is None:
        raise InvalidInputError(
            "Katalog tidak menyebut penduduk, sehingga yang diam tidak dapat dikenali.",
            remedy="Sebutkan metriknya sebagai `population:` dalam katalog.",
        )
    villages = all_places(Dimension.VILLAGE, (), frame).cte("villages")
    own, parent = frame.place.alias("own"), frame.place.alias("parent")
    placed: list[Any] = [
        villages.c.village, own.c.name.label("village_name"), parent.c.name.label("district_name"),
        people.c.value.label("inhabitants"), func.coalesce(counted.c.value, 0).label("value"),
        func.coalesce(counted.c.before, 0).label("before"),
        cast(cast(func.timezone(context.city.timezone, counted.c.newest), Date), String).label("last"),
        counted.c.first.label(FIRST), counted.c.newest.label(LAST), counted.c.sample.label(SAMPLE),
    ]  # fmt: skip
    known = (
        select(*placed)
        .select_from(
            villages.join(own, own.c.code == villages.c.village)
            .outerjoin(parent, parent.c.code == own.c.parent_code)
            .outerjoin(counted, counted.c.village == villages.c.village)
            .outerjoin(people, people.c.village == villages.c.village)
        )
    )  # fmt: skip
    none: list[Any] = [cast(null(), String) for _ in range(2)]
    rest = select(
        literal(""), *none, cast(null(), people.c.value.type), counted.c.value, counted.c.before,
        cast(null(), String), counted.c.first, counted.c.newest, counted.c.sample,
    ).where(counted.c.village == "")  # fmt: skip
    rows = union_all(known, rest).subquery("rows")
    return select(rows).order_by(rows.c.village)
