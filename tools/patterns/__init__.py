"""What many reports together tell, each as evidence: counts by SQL, and a named method over them."""

from pesut.contracts import (
    CrosscheckQuery,
    Evidence,
    HandlingQuery,
    HotspotQuery,
    OverdueQuery,
    PatternQuery,
    SilentQuery,
    ThemesQuery,
    UnusualQuery,
)
from pesut.evidence import Lookup, gather, record
from tools.context import ToolContext
from tools.patterns import crosscheck, handling, hotspots, overdue, silent, themes, unusual


async def find_pattern(context: ToolContext, query: PatternQuery, *, key: str, label: str) -> Evidence:
    """Look at what many reports together tell: UnusualQuery for counts that are out of the ordinary and since when,
    SilentQuery for villages that report less than their inhabitants and their past let one expect, HandlingQuery for
    who is late and how fast reports are answered and closed, OverdueQuery for open reports that will miss their deadline,
    CrosscheckQuery for whether reports agree with what is measured, HotspotQuery for where in the city they lie close,
    ThemesQuery for what reports speak of, finer than categories.

    Rows as the query's contract says. Raises InvalidInputError where the data are too few or the period is too long to tell.
    """
    return await record(context, lookup_of(context, query), key=key, label=label)


async def look_at_pattern(context: ToolContext, query: PatternQuery, *, label: str) -> Evidence:
    """As `find_pattern`, for somebody who only looks: nothing is kept. Raises as that does."""
    return await gather(context, lookup_of(context, query), label=label)


def lookup_of(context: ToolContext, query: PatternQuery) -> Lookup:
    """The statement and the method that answer the query. Raises InvalidInputError where it cannot be asked so."""
    match query:
        case UnusualQuery():
            return unusual.lookup(context, query)
        case SilentQuery():
            return silent.lookup(context, query)
        case HandlingQuery():
            return handling.lookup(context, query)
        case OverdueQuery():
            return overdue.lookup(context, query)
        case CrosscheckQuery():
            return crosscheck.lookup(context, query)
        case ThemesQuery():
            return themes.lookup(context, query)
        case HotspotQuery():
            return hotspots.lookup(context, query)
