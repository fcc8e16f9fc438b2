"""Sentences about the rows that lie beyond a value: above a threshold, on the rise, or with nothing at all."""

from collections.abc import Sequence

from agents.reasoners.offline.writing.naming import Pointer, joined, row_name, subject
from agents.reasoners.offline.writing.rows import SHOWN, said_row
from agents.reasoners.offline.writing.thresholds import held_against
from pesut.catalog.models import Catalog
from pesut.contracts import Having, Operator

_NAMES = 12


def beyond(pointer: Pointer, rows: Sequence[int], catalog: Catalog) -> str:
    """How many there are, and the first of them."""
    having, count = pointer.query.having, pointer.at("row_count", "integer")
    assert having is not None
    if having.of == "change":
        key = _direction(having) + ("_more" if len(pointer.rows) > SHOWN else "")
        said = _listed([said_row(pointer, number) for number in rows[:SHOWN]], pointer)
        return pointer.say(key, subject=subject(pointer), count=count, compared=pointer.compared(), rows=said)
    if _is_nothing(having):
        key = "absent_more" if len(pointer.rows) > _NAMES else "absent"
        said = _listed([row_name(pointer, number) for number in rows[:_NAMES]], pointer)
        return pointer.say(key, subject=subject(pointer), count=count, rows=said)
    key = "beyond_more" if len(pointer.rows) > SHOWN else "beyond"
    said = _listed([said_row(pointer, number) for number in rows[:SHOWN]], pointer)
    return pointer.say(key, count=count, rows=said, **held_against(pointer, catalog))


def none_beyond(pointer: Pointer, catalog: Catalog) -> str:
    having = pointer.query.having
    assert having is not None
    if having.of == "change":
        return pointer.say(f"{_direction(having)}_none", subject=subject(pointer), compared=pointer.compared())
    if _is_nothing(having) and pointer.query.group_by:
        return pointer.say("absent_none", subject=subject(pointer))
    return pointer.say("beyond_none", subject=subject(pointer), **held_against(pointer, catalog))


def _direction(having: Having) -> str:
    return "fell" if having.operator is Operator.BELOW else "rose"


def _is_nothing(having: Having) -> bool:
    return having.operator is Operator.AT_MOST and having.value == 0


def _listed(parts: list[str], pointer: Pointer) -> str:
    return joined(parts, pointer.language)
