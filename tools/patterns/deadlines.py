"""By when a report must be closed: its class's working days after the day it came."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ARRAY, CTE, Date, Integer, Interval, and_, case, cast, func, literal, select, true

from pesut.catalog.compiler.frame import Column, known, texts
from pesut.catalog.models import Deadline
from pesut.city.workdays import workdays
from pesut.errors import InvalidInputError
from tools.context import ToolContext
from tools.patterns.ground import STATE

HISTORY = timedelta(days=730)
"""How far back reports are looked at."""
_BEYOND = timedelta(days=700)  # the longest deadline that a catalog may state, in calendar days and a little


def workday_list(context: ToolContext) -> CTE:
    """One row: `days`, the city's working days in their order."""
    today = context.as_of.astimezone(context.city.zone).date()
    days = workdays(today - HISTORY - timedelta(days=30), today + _BEYOND, context.city)
    return select(cast(literal(days, ARRAY(Date)), ARRAY(Date)).label("days")).cte("workdays")


def due(context: ToolContext, days: CTE) -> Column:
    """The moment at which a report is late; null where no deadline fits. Raises InvalidInputError where the catalog states none."""
    if not context.catalog.deadlines:
        raise InvalidInputError(
            "Katalog tidak menyebut tenggat laporan.",
            remedy="Sebutkan hari kerjanya sebagai `deadlines:` dalam katalog.",
        )
    allowed = case(*((_fits(each), cast(each.workdays, Integer)) for each in context.catalog.deadlines))
    came = cast(func.timezone(context.city.timezone, STATE.submitted_at), Date)
    day: Any = days.c.days[func.width_bucket(came, days.c.days) + allowed]
    return func.timezone(context.city.timezone, day + cast("1 day", Interval), type_=STATE.submitted_at.type)


def _fits(deadline: Deadline) -> Column:
    fits: list[Column] = [true()]
    if deadline.classifications:
        fits.append(STATE.classification == texts(deadline.classifications).any_())
    if deadline.categories:
        fits.append(known(STATE.category) == texts(deadline.categories).any_())
    return and_(*fits)
